import specs from "@asyncapi/specs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Compile } from "typebox/schema";
import { expect, test } from "vitest";
import { describedApi } from "./described-api.ts";
import { sharedApp } from "./testing/app.ts";

const shared = sharedApp();

test("without a town they are what the doors give", async () => {
  const { openapi, asyncapi } = await describedApi();
  expect(JSON.parse(JSON.stringify(openapi))).toEqual((await shared().inject("/v1/openapi.json")).json());
  expect(asyncapi).toEqual((await shared().inject("/v1/asyncapi.json")).json());
});

test("the OpenAPI document is one, by the schema of the specification itself; a broken one is not", async () => {
  const { openapi } = await describedApi();
  const errorsOf = async (document: object) => {
    const { valid, errors = [] } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    return valid ? [] : errors;
  };
  expect(await errorsOf(openapi)).toEqual([]);
  expect(await errorsOf({ ...openapi, paths: { "/x": { get: { responses: [] } } } })).not.toEqual([]);
});

test("the AsyncAPI document is one, by the schema of the specification itself; a broken one is not", async () => {
  const { asyncapi } = await describedApi();
  // Formats are optional in the standard, and not all of theirs are known here.
  const plain = JSON.stringify(specs.schemasWithoutId["3.0.0"], (key, value) =>
    key === "format" ? undefined : value,
  );
  const schema = Compile(JSON.parse(plain));
  expect(schema.Errors(asyncapi)).toEqual([true, []]);
  expect(schema.Check({ ...asyncapi, channels: { events: { messages: [] } } })).toBe(false);
});

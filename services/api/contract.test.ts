import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import openapiTS, { astToString } from "openapi-typescript";
import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { asyncApi } from "./asyncapi.ts";
import { sharedApp } from "./testing/app.ts";
import { listBreakingChanges } from "./testing/breaking-changes.ts";

const RELEASED = join(import.meta.dirname, "fixtures/openapi-released.json");
const STATEMENTS = join(import.meta.dirname, "../../pipelines/events/fixtures");

/** Breaking changes since the last release that are meant, each with its reason; emptied with each release. */
const MEANT: readonly string[] = [
  // A pause is neither a loss nor an end: whoever took it for one of them would send somebody to mend the camera.
  "get /v1/cameras 200.cameras[].state: output value paused",
  "get /v1/cameras/{camera}/recordings 200.gaps[].reason: output value paused",
];

const shared = sharedApp();
const described = async () => (await shared().inject("/v1/openapi.json")).body;

/** What a linter of others finds wrong, as lines. */
async function lint(source: string, rules: Readonly<Record<string, "off">> = {}): Promise<readonly string[]> {
  const config = await createConfig({ extends: ["recommended"], rules });
  const problems = await lintFromString({ source, config });
  return problems.map(
    ({ ruleId, message, location: [where] }) => `${ruleId} ${where?.pointer ?? ""}: ${message}`,
  );
}

test("the OpenAPI document passes the linter", async () => {
  // A page or a picture that needs no right has no refusal of its own kind to list; every operation has a default one.
  expect(await lint(await described(), { "operation-4xx-response": "off" })).toEqual([]);
});

test("the AsyncAPI document passes the linter", async () => {
  // A stop's board is everybody's: nothing secures it.
  expect(await lint(JSON.stringify(asyncApi()), { "security-defined": "off" })).toEqual([]);
});

test("every recorded statement is as its message says", () => {
  const { components } = asyncApi() as {
    components: { messages: Record<string, { payload: TSchema }> };
  };
  const recorded = readdirSync(STATEMENTS).filter((name) => name.endsWith(".json"));
  expect(recorded.length).toBeGreaterThan(20);
  for (const name of recorded) {
    const event: unknown = JSON.parse(readFileSync(join(STATEMENTS, name), "utf8"));
    const payload = components.messages[name.slice(0, -".json".length)]?.payload;
    expect([name, payload && Value.Check(payload, event)]).toEqual([name, true]);
  }
});

test("nothing breaks for programs written against the last release", async () => {
  const released = JSON.parse(readFileSync(RELEASED, "utf8"));
  expect(listBreakingChanges(released, JSON.parse(await described()))).toEqual(MEANT);
});

test("the console's types are those of the routes; after a change of a route: vitest run services/api/contract.test.ts -u", async () => {
  const types = astToString(
    await openapiTS(JSON.parse(await described()), { exportType: true, immutable: true }),
  );
  await expect(
    `// Made of the API's description by services/api/contract.test.ts.\n${types}`,
  ).toMatchFileSnapshot("../console/api/openapi.generated.ts");
});

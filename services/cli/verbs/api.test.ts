import { expect, test } from "vitest";
import { run } from "../testing.ts";

test.for([
  ["openapi", { openapi: "3.1.0", info: { title: "Yardline" } }],
  ["asyncapi", { asyncapi: "3.0.0" }],
] as const)("%s is printed as JSON, and no town runs for it", async ([name, begin]) => {
  const { code, out, err } = await run("api", name);
  expect([code, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toMatchObject(begin);
});

test("there is no third", async () => {
  expect(await run("api", "graphql")).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is openapi and asyncapi, no "graphql"'),
  });
});

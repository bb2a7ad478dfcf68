import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { testApp } from "./testing/app.ts";
import { presence, stopVisit } from "./testing/scenes.ts";

type Parameter = { readonly name: string; readonly in: string; readonly schema: { readonly type?: string } };
type Paths = Readonly<Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>>;

/** What people, machines and attackers write where a value is expected. */
const value = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    "0",
    "-1",
    "1e308",
    "NaN",
    "null",
    "true",
    "[]",
    "{}",
    "' OR 1=1 --",
    "<script>",
    "../..",
    "\u0000",
  ),
  fc.constantFrom(
    "2026-11-22T12:00:00Z",
    "0000-00-00T00:00:00Z",
    "+275760-09-13T00:00:00Z",
    "24,49,25,50",
    "49,24,100",
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.array(fc.double().map(String), { minLength: 1, maxLength: 5 }).map((numbers) => numbers.join(",")),
);

test("whatever is asked of whatever door, the answer is no failure of ours and a refusal is a problem", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-hostile-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const index = await openEmbeddedIndex({ folder });
  onTestFinished(() => index.close());
  await index.put([presence(0), stopVisit(5)]);
  const app = await testApp({ index });
  const { paths } = (await app.inject("/v1/openapi.json")).json<{ paths: Paths }>();
  const doors = Object.entries(paths).filter(([path]) => !path.endsWith("/stream"));
  const request = fc.constantFrom(...doors).chain(([path, { get }]) => {
    const names = (get?.parameters ?? []).filter((each) => each.in === "query").map(({ name }) => name);
    const name = fc.oneof(fc.constantFrom("limit", ...names), fc.string({ maxLength: 10 }));
    const query = fc.array(fc.tuple(name, value), { maxLength: 6 });
    return fc.tuple(fc.constant(path), value, query);
  });
  await fc.assert(
    fc.asyncProperty(request, async ([path, parameter, query]) => {
      const search = new URLSearchParams(query.map(([name, text]) => [name, text.toWellFormed()]));
      const filled = path.replace(/\{\w+\}/, encodeURIComponent(parameter.toWellFormed()));
      const response = await app.inject(`${filled}?${search}`);
      expect(response.statusCode).toBeLessThan(500);
      if (response.statusCode >= 400) {
        expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
      }
    }),
    { numRuns: 1000 },
  );
});

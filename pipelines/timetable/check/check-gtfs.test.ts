import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { zipOf } from "../testing.ts";
import { checkGtfs } from "./check-gtfs.ts";
import { foundAfter } from "./testing.ts";

const NOTICES = new URL(
  "../../../../shared/data/transport/validator/gtfs-schedule-notices.tsv",
  import.meta.url,
);

test("a sound feed gives nothing", async () => {
  expect(await foundAfter()).toEqual([]);
});

test("each place is named, and all are counted, worst first", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `nowhere-${i},Stop,0,0`).join("\n");
  const tables = { "stops.txt": `stop_id,stop_name,stop_lat,stop_lon\n${rows}\n` };
  const found = await checkGtfs(await zipOf(tables), "20260315");
  expect(found[0]?.severity).toBe("ERROR");
  const origin = found.find(({ code }) => code === "point_near_origin");
  expect(origin).toMatchObject({ severity: "ERROR", count: 30 });
  expect(origin?.examples).toHaveLength(20);
  expect(origin?.examples[1]).toEqual({ file: "stops.txt", line: 3, text: "0, 0 lies near 0, 0" });
});

test("a zip without any table is one clear error", async () => {
  await expect(checkGtfs(await zipOf({ "readme.txt": "?" }), "20260315")).rejects.toMatchObject({
    code: "TIMETABLE_EMPTY",
  });
});

test("codes and severities are the canonical validator's (needs ../shared/data)", async ({ skip }) => {
  const known = await readFile(NOTICES, "utf8").catch(() => undefined);
  if (known === undefined) return skip("../shared/data is not here");
  const severities = new Map(known.split("\n").map((line) => line.split("\t", 2) as [string, string]));
  const sources = ["agencies", "calendars", "columns", "fields", "raw-table", "routes"].concat([
    "shapes",
    "speeds",
    "stops",
    "transfers",
    "trips",
  ]);
  const said = await Promise.all(
    sources.map((name) => readFile(new URL(`${name}.ts`, import.meta.url), "utf8")),
  );
  const calls = [...said.join("").matchAll(/findings\.(error|warning|info)\(\s*"([a-z0-9_]+)"/g)];
  expect(calls.length).toBeGreaterThan(60);
  for (const [, severity = "", code = ""] of calls)
    expect(`${code} ${severity.toUpperCase()}`).toBe(`${code} ${severities.get(code)}`);
});

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { morning } from "@yardline/history/review/testing";
import { smallTown, zipOf } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { run } from "../testing.ts";

async function town() {
  const { folder } = await morning((each) => (each.trip.trip_id.startsWith("east") ? 90 : undefined));
  const gtfs = join(folder, "town.zip");
  await writeFile(gtfs, await zipOf(smallTown()));
  return ["--data", folder, "--gtfs", gtfs, "--from", "2026-06-01", "--to", "2026-06-01"];
}

test("reports of a town that runs, as CSV with their definition beside", async () => {
  const flags = await town();
  const { code, out, err } = await run("review", "on-time", ...flags);
  expect([code, out]).toEqual([
    0,
    "feed,route_id,direction_id,n,early,on_time,late,mean_delay_s\ntown,1,,24,0,1,0,90\n",
  ]);
  expect(err).toMatch(/^On time: left its stop at most 60 s before/);
  const hops = await run("review", "run-times", ...flags, "--route", "1");
  expect(hops.out.split("\n")[1]).toMatch(/^town,1,,east-0,east-1,6,75,75,75,75,50\d/);
  const whole = await run("review", "completeness", ...flags, "--json");
  expect(JSON.parse(whole.out).rows).toContainEqual({
    feed: "town",
    route_id: "1",
    planned_trips: 116,
    seen_trips: 6,
    planned_calls: 580,
    seen_calls: 30,
  });
  expect((await run("review", "headways", ...flags)).out).toBe("\n");
});

test("a report as a file of the form that its name asks for", async () => {
  const flags = await town();
  const out = join(flags[1] ?? "", "on-time.parquet");
  expect((await run("review", "on-time", ...flags, "--out", out)).out).toBe("");
  expect((await readFile(out)).subarray(0, 4).toString()).toBe("PAR1");
  expect((await run("review", "on-time", ...flags, "--out", "on-time.xls")).err).toContain(
    ".csv, .json or .parquet",
  );
  expect((await run("review", "on-time", ...flags, "--out", "/nowhere/a.csv")).err).toContain(
    "cannot be written",
  );
});

test("a day is played again, and a suggestion says what it would have done", async () => {
  const flags = await town();
  const played = await run("review", "replay", ...flags, "--speed", "100000");
  const moments = played.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(moments).toHaveLength(6 * 9);
  expect(moments[0]).toMatchObject({
    at: "2026-06-01T05:01:30.000Z",
    what: "arrived",
    stop_id: "east-0",
    delay_s: 90,
  });
  const suggested = await run("review", "suggested-run-times", ...flags, "--percentile", "0.5");
  expect(suggested.out.split("\n")[1]).toMatch(
    /^town,1,,east-0,east-4,8,9,6,east-4,1,300,300,300,300,0.5,300,0,1,1,0,0,false,/,
  );
  expect(suggested.err).toMatch(/Seen were 30 of 870 planned calls, 6 of 174 trips\.\n$/);
});

test("what cannot be asked says so", async () => {
  expect((await run("review", "horoscope", "--data", ".")).code).toBe(2);
  const none = await run("review", "on-time", ...(await town()).with(1, "/nowhere"));
  expect(none.err).toContain("There is no history in /nowhere");
});

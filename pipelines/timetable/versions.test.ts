import { expect, test } from "vitest";
import { loadTimetable } from "./gtfs.ts";
import { smallTown, smallTownTimetable, zipOf } from "./testing.ts";
import { countRuns, followedFrom, holderOn } from "./versions.ts";

const TODAY = "20260601";
const old = await smallTownTimetable();

/** The small town with some files changed. */
async function changed(change: Readonly<Record<string, (text: string) => string>>) {
  const tables: Record<string, string> = { ...smallTown() };
  for (const [file, mend] of Object.entries(change)) tables[file] = mend(tables[file] ?? "");
  return loadTimetable(await zipOf(tables), "town");
}

test("a version holds from the day on which it is followed, and only for days that it is meant for", () => {
  const spring = { name: "spring", from: "20260101", validity: { first: "20260101", last: "20260531" } };
  const summer = { name: "summer", from: "20260101", validity: { first: "20260520", last: "20260831" } };
  const mended = { name: "mended", from: "20260602", validity: { first: "20260520", last: "20260831" } };
  const versions = [spring, summer, mended];
  const days = ["20251231", "20260519", "20260520", "20260601", "20260602", "20260831", "20260901"];
  expect(days.map((date) => [date, holderOn(versions, date)?.name])).toEqual([
    ["20251231", "spring"],
    ["20260519", "spring"],
    ["20260520", "summer"],
    ["20260601", "summer"],
    ["20260602", "mended"],
    ["20260831", "mended"],
    ["20260901", "mended"],
  ]);
  expect(holderOn([], TODAY)).toBeUndefined();
});

test("a version that changes today's runs waits for the next service day, unless somebody says at once", async () => {
  const later = await changed({ "stop_times.txt": (text) => text.replaceAll("08:00:00", "08:01:00") });
  const overnight = { today: TODAY, at_once: false };
  expect(followedFrom(old, later, overnight)).toBe("20260602");
  expect(followedFrom(old, later, { today: "20260630", at_once: false })).toBe("20260701");
  expect(followedFrom(old, later, { today: TODAY, at_once: true })).toBe(TODAY);
  expect(followedFrom(undefined, later, overnight)).toBe(TODAY);
});

test("a version with the same runs today, or one that comes when nothing runs, is followed today", async () => {
  const renamed = await changed({ "stops.txt": (text) => text.replace("Stop nobody", "Somebody") });
  expect(followedFrom(old, renamed, { today: TODAY, at_once: false })).toBe(TODAY);
  expect(followedFrom(old, old, { today: "20270101", at_once: false })).toBe("20270101");
});

test("what feed_info.txt says goes before the calendars", async () => {
  expect(old.validity).toEqual({ first: "20260101", last: "20261231" });
  const info =
    "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version\nT,https://example.org,uk,20260501,20260831,summer\n";
  const stated = await changed({ "feed_info.txt": () => info });
  expect([stated.validity, stated.feed_version]).toEqual([{ first: "20260501", last: "20260831" }, "summer"]);
  const half = await changed({ "feed_info.txt": () => info.replace("20260501,20260831", "soon,") });
  expect(half.validity).toEqual(old.validity);
  expect(half.notices.map(({ file, first_line }) => [file, first_line])).toEqual([["feed_info.txt", 2]]);
});

test("a confined version has runs on its days only; both nights of a change of clocks are whole", async () => {
  const [before, after] = [await smallTownTimetable(), await smallTownTimetable()];
  before.confine((date) => date < "20261025");
  after.confine((date) => date >= "20261025");
  const pattern = before.patterns[0];
  const countOf = (timetable: typeof before, date: string) =>
    timetable.patterns.reduce((sum, each) => sum + timetable.listRunsOn(each, date).length, 0);
  const all = countRuns(old, "20261024", 1);
  expect([countOf(before, "20261024"), countOf(after, "20261024")]).toEqual([all, 0]);
  expect([countOf(before, "20261025"), countOf(after, "20261025")]).toEqual([0, all]);
  // 00:30 of the 25th is 24:30 of the 24th: still the version before.
  const night_ms = Date.parse("2026-10-25T00:30:00+03:00");
  const slack = { early_s: 0, late_s: 0 };
  const active = (timetable: typeof before) => [...timetable.runsActiveAt(night_ms, slack).values()].flat();
  expect(active(before).map(({ service_date }) => service_date)).toContain("20261024");
  expect(active(after)).toEqual([]);
  expect(pattern && before.plannedOn("20261025").get(pattern)?.length).toBeGreaterThan(0);
});

test("the vehicle of a linked trip drives on with it, also where no block says so", async () => {
  const linked = await changed({
    "transfers.txt": () =>
      [
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id",
        ",,4,,east-08:00,west-08:10",
        ",,5,,west-08:10,east-08:20",
        ",,2,,east-08:20,west-08:30",
        ",,4,,east-08:20,nowhere",
        "",
      ].join("\n"),
  });
  const nextOf = (trip_id: string) => {
    const trip = linked.trips.get(trip_id);
    const [run] = trip ? linked.listRunsOf(trip, TODAY) : [];
    return run && linked.findNextInBlock(run)?.trip.trip_id;
  };
  expect(["east-08:00", "west-08:10", "east-08:20"].map(nextOf)).toEqual([
    "west-08:10",
    "east-08:20",
    undefined,
  ]);
  expect(linked.notices.map(({ file, first_line }) => [file, first_line])).toEqual([["transfers.txt", 5]]);
});

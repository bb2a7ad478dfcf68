import { loadTimetable } from "@yardline/timetable/gtfs";
import { secondsOf, timeText } from "@yardline/timetable/service-day";
import { smallTown, type Tables, zipOf } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import type { Fix } from "./fix.ts";
import { type Following, follow, UNKNOWN } from "./follow.ts";
import { Network } from "./network.ts";
import type { Move } from "./placement.ts";
import { drive, runOf } from "./testing.ts";

const DAY = "20260601";

/** A version of the small town's timetable with one file changed. */
async function version(file = "stops.txt", mend = (text: string) => text) {
  const tables: Tables = { ...smallTown(), [file]: mend(smallTown()[file] ?? "") };
  return loadTimetable(await zipOf(tables), "town");
}
/** Moves the times of some trips by ten minutes; their ids stay. */
const later = (trips: RegExp) => (text: string) =>
  text
    .split("\n")
    .map((row) => {
      const [trip_id = "", arrives = "", leaves = "", ...rest] = row.split(",");
      if (!trips.test(trip_id)) return row;
      return [
        trip_id,
        ...[arrives, leaves].map((time) => timeText((secondsOf(time) ?? 0) + 600)),
        ...rest,
      ].join(",");
    })
    .join("\n");

/** Follows fixes; the version from `date` on is another one as soon as half of them are through. */
async function switched(fixes: readonly Fix[], date: string, newer: Awaited<ReturnType<typeof version>>) {
  const old = await version();
  const network = new Network([old]);
  let following: Following = UNKNOWN;
  const moves: Move[] = [];
  for (const [i, fix] of fixes.entries()) {
    if (i === Math.floor(fixes.length / 2)) {
      old.confine((each) => each < date);
      newer.confine((each) => each >= date);
      network.follow([old, newer]);
    }
    const step = follow(network, "7", following, fix);
    following = step.following;
    moves.push(...step.moves);
  }
  const { placement, belief } = following;
  return {
    trip: placement?.run.trip.trip_id,
    version: placement && (placement.timetable === old ? "old" : "newer"),
    at_m: Math.round((placement?.at_m ?? 0) / 100) * 100,
    runs: new Set(belief.on.map(({ timetable }) => (timetable === old ? "old" : "newer"))),
    left: moves.filter(({ before, after }) => before && !after).length,
    starts: placement && (startOf(placement.run) - placement.run.origin_ms) / 1000,
  };
}

const fixes = drive(runOf(await version(), "east-08:00", DAY)).slice(0, 50);
const named = fixes.map((fix) => ({ ...fix, trip_id: "east-08:00" }));

test.for([
  { name: "by its place", fixes },
  { name: "by its name", fixes: named },
])(
  "a vehicle under way, found $name, keeps its run when the same trip calls at the same stops",
  async (given) => {
    const newer = await version("stop_times.txt", later(/^(east|west)-/));
    expect(await switched(given.fixes, DAY, newer)).toMatchObject({
      trip: "east-08:00",
      version: "newer",
      at_m: 1_600,
      left: 0,
      starts: 8 * 3600 + 600,
    });
  },
);

test("its place on another line lies between the same stops", async () => {
  // The new line turns off the avenue before its second stop, so that all behind it lie farther along.
  const longer = await version("shapes.txt", (text) => {
    const [lat, lon] = [49.8045, 31.2035];
    const rows = text
      .split("\n")
      .map((row) => row.replace(/^(east,.*),(\d)$/, (_, rest, n) => `${rest},${Number(n) * 10}`));
    return [...rows.slice(0, 1), `east,${lat},${lon},15`, ...rows.slice(1)].join("\n");
  });
  expect((await switched(named, DAY, longer)).at_m).toBeGreaterThan(2_000);
});

test("a run that the newer version lacks is left", async () => {
  const newer = await version("trips.txt", (text) => text.replace(/^.*,east-08:00,.*\n/m, ""));
  const { trip, left, runs } = await switched(fixes, DAY, newer);
  expect({ trip, left, runs: [...runs] }).toMatchObject({ left: 1 });
  expect(trip).not.toBe("east-08:00");
});

test("after midnight the runs of yesterday follow the version before", async () => {
  const late = drive(runOf(await version(), "round-24:20", DAY), { late_s: 300 }).slice(0, 60);
  const newer = await version("stop_times.txt", later(/^round-/));
  const { trip, version: of, left } = await switched(late, "20260602", newer);
  expect({ trip, of, left }).toEqual({ trip: "round-24:20", of: "old", left: 0 });
});

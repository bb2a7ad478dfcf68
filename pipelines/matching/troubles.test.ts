import { loadTimetable } from "@yardline/timetable/gtfs";
import { groundAt, placeAt, smallTown, smallTownTimetable, zipOf } from "@yardline/timetable/testing";
import { endOf, startOf } from "@yardline/timetable/timetable";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fix } from "./fix.ts";
import { type Following, follow, UNKNOWN } from "./follow.ts";
import { Network } from "./network.ts";
import { compareReports, followAll } from "./reports.ts";
import { drive, runOf, stay } from "./testing.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const DAY = "20260601";
const of = (trip_id: string) => runOf(timetable, trip_id, DAY);
const [east, west, round] = [of("east-08:00"), of("west-08:10"), of("round-08:00")];

/** The trips that one vehicle is told to be on, one after another; `-` is none. */
function tripsOf(fixes: readonly Fix[], town = network, assigned: readonly string[] = []): readonly string[] {
  const reports = fixes.map((fix) => ({ vehicle_id: "7", fix })).sort(compareReports);
  const trips = [...followAll(town, reports, new Map([["7", assigned]]))].map(
    ({ placement }) => placement?.run.trip.trip_id ?? "-",
  );
  return trips.filter((trip, i) => trip !== trips[i - 1]);
}

function between(fixes: readonly Fix[], from_ms: number, to_ms: number): readonly Fix[] {
  return fixes.filter(({ at_ms }) => from_ms <= at_ms && at_ms < to_ms);
}

const moved = (fixes: readonly Fix[], by: { readonly north: number }) =>
  fixes.map((fix) => ({ ...fix, latitude: fix.latitude + by.north * 0.0045 }));

test("a layover: who came to the terminal waits there for the next departure, and leaves on it", () => {
  const rest = stay(placeAt(4, 0.01), endOf(east) + 5_000, startOf(west));
  expect(tripsOf([...drive(east), ...rest, ...drive(west)])).toEqual([
    "-",
    "east-08:00",
    "west-08:10",
    "east-08:20",
  ]);
});

test("a bus that stays at its terminal long after the next departure is on none", () => {
  const rest = stay(placeAt(4, 0.01), endOf(east) + 5_000, startOf(west) + 40 * 60_000);
  expect(tripsOf([...drive(east), ...rest]).at(-1)).toBe("-");
});

test("a bus that goes to the depot after its run is on none", () => {
  const way = stay(placeAt(4, 0), endOf(east) + 5_000, endOf(east) + 300_000);
  const depot = way.map((fix, i) => ({ ...fix, latitude: fix.latitude - i * 0.0004 }));
  expect(tripsOf([...drive(east), ...depot]).at(-1)).toBe("-");
});

test("a detour of two stops: the bus is back on its run, and never on another", () => {
  const fixes = drive(east);
  const mid_ms = startOf(east) + 150_000;
  const [before, beside, after] = [
    between(fixes, 0, mid_ms - 60_000),
    moved(between(fixes, mid_ms - 60_000, mid_ms + 60_000), { north: -0.6 }),
    between(fixes, mid_ms + 60_000, endOf(east)),
  ];
  const trips = tripsOf([...before, ...beside, ...after]);
  expect(trips.at(-1)).toBe("east-08:00");
  expect(new Set(trips)).toEqual(new Set(["-", "east-08:00"]));
});

test("a short turn: who turns back half-way is soon on the way back", () => {
  const half = between(drive(east), 0, startOf(east) + 150_000);
  const back = drive(west).filter(({ longitude }) => longitude < placeAt(2, 0).longitude);
  const wait = stay(placeAt(2, 0), startOf(east) + 150_000, (back[0]?.at_ms ?? 0) - 1);
  expect(
    tripsOf([...half, ...wait, ...back])
      .filter((trip) => trip !== "-")
      .slice(0, 2),
  ).toEqual(["east-08:00", "west-08:10"]);
});

test("a bus that leaves its line for good is on none", () => {
  const half = between(drive(east), 0, startOf(east) + 150_000);
  const away = Array.from({ length: 40 }, (_, i) => ({
    ...placeAt(2, -0.1 * i),
    at_ms: startOf(east) + 150_000 + i * 5_000,
  }));
  expect(tripsOf([...half, ...away]).at(-1)).toBe("-");
});

test("two buses that swap: each is told on what it really drives, whatever the office had for it", () => {
  const avenue = { trips: tripsOf(drive(east), network, ["round-08:00"]), really: "east-08:00" };
  const circle = { trips: tripsOf(drive(round), network, ["east-08:00"]), really: "round-08:00" };
  for (const { trips, really } of [avenue, circle]) expect(trips).toContain(really);
});

test("people's word decides between two runs that fit: the late one of before, or this one early", () => {
  const run = of("east-08:20");
  const early = drive(run, { late_s: -240 });
  expect(tripsOf(early, network, ["east-08:20"])).toContain("east-08:20");
  expect(tripsOf(early, network, ["east-08:00"])).not.toContain("east-08:20");
});

test("two buses on one run: the surer one has it", () => {
  const first = drive(east, { trip_id: "east-08:00" }).map((fix) => ({ vehicle_id: "1", fix }));
  const second = drive(east, { late_s: 30 }).map((fix) => ({ vehicle_id: "2", fix }));
  const followed = [...followAll(network, [...first, ...second].sort(compareReports))];
  const trips = (id: string) =>
    followed.flatMap(({ report, placement }) =>
      report.vehicle_id === id ? (placement?.run.trip.trip_id ?? "-") : [],
    );
  expect(new Set(trips("1"))).toEqual(new Set(["east-08:00"]));
  expect(trips("2")).not.toContain("east-08:00");
});

test("a block that the feed names leads to another line", async () => {
  const tables = smallTown();
  const trips = (tables["trips.txt"] ?? "").split("\n").map((row, i) => {
    if (i === 0) return `${row},block_id`;
    const block = row.includes("round-08:00") || row.includes("east-08:20") ? "b1" : "";
    return row === "" ? row : `${row},${block}`;
  });
  const town = await loadTimetable(await zipOf({ ...tables, "trips.txt": trips.join("\n") }), "town");
  const circle = runOf(town, "round-08:00", DAY);
  expect(tripsOf(drive(circle), new Network([town]))).toEqual(["round-08:00", "east-08:20"]);
});

test("a town that draws no lines: from stop to stop, and in the right direction", async () => {
  const { "shapes.txt": _, ...tables } = smallTown();
  const trips = (tables["trips.txt"] ?? "").replaceAll(/,[a-z]+$/gm, ",").replace("shape_id", "shape_id");
  const town = await loadTimetable(await zipOf({ ...tables, "trips.txt": trips }), "town");
  expect(town.patterns.every(({ drawn }) => !drawn)).toBe(true);
  expect(tripsOf(drive(runOf(town, "west-08:10", DAY), { noise_m: 40 }), new Network([town]))).toContain(
    "west-08:10",
  );
});

test("silence in mid-run: nothing is told meanwhile, the run is found again", () => {
  const slow = drive(round).map((fix) => ({
    ...fix,
    at_ms: startOf(round) + 4 * (fix.at_ms - startOf(round)),
  }));
  const heard = [...slow.slice(0, 30), ...slow.slice(70)];
  expect(tripsOf(heard).filter((trip) => trip !== "-")).toEqual(["round-08:00", "round-08:20"]);
});

test("shares are probabilities whatever comes, and going through the same fixes again gives the same", () => {
  const hop = fc.record({
    along_m: fc.integer({ min: 0, max: 2_000 }),
    north: fc.double({ min: -1, max: 1, noNaN: true }),
    after_s: fc.integer({ min: 1, max: 900 }),
  });
  fc.assert(
    fc.property(fc.array(hop, { minLength: 1, maxLength: 40 }), (hops) => {
      let at_ms = startOf(east);
      const fixes = hops.map(({ along_m, north, after_s }) => {
        at_ms += after_s * 1000;
        const { latitude, longitude } = groundAt(east.trip.pattern, along_m);
        return { latitude: latitude + north * 0.001, longitude, at_ms };
      });
      const go = () =>
        fixes.reduce<Following>((known, fix) => follow(network, "7", known, fix).following, UNKNOWN);
      const { belief, placement } = go();
      expect(belief.on.reduce((sum, { share }) => sum + share, belief.none)).toBeCloseTo(1, 6);
      expect(belief.on.every(({ at_m, share }) => share > 0 && at_m >= 0)).toBe(true);
      expect(placement?.confidence ?? 1).toBeLessThanOrEqual(1);
      expect(go().belief).toEqual(belief);
    }),
    { numRuns: 60 },
  );
});

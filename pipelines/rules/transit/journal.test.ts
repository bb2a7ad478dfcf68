import { occurrenceOf } from "@yardline/events/identity";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import type { Fix } from "@yardline/matching/fix";
import { Network } from "@yardline/matching/network";
import { NOTHING_ORDERED, type Ordered } from "@yardline/matching/ordered";
import { drive, runOf, stay } from "@yardline/matching/testing";
import { placeAt, smallTownTimetable } from "@yardline/timetable/testing";
import { arrivalOf, tripRunOf } from "@yardline/timetable/timetable";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type JournalOptions, VehicleJournal } from "./journal.ts";
import { TRANSIT_RULES } from "./rules.ts";
import type { Finding } from "./transit-rule.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const DAY = "20260601";

function journal(options: Partial<JournalOptions> = {}): VehicleJournal {
  return new VehicleJournal({ network, rules: TRANSIT_RULES, vehicle_id: "7", ...options });
}

/** What stands after everything was told: what an index would hold. */
function standing(changes: readonly Finding[]) {
  const index = new Map<string, unknown>();
  for (const finding of changes) {
    const { raises, state, run, stop, facts, vehicle_id = "" } = finding;
    const scheduled_at = new Date(arrivalOf(run, stop)).toISOString();
    const stop_sequence = run.trip.pattern.stop_sequences[stop] ?? 0;
    const data = {
      ...tripRunOf("town", run),
      vehicle_id,
      stop_sequence,
      scheduled_at,
      stop_id: "",
      arrived_at: "",
      delay_s: 0,
    };
    const occurrence = occurrenceOf("feed/town", raises, transitStopVisit.identity(data));
    if (state === "withdrawn") index.delete(occurrence);
    else index.set(occurrence, { state, facts });
  }
  return [...index].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** A morning of one bus: a run, a rest, the way back late, a loop; each third fix names no trip, as trackers do. */
function morning(every_s: number, named: boolean): readonly Fix[] {
  const east = runOf(timetable, "east-08:00", DAY);
  const west = runOf(timetable, "west-08:10", DAY);
  const round = runOf(timetable, "round-08:40", DAY);
  const of = (trip_id: string) => (named ? { trip_id } : {});
  const rest = stay(
    placeAt(3.99, 0),
    Date.parse("2026-06-01T08:05:30+03:00"),
    Date.parse("2026-06-01T08:09:00+03:00"),
  );
  return [
    ...drive(east, { every_s, noise_m: 6, ...of("east-08:00") }),
    ...rest,
    ...drive(west, { every_s, late_s: 250, noise_m: 6, ...of("west-08:10") }),
    ...drive(round, { every_s, noise_m: 6, ...of("round-08:40") }),
  ];
}

test.for([
  ["named", 20, true],
  ["named, sparse", 90, true],
  ["found by us", 20, false],
] as const)(
  "any order, doubling or delay of the same fixes gives the same occurrences: trips %s",
  ([, every_s, named]) => {
    const fixes = morning(every_s, named);
    const inOrder = journal();
    const end_ms = Math.max(...fixes.map(({ at_ms }) => at_ms)) + 3_600_000;
    const told = fixes.flatMap((fix) => inOrder.take([fix]).changes);
    const expected = standing([...told, ...inOrder.hush(end_ms)]);
    expect(expected.length).toBeGreaterThan(named ? 12 : 10);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...fixes], { minLength: fixes.length }),
        fc.subarray([...fixes]),
        fc.integer({ min: 1, max: 40 }),
        (shuffled, doubled, batch) => {
          const all = [...shuffled, ...doubled];
          const late = journal();
          const changes: Finding[] = [];
          for (let i = 0; i < all.length; i += batch) {
            changes.push(...late.take(all.slice(i, i + batch)).changes);
            if (i % 3 === 0) changes.push(...late.hush((all[i]?.at_ms ?? 0) + 3_600_000));
          }
          changes.push(...late.hush(end_ms));
          expect(standing(changes)).toEqual(expected);
          expect(standing(late.listTold())).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  },
);

test("whenever people order something, and however late fixes come, what stands is what those fixes and that order say", () => {
  const fixes = morning(20, false);
  const west = runOf(timetable, "west-08:10", DAY).trip;
  const since_ms = Date.parse("2026-06-01T08:09:00+03:00");
  const ordered: Ordered = {
    ...NOTHING_ORDERED,
    isCancelled: (_timetable, { trip }, at_ms) => trip === west && at_ms >= since_ms,
    isDetoured: (_timetable, { trip }, _at_m, at_ms) =>
      trip.pattern.route.route_id === "2" && at_ms >= since_ms,
  };
  const obeying = new Network([timetable]);
  obeying.heed(ordered);
  const inOrder = journal({ network: obeying });
  const end_ms = Math.max(...fixes.map(({ at_ms }) => at_ms)) + 3_600_000;
  const expected = standing([
    ...fixes.flatMap((fix) => inOrder.take([fix]).changes),
    ...inOrder.hush(end_ms),
  ]);
  expect(JSON.stringify(expected)).not.toBe(JSON.stringify(standing(journal().take(fixes).changes)));
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...fixes], { minLength: fixes.length }),
      fc.nat(fixes.length),
      fc.boolean(),
      (shuffled, given, silent) => {
        const own = new Network([timetable]);
        const late = journal({ network: own });
        const changes = [...late.take(shuffled.slice(0, given)).changes];
        if (silent) changes.push(...late.hush(end_ms));
        own.heed(ordered);
        changes.push(
          ...late.reconsider(since_ms),
          ...late.take(shuffled.slice(given)).changes,
          ...late.hush(end_ms),
        );
        expect(standing(changes)).toEqual(expected);
      },
    ),
    { numRuns: 30 },
  );
});

test("what was known at a past moment is what the fixes until then say, asked forwards, backwards, and after a late one", () => {
  const fixes = morning(20, true);
  const own = journal();
  own.take(fixes);
  const places = (at_ms: number) => own.followingAt(at_ms)?.fix;
  for (const i of [3, 40, 41, 70, 12, 12]) expect(places((fixes[i]?.at_ms ?? 0) + 1_000)).toBe(fixes[i]);
  expect(places((fixes[0]?.at_ms ?? 0) - 1)).toBeUndefined();
  const late = { latitude: 49.8, longitude: fixes[12]?.longitude ?? 0, at_ms: (fixes[12]?.at_ms ?? 0) + 500 };
  own.take([late]);
  expect(places((fixes[12]?.at_ms ?? 0) + 1_000)).toEqual(late);
});

test("a late fix revises what it bears on, and only that", () => {
  const fixes = drive(runOf(timetable, "east-08:00", DAY), { every_s: 15, trip_id: "east-08:00" });
  const [atStop, behind] = fixes.slice(5, 7);
  if (!atStop || !behind) throw new Error("no fixes");
  const own = journal();
  own.take(fixes);
  const { changes, late } = own.take([{ ...atStop, at_ms: behind.at_ms - 2_000 }]);
  expect(late).toBe(1);
  expect(changes.map(({ stop, state }) => `${stop} ${state}`)).toEqual(["1 closed"]);
});

test("two statements about one instant: the same one counts, whichever came first", () => {
  const [a, b] = [placeAt(1, 0), placeAt(1.2, 0)].map((place) => ({ ...place, at_ms: 1_780_290_000_000 }));
  if (!a || !b) throw new Error("no fixes");
  const [ab, ba] = [journal(), journal()];
  for (const fix of [a, b]) ab.take([fix]);
  for (const fix of [b, a]) ba.take([fix]);
  expect(ab.following.fix).toEqual(ba.following.fix);
});

test("silence closes an open call as lost; a fix that fills the gap takes that back", () => {
  const fixes = drive(runOf(timetable, "east-08:00", DAY), { trip_id: "east-08:00" });
  const own = journal();
  own.take(fixes.slice(0, 16));
  const silent = own.hush((fixes[15]?.at_ms ?? 0) + 11 * 60_000);
  const lines = (found: readonly Finding[]) =>
    found.map(({ raises, stop, state, facts }) => [raises.slice(8), stop, state, facts["ended"]]);
  expect(lines(silent)).toEqual([
    ["stop-visit", 1, "closed", "lost"],
    ["no-signal", 2, "closed", undefined],
  ]);
  expect(own.hush((fixes[15]?.at_ms ?? 0) + 12 * 60_000)).toEqual([]);
  expect(own.following.placement).toBeUndefined();
  const { changes } = own.take(fixes.slice(16, 20));
  expect(lines(changes)).toEqual([
    ["stop-visit", 1, "closed", "departed"],
    ["no-signal", 2, "withdrawn", undefined],
  ]);
});

test("the window is bounded: older fixes are counted and change nothing", () => {
  const fixes = morning(5, true);
  const small = journal({ window_fixes_max: 128 });
  for (const fix of fixes) small.take([fix]);
  expect(small.take(fixes.slice(0, 10))).toEqual({ changes: [], doubled: 0, late: 0, beyond: 10 });
  expect(small.listTold().length).toBeLessThan(12);
});

test("after a restart nothing is told of a run whose beginning is not known", () => {
  const fixes = morning(20, true);
  const resumed = journal({ resumed: true });
  const changes = fixes.slice(8).flatMap((fix) => resumed.take([fix]).changes);
  expect(new Set(changes.map(({ run }) => run.trip.trip_id))).toEqual(new Set(["west-08:10", "round-08:40"]));
});

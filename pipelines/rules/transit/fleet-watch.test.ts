import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FLEET_RULES } from "./fleet-rules.ts";
import { FleetWatch } from "./fleet-watch.ts";
import { fleetLineOf, visitOf } from "./testing.ts";
import type { Finding } from "./transit-rule.ts";

const timetable = await smallTownTimetable();
const START_MS = Date.parse("2026-06-01T07:40:00+03:00");
const HEARD = Array.from({ length: 120 }, (_, minute) => START_MS + minute * 60_000);
const END_MS = START_MS + 110 * 60_000;

/** An hour of the avenue: one late run behind which the next one closes up, one run that nobody drove, one driven twice. */
const TRUE_VISITS = [
  ["east-08:00", "7", 0],
  ["east-08:20", "8", 960],
  ["east-08:40", "9", 0],
  ["west-08:10", "7", 0],
  ["west-08:50", "8", 60],
  ["west-08:50", "9", 90],
] as const;

const visits: readonly Finding[] = TRUE_VISITS.flatMap(([trip_id, vehicle_id, late_s]) =>
  [0, 1, 2, 3, 4].map((stop) =>
    visitOf(timetable, runOf(timetable, trip_id, "20260601"), stop, { vehicle_id, late_s }),
  ),
);
/** What was believed of some visits before: still there, elsewhere in time, or by a vehicle that was never there. */
const mistaken: readonly Finding[] = visits.flatMap((visit, i) =>
  i % 3 === 0 ? [{ ...visit, state: "open", facts: { arrived_at: String(visit.facts["arrived_at"]) } }] : [],
);
const never = visits.slice(0, 5).map((visit) => ({ ...visit, vehicle_id: "ghost" }));

function standing(changes: readonly Finding[]): readonly string[] {
  const last = new Map<string, Finding>();
  for (const change of changes) last.set(`${change.run.trip.trip_id} ${change.key}`, change);
  return [...last.values()]
    .filter(({ state }) => state !== "withdrawn")
    .map(fleetLineOf)
    .sort();
}

test("in whatever order visits become known, and whatever was believed before, the same stands", () => {
  const once = new FleetWatch({ timetables: [timetable] }, FLEET_RULES);
  const expected = standing([...once.take(visits, HEARD).changes, ...once.look(END_MS)]);
  const kinds = Map.groupBy(expected, (line) => line.split(" ")[0]);
  expect([...kinds].map(([kind, lines]) => [kind, lines.length])).toEqual([
    ["bunching", 1],
    ["headway-gap", 2],
    ["missed-trip", 4],
  ]);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...mistaken, ...never], { minLength: 0 }),
      fc.shuffledSubarray([...visits], { minLength: visits.length }),
      fc.integer({ min: 1, max: 12 }),
      (before, order, batch) => {
        const watch = new FleetWatch({ timetables: [timetable] }, FLEET_RULES);
        const takenBack = before
          .filter(({ vehicle_id }) => vehicle_id === "ghost")
          .map((visit) => ({ ...visit, state: "withdrawn" as const }));
        const all = [...before, ...order, ...takenBack];
        const changes: Finding[] = [];
        for (let i = 0; i < all.length; i += batch) {
          changes.push(...watch.take(all.slice(i, i + batch), HEARD).changes);
          changes.push(...watch.look(START_MS + ((i * 7) % 110) * 60_000));
        }
        changes.push(...watch.look(END_MS));
        expect(standing(changes)).toEqual(expected);
        expect(standing(watch.listTold())).toEqual(expected);
      },
    ),
    { numRuns: 25 },
  );
});

test("what did not change is not told again", () => {
  const watch = new FleetWatch({ timetables: [timetable] }, FLEET_RULES);
  expect(watch.take(visits, HEARD).changes).not.toEqual([]);
  expect(watch.take(visits, HEARD).changes).toEqual([]);
  watch.look(END_MS);
  expect(watch.look(END_MS + 60_000).filter(({ run }) => run.trip.trip_id.startsWith("east-08"))).toEqual([]);
});

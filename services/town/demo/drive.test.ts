import { distance_m } from "@yardline/domain/geo";
import { encodeData } from "@yardline/sources/trackers/wialon-encode";
import { wialonIps } from "@yardline/sources/trackers/wialon-ips";
import { expect, test } from "vitest";
import { openBuses } from "./buses.ts";
import { buildDemoTown } from "./demo-town.ts";
import { type BusState, placeBus, stepBus, tripOf } from "./drive.ts";
import { openRandom } from "./random.ts";
import { latLonOf } from "./streets.ts";
import { openTrouble } from "./trouble.ts";

const town = buildDemoTown();
const EIGHT = Date.parse("2026-03-02T08:00:00+02:00");
const HOUR = 3_600_000;
const calm = { pace: () => 1, broken: false };

/** Delays in seconds at every call of `hours` hours, and the states after each second. */
function drive(index: number, hours: number, traffic = calm) {
  const block = town.blocks[index];
  if (!block) throw new Error("no such bus");
  const random = openRandom(`test:${index}`);
  const states: BusState[] = [];
  const delays_s: number[] = [];
  let state = placeBus(block, EIGHT, 0);
  for (let at_ms = EIGHT; state && at_ms < EIGHT + hours * HOUR; at_ms += 1000) {
    const before: BusState = state;
    state = stepBus(before, at_ms, { random, ...traffic });
    if (!state) break;
    states.push(state);
    if (state.trip === before.trip && state.call > before.call) {
      const scheduled_ms = state.day_ms + (tripOf(state).arrivals_s[before.call] ?? 0) * 1000;
      delays_s.push(Math.round((at_ms - scheduled_ms) / 1000));
    }
  }
  return { states, delays_s };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

test("without trouble a bus keeps to its timetable and never jumps", () => {
  for (const index of [0, 6, 9, 13, 16, 19]) {
    const { states, delays_s } = drive(index, 3);
    expect(delays_s.length).toBeGreaterThan(25);
    expect(Math.abs(median(delays_s))).toBeLessThan(90);
    expect(Math.max(...delays_s)).toBeLessThan(400);
    for (const [second, state] of states.entries()) {
      const before = states[second - 1];
      if (!before || before.trip !== state.trip) continue;
      expect(state.along_m - before.along_m).toBeGreaterThanOrEqual(0);
      expect(state.along_m - before.along_m).toBeLessThan(22);
    }
  }
});

test("traffic makes it late, and a broken engine stops it", () => {
  const slow = drive(0, 2, { ...calm, pace: () => 0.35 });
  expect(median(slow.delays_s)).toBeGreaterThan(median(drive(0, 2).delays_s) + 120);
  const broken = drive(0, 1, { ...calm, broken: true });
  expect(broken.delays_s).toEqual([]);
  expect(new Set(broken.states.map(({ along_m }) => along_m)).size).toBe(1);
});

test("the same seed drives the same way, and a receiver stays within a few metres of the street", () => {
  const listen = () => {
    const trouble = openTrouble({ seed: "seed", buses: 22, start_ms: EIGHT });
    const buses = openBuses(town.listBlocks(), "seed", trouble, EIGHT);
    return Array.from({ length: 120 }, (_, tick) => buses.flatMap((bus) => bus.locate(EIGHT + tick * 5000)));
  };
  const [first, second] = [listen(), listen()];
  expect(second).toEqual(first);
  expect(first.map((fixes) => fixes.length)).toEqual(Array.from({ length: 120 }, () => 20));
  const streets = town.network.lines.flatMap(({ directions }) => directions[0].way.points.map(latLonOf));
  for (const fix of first.at(-1) ?? []) {
    expect(Math.min(...streets.map((point) => distance_m(point, fix)))).toBeLessThan(60);
    const read = wialonIps.openSession().takeWhole(encodeData(fix))?.fixes[0];
    expect(read).toMatchObject({ at_ms: fix.at_ms, valid: true, latitude: expect.closeTo(fix.latitude, 6) });
  }
});

test("by night only the night line drives, and the morning brings the others back", () => {
  const evening = Date.parse("2026-03-02T23:00:00+02:00");
  const trouble = openTrouble({ seed: "seed", buses: 22, start_ms: evening });
  const buses = openBuses(town.listBlocks(), "seed", trouble, evening);
  const onRoad = (hours: number) =>
    buses.filter((bus) => bus.locate(evening + hours * HOUR).length > 0).length;
  // In steps shorter than a machine's sleep, so that they really drive.
  const counts = Array.from({ length: 8 * 12 }, (_, step) => onRoad(step / 12));
  expect([counts[0], counts[3 * 12], counts.at(-1)]).toEqual([20, 2, 20]);
});

test("troubles: one bus breaks down early on, each loses its network now and then", () => {
  const trouble = openTrouble({ seed: "seed", buses: 20, start_ms: EIGHT });
  const hit = (what: "breakdowns" | "dead-spots", after_ms: number) =>
    town.blocks.flatMap((_, bus) => (trouble.hits(what, bus, EIGHT + after_ms) ? [bus] : []));
  expect(hit("breakdowns", 0)).toEqual([]);
  expect(hit("breakdowns", 4 * 60_000)).toHaveLength(1);
  expect(hit("breakdowns", 12 * 60_000)).toEqual([]);
  expect(hit("dead-spots", 100_000)).toHaveLength(1);
  expect(hit("dead-spots", 200_000)).toEqual([]);
});

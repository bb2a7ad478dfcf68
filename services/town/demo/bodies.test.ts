import { expect, test } from "vitest";
import { openBodies } from "./bodies.ts";
import { buildDemoTown } from "./demo-town.ts";
import { apart_m } from "./streets.ts";
import { openTrouble, type TroubleKind } from "./trouble.ts";

const town = buildDemoTown();
const blocks = town.listBlocks();
const EIGHT = Date.parse("2026-03-02T08:00:00+02:00");
const MINUTE = 60_000;

function open(kinds: readonly TroubleKind[]) {
  const trouble = openTrouble({ seed: "bodies", buses: blocks.length, start_ms: EIGHT, kinds });
  return { trouble, bodies: openBodies(blocks, { seed: "bodies", trouble, start_ms: EIGHT }) };
}
const blockOf = (trip_id: string | undefined) =>
  blocks.findIndex(({ trips }) => trips.some((trip) => trip.trip_id === trip_id));

test("each drives its own block, but for two that begin on each other's", () => {
  const drives = (kinds: readonly TroubleKind[]) => {
    const { bodies } = open(kinds);
    return blocks.flatMap((_, i) => {
      const block = blockOf(bodies.find(i)?.trip_id);
      return block < 0 || block === i ? [] : [`${i} drives ${block}`];
    });
  };
  expect(drives([])).toEqual([]);
  expect(drives(["wrong-block"])).toEqual(["0 drives 2", "2 drives 0"]);
});

test("two that swap drive to each other's place for nobody, and go on as the other", () => {
  const { trouble, bodies } = open(["swaps"]);
  bodies.advance(EIGHT + 75 * MINUTE);
  const spell = trouble.find("swaps", EIGHT + 75 * MINUTE);
  const [a, b] = [spell?.bus ?? 0, ((spell?.bus ?? 0) + 1) % blocks.length];
  const before = [a, b].map((bus) => blockOf(bodies.find(bus)?.trip_id));
  bodies.advance(EIGHT + 80 * MINUTE);
  expect([a, b].map((bus) => bodies.find(bus)?.trip_id)).toEqual([undefined, undefined]);
  bodies.advance(EIGHT + 86 * MINUTE);
  expect([a, b].map((bus) => blockOf(bodies.find(bus)?.trip_id))).toEqual(before.toReversed());
});

test("who leaves its line is far from it, comes back to where it left, and never jumps", () => {
  const { trouble, bodies } = open(["strays", "detours", "bunching"]);
  const places = Array.from({ length: 60 * 60 }, (_, second) => {
    bodies.advance(EIGHT + second * 1000);
    return blocks.map((_, i) => bodies.find(i));
  });
  const jumps = places.flatMap((now, second) =>
    now.filter((each, i) => {
      const before = places[second - 1]?.[i];
      return each && before && apart_m(each.point, before.point) > 60;
    }),
  );
  expect(jumps.length).toBeLessThan(blocks.length);
  const stray = trouble.find("strays", EIGHT + 20 * MINUTE)?.bus ?? 0;
  const [left, away, back] = [14.9, 22, 29.1].map((minute) => places[Math.floor(minute * 60)]?.[stray]);
  expect([left?.trip_id !== undefined, away?.trip_id, back?.trip_id]).toEqual([
    true,
    undefined,
    left?.trip_id,
  ]);
  expect(apart_m(left?.point ?? [0, 0], away?.point ?? [0, 0])).toBeGreaterThan(2_000);
  expect(apart_m(left?.point ?? [0, 0], back?.point ?? [0, 0])).toBeLessThan(200);
  expect(places.flat().some((each) => each?.detour)).toBe(true);
});

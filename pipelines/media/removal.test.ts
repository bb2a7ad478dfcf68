import fc from "fast-check";
import { expect, test } from "vitest";
import type { Kept, Period } from "./media-store.ts";
import { bytesToFree, chooseRemovals } from "./removal.ts";

const kept = (id: string, from_ms: number, weight: number, camera = "yard"): Kept => ({
  ...{ id, camera, from_ms, to_ms: from_ms + 4, bytes: 10, weight },
});
const ids = (things: readonly Kept[]) => things.map(({ id }) => id);

test("what has to go is what the stricter of the two limits asks for", () => {
  const state = { free_bytes: 40, used_bytes: 500 };
  expect(bytesToFree({ keep_free_bytes: 30 }, state)).toBe(0);
  expect(bytesToFree({ keep_free_bytes: 100 }, state)).toBe(60);
  expect(bytesToFree({ keep_free_bytes: 100, at_most_bytes: 300 }, state)).toBe(200);
});

test("plain recording goes before what an event refers to, however old that is; of one weight the oldest goes first", () => {
  const things = [kept("notice", 0, 2), kept("new", 90, 0), kept("info", 10, 1), kept("old", 50, 0)];
  expect(ids(chooseRemovals(things, 11, []))).toEqual(["old", "new"]);
  expect(ids(chooseRemovals(things, 25, []))).toEqual(["old", "new", "info"]);
  expect(ids(chooseRemovals(things, 0, []))).toEqual([]);
});

test("held evidence stays, of its own camera only", () => {
  const held: Period[] = [{ camera: "yard", from_ms: 52, to_ms: 53 }];
  const things = [kept("held", 50, 0), kept("gate", 50, 0, "gate"), kept("after", 54, 0)];
  expect(ids(chooseRemovals(things, 1_000, held))).toEqual(["gate", "after"]);
});

test("never more than is asked for, never what is held, never a wanted thing while a less wanted one stays", () => {
  const thing = fc.record({ from_ms: fc.nat(100), weight: fc.nat(3), bytes: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(fc.array(thing), fc.nat(60), fc.nat(100), (drawn, need_bytes, at_ms) => {
      const things = drawn.map((each, at) => ({ ...kept(`${at}`, each.from_ms, each.weight), ...each }));
      const held = [{ camera: "yard", from_ms: at_ms, to_ms: at_ms + 10 }];
      const gone = chooseRemovals(things, need_bytes, held);
      const freed = gone.reduce((sum, { bytes }) => sum + bytes, 0);
      expect(freed - (gone.at(-1)?.bytes ?? 0)).toBeLessThanOrEqual(Math.max(0, need_bytes - 1));
      const isHeld = (each: Kept) => each.from_ms < at_ms + 10 && each.to_ms >= at_ms;
      expect(gone.filter(isHeld)).toEqual([]);
      const stays = things.filter((each) => !gone.includes(each) && !isHeld(each));
      for (const each of stays) expect(each.weight).toBeGreaterThanOrEqual(gone.at(-1)?.weight ?? 0);
    }),
  );
});

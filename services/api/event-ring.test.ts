import { expect, test } from "vitest";
import { EventRing } from "./event-ring.ts";
import { presence } from "./testing/scenes.ts";
import type { Told } from "./told.ts";

const told = (position: string): Told => ({ position, event: presence(), message: () => position });

test("keeps the newest and goes on counting", () => {
  const ring = new EventRing(2);
  expect([ring.end, ring.position, ring.find(0)]).toEqual([0, undefined, undefined]);
  for (const position of ["a", "b", "c"]) ring.push(told(position));
  expect([ring.end, ring.position]).toEqual([3, "c"]);
  expect([0, 1, 2, 3].map((number) => ring.find(number)?.position)).toEqual([undefined, "b", "c", undefined]);
  expect([0, 1, 3].map((number) => ring.hasForgotten(number))).toEqual([true, false, false]);
});

test("knows where to go on after a position that it still has", () => {
  const ring = new EventRing(2);
  for (const position of ["a", "b", "c"]) ring.push(told(position));
  expect(["a", "b", "c", "d"].map((position) => ring.findNumberAfter(position))).toEqual([
    undefined,
    2,
    3,
    undefined,
  ]);
});

test("what is here for longer than its personal fields may be is told without them", () => {
  const ring = new EventRing(2);
  const event = presence();
  ring.push({ ...told("a"), event });
  const over_ms = Date.parse(String(event.data["until"] ?? event.time)) + 72 * 3_600_000;
  ring.fade(over_ms - 1);
  expect(ring.find(0)?.event).toEqual(event);
  ring.fade(over_ms);
  const { track: _, box: _box, snapshot: _snapshot, clip: _clip, ...skeleton } = event.data;
  expect(ring.find(0)?.event).toEqual({ ...event, data: skeleton });
  expect([ring.find(0)?.message().includes(String(event.data["track"])), ring.findNumberAfter("a")]).toEqual([
    false,
    1,
  ]);
});

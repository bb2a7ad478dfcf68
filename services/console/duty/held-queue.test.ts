import { expect, test } from "vitest";
import type { ApiEvent, Incident } from "../api/types.ts";
import { presence } from "../testing/fake-events.ts";
import { emptyHeld, type HeldQueue, nextHeld } from "./held-queue.ts";
import { groupQueue } from "./queue-groups.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const event = (track: string, minute: number) => presence(track, NOON_MS + minute * 60_000);
const incident = (id: string, events: readonly ApiEvent[]): Incident => ({
  ...{ id, tenant: "verba", revision: 1, state: "open", title: id, purpose: "order", priority: "normal" },
  ...{ opened_at: "2026-11-22T12:00:00Z", opened_by: "olena", changed_at: "2026-11-22T12:00:00Z" },
  cameras: [],
  events: events.map(({ occurrence, source, type, time }) => ({ occurrence, source, type, time })),
});
const [a, b, c] = [event("a", 1), event("b", 2), event("c", 3)];
const step = (held: HeldQueue, events: readonly ApiEvent[], incidents: readonly Incident[] = []) =>
  nextHeld(held, groupQueue(events, incidents), false, true);
const shown = ({ order, arrived }: HeldQueue) => [
  order.shown.map((key) => key.split(" ").at(-1)).join(" "),
  order.waiting.map((key) => key.split(" ").at(-1)).join(" "),
  arrived,
];

test("what comes while somebody reads waits, and is counted once", () => {
  const first = step(emptyHeld(false), [a]);
  const then = step(step(first, [a, b]), [a, b]);
  expect([shown(first), shown(then)]).toEqual([
    ["a", "", 0],
    ["a", "b", 1],
  ]);
  expect(step(then, [a, b])).toBe(then);
});

test("events that somebody makes an incident of stay where they were, and are nothing new", () => {
  const first = step(emptyHeld(false), [a, b, c]);
  expect(shown(first)[0]).toBe("c b a");
  expect(shown(step(first, [a, b, c], [incident("7", [b])]))).toEqual(["c 7 a", "", 0]);
  expect(shown(step(first, [a, b, c], [incident("8", [])]))).toEqual(["c b a", "8", 1]);
});

test("whoever asks for everything begins anew", () => {
  const first = step(emptyHeld(false), [a]);
  const all = nextHeld(first, groupQueue([c, b, a], []), true, true);
  expect([shown(all), all.all]).toEqual([["c b a", "", 0], true]);
});

import { expect, test } from "vitest";
import { SearchAlerts } from "./search-alerts.ts";
import { NOON_MS, presence } from "./testing/scenes.ts";

const GATE = { id: "s1", name: "Gate" };

test("the first is told at once, then how many there were, at most once a while", () => {
  const alerts = new SearchAlerts(10_000);
  const told = (at_ms: number) =>
    alerts.take(at_ms).map(({ name, count, position }) => `${name} ${count} ${position}`);
  alerts.offer(GATE, presence(0), "p1", NOON_MS);
  expect(told(1_000)).toEqual(["Gate 1 p1"]);
  for (let n = 1; n <= 500; n += 1) alerts.offer(GATE, presence(n), `p${n + 1}`, NOON_MS);
  expect(told(10_999)).toEqual([]);
  expect(alerts.isWaiting).toBe(true);
  expect(told(11_000)).toEqual(["Gate 500 p501"]);
  expect(alerts.isWaiting).toBe(false);
});

test("an occurrence is told once, however often it is revised; each search by itself", () => {
  const alerts = new SearchAlerts(0);
  for (const revision of [1, 2, 3]) alerts.offer(GATE, presence(0, { revision }), `p${revision}`, NOON_MS);
  alerts.offer({ id: "s2", name: "People" }, presence(0), "p4", NOON_MS);
  expect(alerts.take(0).map(({ name, count }) => `${name} ${count}`)).toEqual(["Gate 1", "People 1"]);
  alerts.offer(GATE, presence(0, { revision: 4 }), "p5", NOON_MS);
  expect(alerts.take(1)).toEqual([]);
});

test.for([
  ["what came out of a backlog", presence(0, { backfilled: true })],
  ["what was taken back", presence(0, { state: "withdrawn" })],
  ["what is older than an hour", presence(-3_601)],
] as const)("%s alerts nobody", ([, event]) => {
  const alerts = new SearchAlerts(0);
  alerts.offer(GATE, event, "p1", NOON_MS);
  expect(alerts.isWaiting).toBe(false);
});

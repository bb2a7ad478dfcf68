import { expect, test } from "vitest";
import type { Arrival, StopArrivals, StopTimetable } from "../api/types.ts";
import { boardState, isClosed, silentSince } from "./board-state.ts";

const NOW_MS = Date.parse("2026-11-30T08:00:00Z");
const MINUTE_MS = 60_000;
const REASON = { uk: "", ru: "", en: "" };
const at = (ahead_min: number) => new Date(NOW_MS + ahead_min * MINUTE_MS).toISOString();
const arrival = (more: Partial<Arrival> = {}): Arrival => ({
  ...{ route_id: "r1", route_short_name: "1", route_color: "1f77b4", trip_id: "t", service_date: "20261130" },
  ...{
    stop_sequence: 1,
    scheduled_at: at(5),
    predicted_at: at(5),
    delay_s: 0,
    basis: "timetable",
    reason: REASON,
  },
  ...more,
});
const answer = (more: Partial<StopArrivals> = {}): StopArrivals => ({
  stop: { stop_id: "s", stop_name: "S", latitude: 50, longitude: 30 },
  ...{ made_at: at(0), timezone: "Europe/Kyiv", alerts: [], arrivals: [arrival()], ...more },
});
const KEPT: StopTimetable = {
  ...{ stop: { stop_id: "s", stop_name: "S" }, timezone: "Europe/Kyiv", from: at(-600), until: at(600) },
  lines: [
    { route_id: "r1", route_short_name: "1", route_color: "1f77b4", scheduled_at: [at(-30), at(20), at(95)] },
    {
      route_id: "r2",
      route_short_name: "2",
      route_color: "d62728",
      headsign: "Парк",
      scheduled_at: [at(-1), at(7)],
    },
  ],
};
const shown = (age_min: number, kept?: StopTimetable, now_ms = NOW_MS) => {
  const state = boardState(answer(), age_min * MINUTE_MS, kept, now_ms, REASON);
  return state.kind === "kept"
    ? state.arrivals.map(({ route_short_name, scheduled_at }) => `${route_short_name} ${scheduled_at}`)
    : state.kind;
};

test("an answer is fresh, then old, then not to be shown any more", () => {
  expect([0, 0.9, 1, 4.9, 5, 600].map((age_min) => shown(age_min))).toEqual([
    "fresh",
    "fresh",
    "old",
    "old",
    "none",
    "none",
  ]);
});

test("after a night the kept timetable stands there instead, soonest first, as far ahead as a board looks", () => {
  expect(shown(600, KEPT)).toEqual([`2 ${at(-1)}`, `2 ${at(7)}`, `1 ${at(20)}`]);
});

test("a timetable that has run out does not say that nothing comes", () => {
  expect(shown(600, KEPT, NOW_MS + 700 * MINUTE_MS)).toBe("none");
  expect(shown(600, KEPT, NOW_MS - 700 * MINUTE_MS)).toBe("none");
});

test("a clock that was put back does not make an answer young for ever", () => {
  expect(shown(-60)).toBe("none");
});

test("a silent town is said to be so only where something should come and nothing is live", () => {
  const silent = answer({ heard_at: at(-20) });
  expect(silentSince(silent, NOW_MS)).toBe(at(-20));
  expect(silentSince({ ...silent, heard_at: at(-4) }, NOW_MS)).toBeUndefined();
  expect(silentSince({ ...silent, arrivals: [] }, NOW_MS)).toBeUndefined();
  expect(
    silentSince({ ...silent, arrivals: [arrival(), arrival({ basis: "live" })] }, NOW_MS),
  ).toBeUndefined();
  expect(silentSince(answer(), NOW_MS)).toBeUndefined();
});

test("a stop is closed when nothing stops there for that reason", () => {
  const closed = arrival({ skipped: "stop-closed" });
  expect([isClosed([closed]), isClosed([closed, arrival()]), isClosed([])]).toEqual([true, false, false]);
});

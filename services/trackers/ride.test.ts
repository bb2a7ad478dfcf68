import { AppError } from "@yardline/domain/errors";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { pino } from "pino";
import { expect, test } from "vitest";
import { openRideFeed } from "./ride.ts";

const NOW_MS = Date.parse("2026-11-30T08:00:00Z");
const HERE = { latitude: 50.45, longitude: 30.52, buffered: false };

function open(refuses = false) {
  const positions: VehiclePosition[] = [];
  const outbox = {
    async put(some: readonly VehiclePosition[]) {
      if (refuses) throw new AppError("OUTBOX_FULL", "full", { retryable: true });
      positions.push(...some);
    },
  };
  const clock = { now_ms: () => NOW_MS, monotonic_ms: () => 0 };
  return { feed: openRideFeed("bus-12", { outbox, clock, log: pino({ level: "silent" }) }), positions };
}

test("of many fixes a second one goes on, in a tracker's words", () => {
  const { feed, positions } = open();
  feed(
    "12",
    [0, 56, 500, 1_000, 1_056].map((ms) => ({ ...HERE, at_ms: NOW_MS - 5_000 + ms, speed_mps: 8 })),
  );
  expect(positions).toEqual(
    [0, 1_000].map((ms) => ({
      vehicle_id: "12",
      at_ms: NOW_MS - 5_000 + ms,
      received_at_ms: NOW_MS,
      latitude: 50.45,
      longitude: 30.52,
      speed_mps: 8,
    })),
  );
});

test.for([
  { what: "no fix", fix: { ...HERE, at_ms: NOW_MS, valid: false } },
  { what: "0°, 0°", fix: { latitude: 0, longitude: 0, at_ms: NOW_MS, buffered: false } },
  { what: "a recording of last year", fix: { ...HERE, at_ms: NOW_MS - 365 * 86_400_000 } },
  { what: "a clock an hour ahead", fix: { ...HERE, at_ms: NOW_MS + 3_600_000 } },
])("$what goes no further", ({ fix }) => {
  const { feed, positions } = open();
  feed("12", [fix]);
  expect(positions).toEqual([]);
});

test("a bus that takes nothing costs the places, and nothing else", async () => {
  const { feed, positions } = open(true);
  feed("12", [{ ...HERE, at_ms: NOW_MS }]);
  await new Promise(setImmediate);
  expect(positions).toEqual([]);
});

import { expect, test } from "vitest";
import { openCleaning } from "./cleaning.ts";
import { HERE, NOW } from "./testing.ts";

const HOUR = 3_600_000;
const SECOND = 1000;
const fix = (at_ms: number, more = {}) => ({ ...HERE, at_ms, buffered: false, speed_mps: 9, ...more });

test("a clock that is an hour ahead is held, then recognised and corrected; the device's own time is kept", () => {
  const { clean } = openCleaning();
  const said = [0, 10, 20, 30].map((s) => {
    const made_ms = NOW + s * SECOND;
    const moved = { longitude: HERE.longitude + s / 1000 };
    const { positions, held, clock_ahead_ms } = clean(
      "egts:1",
      [fix(made_ms + HOUR, moved)],
      "7",
      made_ms + SECOND,
    );
    return [
      ...positions.map(({ at_ms, device_at_ms = 0 }) => [at_ms - NOW, device_at_ms - NOW]),
      ...[...held.keys()].map((why) => why),
      ...(clock_ahead_ms === undefined ? [] : [`${clock_ahead_ms / HOUR} h`]),
    ];
  });
  expect(said).toEqual([
    ["future"],
    ["future"],
    [[20 * SECOND, HOUR + 20 * SECOND], "1 h"],
    [[30 * SECOND, HOUR + 30 * SECOND]],
  ]);
});

test("what it kept in its memory is corrected too, and another device's clock is its own", () => {
  const { clean } = openCleaning();
  for (const s of [0, 10, 20]) clean("egts:1", [fix(NOW + s * SECOND + HOUR)], "7", NOW + s * SECOND);
  const kept = [fix(NOW - HOUR, { buffered: true }), fix(NOW + HOUR / 2, { buffered: true })];
  expect(clean("egts:1", kept, "7", NOW + 30 * SECOND).positions.map(({ at_ms }) => at_ms - NOW)).toEqual([
    -2 * HOUR,
    -HOUR / 2,
  ]);
  expect([...clean("egts:2", [fix(NOW + HOUR)], "8", NOW).held]).toEqual([["future", 1]]);
});

test("a bus that says it drives, and always the same place, is marked frozen until it moves", () => {
  const { clean } = openCleaning();
  const told = Array.from({ length: 8 }, (_, i) => {
    const at_ms = NOW + i * 10 * SECOND;
    const moved = i === 7 ? { longitude: 31.3 } : {};
    return clean("egts:1", [fix(at_ms, moved)], "7", at_ms).positions[0]?.frozen ?? false;
  });
  expect(told).toEqual([false, false, false, false, false, true, true, false]);
});

import { expect, test } from "vitest";
import { FIX_AGE_MS_MAX, Whereabouts } from "./whereabouts.ts";

const AT_MS = Date.parse("2026-11-30T08:00:00Z");
/** The box's clock is two seconds ahead of the satellites'. */
const fixAt = (t_s: number, latitude: number, more = {}) => ({
  captured_ms: AT_MS + t_s * 1000,
  fix: { latitude, longitude: 30.5, at_ms: AT_MS + t_s * 1000 - 2_000, buffered: false, ...more },
});

test("a camera on a bus is where the newest fix before its picture says", () => {
  const bus = new Whereabouts({ ride: { vehicle_id: "12" } });
  bus.take([fixAt(3, 50.3), fixAt(1, 50.1), fixAt(2, 50.2)]);
  expect(bus.at(AT_MS + 2_400)).toEqual({
    place: { latitude: 50.2, longitude: 30.5 },
    position: { vehicle: "12", age_ms: 400, fix_at: "2026-11-30T08:00:00.000Z", clock_off_ms: 2_000 },
  });
});

test.for([
  { what: "before the first fix", t_s: 0 },
  { what: "once the last one is stale", t_s: 3 + FIX_AGE_MS_MAX / 1000 + 0.001 },
])("nobody knows $what", ({ t_s }) => {
  const bus = new Whereabouts({ ride: { vehicle_id: "12" }, place: { latitude: 1, longitude: 1 } });
  bus.take([fixAt(1, 50.1), fixAt(3, 50.3)]);
  expect(bus.at(AT_MS + t_s * 1000)).toBeUndefined();
});

test("no fix and 0°, 0° place nobody; a fix without a time tells no clock", () => {
  const bus = new Whereabouts({ ride: { vehicle_id: "12" } });
  bus.take([fixAt(1, 50.1, { valid: false }), fixAt(2, 0.0001, { longitude: 0 })]);
  expect(bus.at(AT_MS + 2_000)).toBeUndefined();
  bus.take([{ captured_ms: AT_MS, fix: { latitude: 50, longitude: 30, buffered: false } }]);
  expect(bus.at(AT_MS)?.position).toEqual({ vehicle: "12", age_ms: 0 });
});

test("a fixed camera is where it hangs, or nobody said where", () => {
  expect(new Whereabouts({ place: { latitude: 50, longitude: 30 } }).at(AT_MS)).toEqual({
    place: { latitude: 50, longitude: 30 },
  });
  expect(new Whereabouts({}).at(AT_MS)).toBeUndefined();
});

import { expect, test } from "vitest";
import { createStreamMeter } from "./stream-meter.ts";

const START_MS = 1_700_000_000_000;

test("ten seconds of a steady camera, twice, its clock a thousandth too fast", () => {
  const measure = createStreamMeter();
  const measures = Array.from({ length: 204 }, (_, i) => {
    const data = new Uint8Array(1_250);
    return measure({ data, key: i % 20 === 0, pts_ms: i * 100, duration_ms: 100 }, START_MS + i * 99.9);
  });
  const given = measures.flatMap((each) => each ?? []);
  expect(given).toEqual([
    { kind: "stream-measured", fps: 10.01, bit_rate_kbps: 101, key_frame_distance_ms: 2_000, drift_ms: -10 },
    { kind: "stream-measured", fps: 10.01, bit_rate_kbps: 100, key_frame_distance_ms: 2_000, drift_ms: -20 },
  ]);
});

test("a camera without key frames, or with one picture in a minute, breaks nothing", () => {
  const measure = createStreamMeter();
  const packet = { data: new Uint8Array(10), key: false, duration_ms: 0 };
  measure({ ...packet, pts_ms: 0 }, START_MS);
  expect(measure({ ...packet, pts_ms: 60_000 }, START_MS + 60_000)).toEqual({
    kind: "stream-measured",
    fps: 0.02,
    bit_rate_kbps: 0,
    drift_ms: 0,
  });
});

import { expect, test } from "vitest";
import { CameraCounts } from "./camera-counts.ts";

test("what a camera gave and what became of it; how it streams is known while it is connected", () => {
  const counts = new CameraCounts(1_000, 0);
  for (const outcome of ["looked", "still", "still", "dropped"] as const) counts.frame(outcome);
  counts.note({ kind: "segment-stored", bytes: 700, from_ms: 0, to_ms: 4_000, took_ms: 5 });
  counts.note({ kind: "packets-dropped", packets: 3 });
  counts.note({
    kind: "stream-measured",
    fps: 25,
    bit_rate_kbps: 2_500,
    key_frame_distance_ms: 1_000,
    drift_ms: 2,
  });
  counts.mode("active", 500);
  const before = counts.now(1_000);
  expect(before).toEqual({
    since_ms: 1_000,
    mode: "active",
    mode_shares: { idle: 0, active: 0.5, reduced: 0, lost: 0.5 },
    frames: { looked: 1, still: 2, dropped: 1, failed: 0 },
    recorded_bytes: 700,
    segments_lost: 0,
    packets_dropped: 3,
    connections_ended: 0,
    stream: { fps: 25, bit_rate_kbps: 2_500, key_frame_distance_ms: 1_000, drift_ms: 2 },
  });
  counts.note({ kind: "segment-lost", from_ms: 0, to_ms: 4_000, code: "MEDIA_SLOW", message: "slow" });
  counts.note({ kind: "connection-ended", why: "ended", code: 0, signal: null, said: [] });
  const { stream: _stream, ...rest } = before;
  expect(counts.now(1_000)).toEqual({ ...rest, segments_lost: 1, connections_ended: 1 });
});

import { pino } from "pino";
import { register } from "prom-client";
import { expect, test } from "vitest";
import { videoNoted } from "./video.ts";

test("counter and log line of one happening come together", async () => {
  const lines: string[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  videoNoted(log, "yard", {
    kind: "segment-lost",
    from_ms: 0,
    to_ms: 4_000,
    code: "MEDIA_UNAVAILABLE",
    message: "the disk is full",
  });
  videoNoted(log, "yard", { kind: "segment-stored", bytes: 1000, from_ms: 0, to_ms: 4000, took_ms: 5 });
  videoNoted(log, "yard", { kind: "packets-dropped", packets: 7 });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 50,
      camera: "yard",
      code: "MEDIA_UNAVAILABLE",
      why: "the disk is full",
      msg: "A segment was not recorded.",
    },
  ]);
  const metrics = await register.metrics();
  expect(metrics).toContain('yardline_video_segments_lost_total{camera="yard",code="MEDIA_UNAVAILABLE"} 1');
  expect(metrics).toContain('yardline_video_packets_dropped_total{camera="yard"} 7');
});

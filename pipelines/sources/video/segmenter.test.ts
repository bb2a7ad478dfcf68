import fc from "fast-check";
import { expect, test } from "vitest";
import type { Init, Packet } from "./fragments.ts";
import { createGopRing, GOP_PACKETS_MAX } from "./gop-ring.ts";
import { createPacketBacklog } from "./packet-backlog.ts";
import { createSegmenter, SEGMENT_BYTES_MAX } from "./segmenter.ts";

const INIT: Init = {
  data: Uint8Array.of(73),
  timescale: 1000,
  codec: "avc1",
  width_px: 64,
  height_px: 48,
};
const FRAME_MS = 100;
const packet = (number: number, key: boolean, data = Uint8Array.of(number)): Packet => ({
  data,
  pts_ms: number * FRAME_MS,
  duration_ms: FRAME_MS,
  key,
});

function cut(keys: readonly boolean[]) {
  const segmenter = createSegmenter(INIT);
  const segments = keys.flatMap((key, i) => segmenter.push(packet(i % 256, key), 1_000 + i * FRAME_MS) ?? []);
  return [...segments, ...[segmenter.finish() ?? []].flat()];
}

test("segments of four seconds begin with a key frame and follow without a gap", () => {
  const keys = Array.from({ length: 95 }, (_, i) => i % 10 === 0);
  expect(
    cut(keys).map(({ from_ms, to_ms, data }) => [from_ms, to_ms, data[0], data[1], data.length]),
  ).toEqual([
    [1_000, 5_000, 73, 0, 41],
    [5_000, 9_000, 73, 40, 41],
    [9_000, 10_500, 73, 80, 16],
  ]);
});

test("nothing between the first key frame and the end is lost, whatever the groups are", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 250 }), (keys) => {
      const segments = cut(keys);
      const kept = segments.flatMap(({ data }) => [...data.subarray(1)]);
      const first = keys.indexOf(true);
      expect(kept).toEqual(first < 0 ? [] : keys.slice(first).map((_, i) => (first + i) % 256));
      for (const [i, { from_ms, to_ms, data }] of segments.entries()) {
        expect(keys[data[1] ?? -1]).toBe(true);
        expect(to_ms).toBeGreaterThan(from_ms);
        if (i > 0) expect(from_ms).toBe(segments[i - 1]?.to_ms);
      }
    }),
  );
});

test("a stream without key frames is kept up to the limit, then from its next one on", () => {
  const segmenter = createSegmenter(INIT);
  const large = new Uint8Array(SEGMENT_BYTES_MAX / 3);
  const ended = [0, 1, 2, 3, 4].map((i) => segmenter.push(packet(i, i === 0, large), i * FRAME_MS));
  expect(ended.map((segment) => segment?.to_ms)).toEqual([undefined, undefined, undefined, 300, undefined]);
  expect(segmenter.finish()).toBeUndefined();
});

test("the ring holds the group under way, and none that is too long", () => {
  let given_up = 0;
  const ring = createGopRing(() => given_up++);
  ring.push(packet(0, false));
  expect(ring.list()).toEqual([]);
  for (const [number, key] of [
    [1, true],
    [2, false],
    [3, true],
    [4, false],
  ] as const)
    ring.push(packet(number, key));
  expect(ring.list().map(({ pts_ms }) => pts_ms)).toEqual([300, 400]);
  for (let i = 5; i < GOP_PACKETS_MAX + 5; i++) ring.push(packet(i, false));
  expect([ring.list().length, given_up]).toEqual([0, 1]);
});

test("what waits for the decoder is bounded, counted, and begins again at a key frame", () => {
  let dropped = 0;
  const backlog = createPacketBacklog((packets) => {
    dropped += packets;
  });
  for (let i = 0; i < 200; i++) backlog.push(packet(i, i === 0 || i === 180));
  expect(dropped).toBe(180);
  expect(backlog.shift()?.pts_ms).toBe(18_000);
});

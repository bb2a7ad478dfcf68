import type { Frame } from "@yardline/domain/picture";
import { expect, test } from "vitest";
import { createFrameQueue } from "./frame-queue.ts";

const frame = (at_ms: number): Frame => ({
  camera: "yard",
  at_ms,
  picture: { width_px: 2, height_px: 2, format: "yuv420p", data: new Uint8Array(6) },
});

test("a slow reader gets the newest; what went is told; closing ends it", async () => {
  const dropped: number[] = [];
  const queue = createFrameQueue(2, ({ at_ms }) => dropped.push(at_ms));
  const read: number[] = [];
  for (const at_ms of [1, 2, 3, 4]) queue.push(frame(at_ms));
  for await (const { at_ms } of queue) {
    read.push(at_ms);
    if (at_ms === 4) for (const next_ms of [5, 6, 7]) queue.push(frame(next_ms));
    if (at_ms === 6) queue.close();
  }
  queue.push(frame(8));
  expect({ read, dropped }).toEqual({ read: [3, 4, 6], dropped: [1, 2, 5] });
});

test("a reader that waits is woken by a frame and by the end", async () => {
  const queue = createFrameQueue(2, () => undefined);
  const frames = queue[Symbol.asyncIterator]();
  const first = frames.next();
  queue.push(frame(1));
  expect((await first).value?.at_ms).toBe(1);
  const second = frames.next();
  queue.close();
  expect((await second).done).toBe(true);
});

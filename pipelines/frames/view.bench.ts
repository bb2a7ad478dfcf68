import { test } from "vitest";
import { lumaOf } from "./luma.ts";
import { noise } from "./testing/drawn-yard.ts";
import { ViewWatch } from "./view.ts";

const [WIDTH_PX, HEIGHT_PX, PICTURES, FRAME_MS] = [1280, 720, 25, 200];

/** A textured yard with a bag, and somebody who walks through it. */
const pictures = Array.from({ length: PICTURES }, (_, n) => {
  const data = new Uint8Array((WIDTH_PX * HEIGHT_PX * 3) / 2).fill(128);
  for (let y = 0; y < HEIGHT_PX; y++) {
    for (let x = 0; x < WIDTH_PX; x++) {
      const isWalker = x > n * 40 && x < n * 40 + 50 && y > 300 && y < 460;
      const ground = 60 + 80 * noise(x >> 5, y >> 5) + 4 * noise(x + n, y);
      data[y * WIDTH_PX + x] = isWalker ? 30 : ground;
    }
  }
  return { width_px: WIDTH_PX, height_px: HEIGHT_PX, format: "yuv420p", data } as const;
});
const lumas = pictures.map((picture) => lumaOf(picture));

// Budget: 0.15 ms CPU a 720p frame at 5 fps, of the 0.6 ms for all that is not decoding or detecting. One frame in four is examined,
// so an examination may take 0.6 ms.
test("the view of a 720p camera at 5 fps", async ({ bench }) => {
  const watch = new ViewWatch();
  let at_ms = 0;
  let next = 0;
  await bench("100 frames: 15 ms at most", () => {
    for (let frame = 0; frame < 100; frame++) {
      const [picture, luma] = [pictures[next % PICTURES], lumas[next % PICTURES]];
      if (picture && luma) watch.take(picture, luma, at_ms);
      at_ms += FRAME_MS;
      next += 1;
    }
  }).run();
});

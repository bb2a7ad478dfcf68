import type { Picture } from "@yardline/domain/picture";

const SIDE_PX = 512;

type Rgb = readonly [red: number, green: number, blue: number];
type Rectangle = readonly [left: number, top: number, width: number, height: number, colour: Rgb];

/** A street as a child would cut it out of paper: house, bus, car, three people, in pixels of the picture. */
const SCENE: readonly Rectangle[] = [
  [0, 0, 512, 230, [150, 180, 215]],
  [0, 230, 512, 282, [95, 95, 98]],
  [20, 60, 150, 170, [160, 90, 70]],
  [45, 90, 35, 40, [40, 50, 60]],
  [105, 90, 35, 40, [40, 50, 60]],
  [200, 150, 240, 120, [190, 30, 35]],
  [210, 165, 40, 45, [30, 40, 50]],
  [260, 165, 40, 45, [30, 40, 50]],
  [310, 165, 40, 45, [30, 40, 50]],
  [360, 165, 65, 45, [30, 40, 50]],
  [230, 250, 36, 36, [20, 20, 20]],
  [370, 250, 36, 36, [20, 20, 20]],
  [60, 330, 170, 45, [40, 70, 150]],
  [95, 300, 95, 35, [60, 80, 110]],
  [80, 360, 34, 34, [20, 20, 20]],
  [175, 360, 34, 34, [20, 20, 20]],
  [300, 322, 18, 20, [205, 165, 140]],
  [294, 342, 30, 50, [30, 110, 60]],
  [296, 392, 11, 52, [35, 35, 60]],
  [311, 392, 11, 52, [35, 35, 60]],
  [380, 330, 16, 18, [205, 165, 140]],
  [374, 348, 28, 46, [180, 160, 60]],
  [376, 394, 10, 48, [60, 45, 40]],
  [390, 394, 10, 48, [60, 45, 40]],
  [440, 340, 22, 24, [120, 85, 65]],
  [432, 364, 38, 60, [200, 200, 205]],
  [434, 424, 14, 62, [30, 40, 80]],
  [454, 424, 14, 62, [30, 40, 80]],
];

/**
 * The picture on which every converted network must say what the original says. Drawn, not stored: whole numbers only, so
 * that it is the same to the bit everywhere. A grain over it (a linear congruential sequence) keeps every filter busy.
 */
export function goldenPicture(): Picture {
  const data = new Uint8Array(SIDE_PX * SIDE_PX * 3);
  for (const [left, top, width, height, colour] of SCENE) {
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) data.set(colour, (y * SIDE_PX + x) * 3);
    }
  }
  let grain = 1;
  for (let at = 0; at < data.length; at++) {
    grain = (grain * 4096 + 150889) % 714025;
    data[at] = Math.min(255, (data[at] ?? 0) + (grain % 13));
  }
  return { width_px: SIDE_PX, height_px: SIDE_PX, format: "rgb24", data };
}

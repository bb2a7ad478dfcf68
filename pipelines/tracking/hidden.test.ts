import type { Box } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NOTHING_TRACKED, step, type TrackerState } from "./tracker.ts";

const HIDDEN_MAX_S = 3;
const NOISE_SHARE = 0.03;

function isIn({ left, top, right, bottom }: Box): boolean {
  return left >= 0 && top >= 0 && right <= 1 && bottom <= 1;
}

/** Somebody who walks straight on, seen for three seconds, hidden for a while, and seen again for two. */
const walker = fc.record({
  fps: fc.constantFrom(1, 2, 5, 10, 25),
  height: fc.double({ min: 0.1, max: 0.4, noNaN: true }),
  from: fc.tuple(
    fc.double({ min: 0.3, max: 0.7, noNaN: true }),
    fc.double({ min: 0.55, max: 0.8, noNaN: true }),
  ),
  /** Own heights a second: a stroll is half of one, a run two. */
  pace: fc.double({ min: 0, max: 0.8, noNaN: true }),
  heading: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
  hidden_share: fc.double({ min: 0, max: 1, noNaN: true }),
  /** How far off the detector is, picture by picture, in shares of the height. */
  noise: fc.array(fc.double({ min: -NOISE_SHARE, max: NOISE_SHARE, noNaN: true }), {
    minLength: 40,
    maxLength: 40,
  }),
});

type Walker = typeof walker extends fc.Arbitrary<infer Value> ? Value : never;

function boxAt({ height, from: [x, y], pace, heading, noise }: Walker, t_s: number, frame: number): Box {
  const [off = 0, offDown = 0] = [noise[frame % noise.length], noise[(frame + 7) % noise.length]];
  const middle = x + height * (pace * t_s * Math.cos(heading) + off);
  const feet = y + height * (pace * t_s * Math.sin(heading) * 0.3 + offDown);
  return { left: middle - height / 6, right: middle + height / 6, top: feet - height, bottom: feet };
}

/** The picture with this number, and whether they are hidden in it. */
function pictures(someone: Walker) {
  const hidden_s = someone.hidden_share * (HIDDEN_MAX_S - 1 / someone.fps);
  return Array.from({ length: Math.floor((5 + hidden_s) * someone.fps) + 1 }, (_, frame) => {
    const t_s = frame / someone.fps;
    return { t_s, box: boxAt(someone, t_s, frame), hidden: t_s > 3 && t_s <= 3 + hidden_s };
  });
}

test("whoever walks on behind something for up to three seconds comes out as the same", () => {
  fc.assert(
    fc.property(walker, (someone) => {
      const shown = pictures(someone);
      fc.pre(shown.every(({ box }) => isIn(box)));
      let state: TrackerState = NOTHING_TRACKED;
      const ids = new Set<string>();
      for (const { t_s, box, hidden } of shown) {
        const seen: Detection[] = hidden ? [] : [{ label: "person", score: 0.8, box }];
        const { state: next, tracks } = step(state, Math.round(t_s * 1000), seen, String);
        state = next;
        for (const track of tracks) if (track.state === "confirmed") ids.add(track.id);
      }
      expect([...ids]).toEqual(["0"]);
    }),
    { numRuns: 300 },
  );
});

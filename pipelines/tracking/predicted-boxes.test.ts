import { type Box, iouOf } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import { describe, expect, test } from "vitest";
import { NOTHING_TRACKED, predictedBoxes, step, type TrackerState } from "./tracker.ts";

const idOf = (serial: number) => `track-${serial}`;

/** Somebody whose feet are at (x, 0.7). */
function personAt(x: number): Box {
  return { left: x - 0.05, right: x + 0.05, top: 0.4, bottom: 0.7 };
}

function seen(box: Box): Detection {
  return { label: "person", score: 0.8, box };
}

describe("predicted", () => {
  const walkerSeen = (until_s: number) => {
    let state: TrackerState = NOTHING_TRACKED;
    for (let at_ms = 0; at_ms <= until_s * 1000; at_ms += 200) {
      state = step(state, at_ms, [seen(personAt(0.2 + at_ms / 10_000))], idOf).state;
    }
    return state;
  };

  test("a walker who is seen five times a second is where they will be, sure for some tenths of a second and not for long", () => {
    const state = walkerSeen(3);
    const [soon] = predictedBoxes(state, 3_300);
    const expected = personAt(0.2 + 3_300 / 10_000);
    expect(soon?.sure).toBe(true);
    expect(iouOf(soon?.box ?? expected, expected)).toBeGreaterThan(0.85);
    expect(predictedBoxes(state, 5_000)).toMatchObject([{ track: { id: "track-0" }, sure: false }]);
  });

  test("who was missed, or seen but once, is not sure", () => {
    expect(predictedBoxes(walkerSeen(0), 100)).toMatchObject([{ sure: false }]);
    const { state } = step(walkerSeen(3), 3_200, [], idOf);
    expect(predictedBoxes(state, 3_200)).toMatchObject([{ sure: false, misses: 1 }]);
  });
});

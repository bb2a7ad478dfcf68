import { pictureBytes } from "@yardline/domain/picture";
import type { Track } from "@yardline/domain/track";
import { COLOURS } from "@yardline/frames/canvas";
import type { Raised } from "@yardline/rules/scene/scene-watch";
import { expect, test } from "vitest";
import { type Explained, Explaining, marksOf } from "./explain.ts";

const box = { left: 0.2, top: 0.2, right: 0.4, bottom: 0.8 };
const last = { label: "person", score: 0.82, box } as const;
const track: Track = {
  id: "00000000-0000-8000-8000-00000000beef",
  label: "person",
  opened_at_ms: 1_000,
  seen_at_ms: 2_000,
  last,
  sightings: 6,
  state: "confirmed",
};
const raised: Raised = {
  rule: "presence",
  raises: "yard.presence",
  zone: "all",
  severity: "info",
  finding: {
    state: "opened",
    at_ms: 2_000,
    key: "k",
    data: { since_ms: 1_000, until_ms: 2_000, track: track.id, facts: { label: "person" } },
  },
};
const doubt = { label: "dog", score: 0.31, box: { ...box, left: 0.6, right: 0.8 } } as const;

function explainedAt(at_ms: number): Explained {
  const detections = at_ms === 2_000 ? [last, doubt] : undefined;
  return {
    watched: {
      at_ms,
      why: detections ? "moved" : "still",
      detections,
      tracks: [track],
      raised: at_ms === 2_000 ? [raised] : [],
      picture: undefined,
    },
    followed: [{ track, box, spread: 0.1, misses: 0, sure: true }],
    standing: { columns: 4, rows: 2, cells: [0] },
  };
}

test("each box says what it is, how sure, and what was raised on it; what nobody took up is shown too", () => {
  expect(marksOf(explainedAt(2_000), [raised])).toEqual([
    { box: doubt.box, colour: COLOURS.grey, above: ["dog 0.31"], below: [] },
    { box, colour: COLOURS.red, dashed: false, above: ["beef person 0.82 6x"], below: ["presence all 1 s"] },
  ]);
  expect(marksOf(explainedAt(3_500), [])).toEqual([
    {
      box,
      colour: COLOURS.green,
      dashed: true,
      above: ["beef person 0.82 6x", "not seen for 1.5 s"],
      below: [],
    },
  ]);
});

test("the picture gets the mask, the box and the words, and what was raised stays red until it is over", () => {
  const [width_px, height_px] = [320, 180];
  const explaining = new Explaining(0);
  const painted = (at_ms: number) => {
    const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(128);
    explaining.paint({ width_px, height_px, format: "yuv420p", data }, explainedAt(at_ms));
    const at = (x: number, y: number) => data[y * width_px + x];
    return { outline: at(64, 86), mask: at(70, 60), far: at(300, 150) };
  };
  // A cell that stands out is tinted: 0.65 × 128 + 0.35 × 170.
  expect(painted(2_000)).toEqual({ outline: COLOURS.red[0], mask: 142, far: 128 });
  expect(painted(2_200).outline).toBe(COLOURS.red[0]);
});

import { pictureBytes } from "@yardline/domain/picture";
import type { Track } from "@yardline/domain/track";
import { COLOURS } from "@yardline/frames/canvas";
import { planScene } from "@yardline/rules/scene/scene-plan";
import type { Raised } from "@yardline/rules/scene/scene-watch";
import { expect, test } from "vitest";
import { type Explained, Explaining } from "./explain.ts";
import { marksOf } from "./explain-marks.ts";

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
    view: undefined,
    rules: [],
  };
}

test("each box says what it is, how sure, and whether it was raised; what nobody took up is shown too", () => {
  expect(marksOf(explainedAt(2_000), [raised])).toEqual([
    { box: doubt.box, colour: COLOURS.grey, above: ["dog 0.31"], below: [] },
    { box, colour: COLOURS.red, dashed: false, above: ["beef person 0.82"], below: [] },
  ]);
  expect(marksOf(explainedAt(3_500), [])).toEqual([
    { box, colour: COLOURS.green, dashed: true, above: ["beef person 0.82 1.5 s ago"], below: [] },
  ]);
});

const scene = planScene(
  {
    zones: [
      {
        id: "двір",
        polygon: [
          [0.5, 0.1],
          [0.95, 0.1],
          [0.95, 0.9],
          [0.5, 0.9],
        ],
      },
    ],
    lines: [
      {
        id: "gate",
        points: [
          [0.1, 0.95],
          [0.45, 0.95],
        ],
      },
    ],
    rules: [
      { rule: "loitering", zone: "двір" },
      { rule: "line-crossing", line: "gate" },
    ],
  },
  { timezone: "UTC", holidays: [] },
);

test("a small picture is made large, and gets mask, zone, line, box and a panel beside it", () => {
  const explaining = new Explaining(0, scene);
  const painted = (at_ms: number) => {
    const [width_px, height_px] = [320, 180];
    const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(128);
    const film = explaining.paint({ width_px, height_px, format: "yuv420p", data }, explainedAt(at_ms));
    const at = (x: number, y: number) => film.data[y * film.width_px + x];
    return {
      size: [film.width_px, film.height_px],
      outline: at(257, 346),
      mask: at(280, 240),
      zone: at(1216, 360),
      line: at(200, 684),
      far: at(1270, 700),
      panel: at(1280 + 540, 700),
      source: new Set(data).size,
    };
  };
  // A cell that stands out is tinted: 0.75 × 128 + 0.25 × 170.
  expect(painted(2_000)).toEqual({
    size: [1280 + 46 * 12, 720],
    outline: COLOURS.red[0],
    mask: 138,
    zone: COLOURS.magenta[0],
    line: COLOURS.magenta[0],
    far: 128,
    panel: COLOURS.black[0],
    source: 1,
  });
  // What was raised stays red until it is over.
  expect(painted(2_200).outline).toBe(COLOURS.red[0]);
});

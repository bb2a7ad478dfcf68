import type { Box } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import { COLOURS, type Colour } from "@yardline/frames/canvas";
import type { Standing } from "@yardline/frames/standing";
import type { Raised } from "@yardline/rules/scene/scene-watch";
import type { Predicted } from "@yardline/tracking/tracker";
import type { Explained } from "./explain.ts";
import { shortOf } from "./explain-text.ts";

/** One box to paint. */
export type Mark = {
  readonly box: Box;
  readonly colour: Colour;
  readonly dashed?: boolean;
  /** Lines of text, from the box's upper edge upwards and, where `below`, from its lower edge downwards. */
  readonly above: readonly string[];
  readonly below: readonly string[];
};

/** What the detector said and nobody took up, what stands, then everybody who is followed. */
export function marksOf({ watched, followed, view }: Explained, open: readonly Raised[]): readonly Mark[] {
  const { at_ms, detections = [] } = watched;
  const taken = new Set(followed.map(({ track }) => track.last));
  const left = detections.filter((detection) => !taken.has(detection));
  const standing = (view?.standing ?? []).map((each) => markOfStanding(each, at_ms));
  return [...left.map(markOfLeft), ...standing, ...followed.map((each) => markOfTrack(each, at_ms, open))];
}

function markOfLeft({ box, label, score }: Detection): Mark {
  return { box, colour: COLOURS.grey, above: [`${label} ${score.toFixed(2)}`], below: [] };
}

function markOfStanding({ box, what, since_ms }: Standing, at_ms: EpochMs): Mark {
  const stands_s = Math.round((at_ms - since_ms) / 1000);
  return { box, colour: COLOURS.orange, dashed: true, above: [], below: [`${what} ${stands_s} s`] };
}

function markOfTrack({ track, box }: Predicted, at_ms: EpochMs, open: readonly Raised[]): Mark {
  const seen = track.seen_at_ms === at_ms;
  const raised = open.some(({ finding }) => finding.data.track === track.id);
  const followed = track.state === "confirmed" ? COLOURS.green : COLOURS.yellow;
  const unseen_s = (at_ms - track.seen_at_ms) / 1000;
  const doubts = [
    ...(seen ? [] : [`${unseen_s.toFixed(1)} s ago`]),
    ...(track.state === "tentative" ? ["sure?"] : []),
  ];
  return {
    box: seen ? track.last.box : box,
    colour: raised ? COLOURS.red : followed,
    dashed: !seen,
    above: [[shortOf(track.id), track.label, track.last.score.toFixed(2), ...doubts].join(" ")],
    below: [],
  };
}

import { type Box, iouOf } from "@yardline/domain/box";
import { assign } from "./assign.ts";

/** One box of one object in one picture; truth and output alike. */
export type Labelled = { readonly frame: number; readonly id: string; readonly box: Box };

export type TrackScore = {
  /** 1 − (missed + false + switched) / true boxes: CLEAR MOT, Bernardin and Stiefelhagen 2008. */
  readonly mota: number;
  /** 2 × boxes under their right identity / (true + given boxes): Ristani et al. 2016. */
  readonly idf1: number;
  readonly switches: number;
  readonly missed: number;
  readonly false_boxes: number;
};

const IOU_MIN = 0.5;

/** How well tracks agree with the truth; a pair needs an overlap (IoU) of one half, as MOTChallenge has it. */
export function scoreTracks(truth: readonly Labelled[], given: readonly Labelled[]): TrackScore {
  const { missed, false_boxes, switches } = clearMot(truth, given);
  return {
    mota: 1 - (missed + false_boxes + switches) / truth.length,
    idf1: (2 * identityMatches(truth, given)) / (truth.length + given.length),
    switches,
    missed,
    false_boxes,
  };
}

function clearMot(truth: readonly Labelled[], given: readonly Labelled[]) {
  const lastMatch = new Map<string, string>();
  let missed = 0;
  let false_boxes = 0;
  let switches = 0;
  const givenIn = Map.groupBy(given, ({ frame }) => frame);
  const truthIn = Map.groupBy(truth, ({ frame }) => frame);
  for (const frame of [...new Set([...truthIn.keys(), ...givenIn.keys()])].sort((a, b) => a - b)) {
    const real = truthIn.get(frame) ?? [];
    const seen = givenIn.get(frame) ?? [];
    // A pair that held before is kept as long as it still overlaps.
    const cost = real.map(({ id, box }) =>
      seen.map((other) => {
        const iou = iouOf(box, other.box);
        if (iou < IOU_MIN) return Number.POSITIVE_INFINITY;
        return lastMatch.get(id) === other.id ? 0 : 2 - iou;
      }),
    );
    const pairs = assign(cost, 1000);
    pairs.forEach((column, row) => {
      const id = real[row]?.id ?? "";
      const match = seen[column]?.id;
      if (match === undefined) {
        missed += 1;
        return;
      }
      if (lastMatch.has(id) && lastMatch.get(id) !== match) switches += 1;
      lastMatch.set(id, match);
    });
    false_boxes += seen.length - pairs.filter((column) => column >= 0).length;
  }
  return { missed, false_boxes, switches };
}

/** Boxes that agree when each true identity is given at most one track, chosen best over the whole recording. */
function identityMatches(truth: readonly Labelled[], given: readonly Labelled[]): number {
  const trueIds = [...new Set(truth.map(({ id }) => id))];
  const givenIds = [...new Set(given.map(({ id }) => id))];
  const givenIn = Map.groupBy(given, ({ frame }) => frame);
  const agreeing = trueIds.map(() => givenIds.map(() => 0));
  for (const { frame, id, box } of truth) {
    for (const other of givenIn.get(frame) ?? []) {
      const row = agreeing[trueIds.indexOf(id)];
      const column = givenIds.indexOf(other.id);
      if (row && iouOf(box, other.box) >= IOU_MIN) row[column] = (row[column] ?? 0) + 1;
    }
  }
  const pairs = assign(
    agreeing.map((row) => row.map((count) => -count)),
    0,
  );
  return pairs.reduce((sum, column, row) => sum + (agreeing[row]?.[column] ?? 0), 0);
}

import type { EpochMs } from "@yardline/domain/time";
import type { CutSegment } from "./segmenter.ts";

/** Segments that may wait for a picture that proves them: about half a minute. */
export const SEGMENTS_UNPROVEN_MAX = 8;
/** Pictures in a row that may be broken: a lost packet smears a picture, mask and all. */
export const BROKEN_IN_A_ROW_MAX = 3;

/**
 * Holds finished segments back until it is known that the camera's own mask was whole in them: every picture looked at in a segment was,
 * and there was one. What cannot be proven is never stored.
 */
export type ProvenSegments = {
  /** @returns the segments that may be stored now. */
  put(segment: CutSegment): readonly CutSegment[];
  /** One looked-at picture. @returns the segments that may be stored now; undefined when the mask is gone. */
  see(at_ms: EpochMs, whole: boolean): readonly CutSegment[] | undefined;
  /** No picture follows. @returns what may be stored of the rest. */
  finish(): readonly CutSegment[];
};

/** The end of a connection may lie so long after the last picture that was looked at. */
const TAIL_MS_MAX = 1_000;
/** Older pictures prove nothing that still waits. */
const PICTURES_MAX = 2_000;

/** @param onDropped told of each segment that could not be proven. */
export function createProvenSegments(onDropped: () => void): ProvenSegments {
  let waiting: CutSegment[] = [];
  let seen: { readonly at_ms: EpochMs; readonly whole: boolean }[] = [];
  let broken = 0;

  /** Judges the segments that end by then, and keeps the others. */
  function settle(until_ms: EpochMs): readonly CutSegment[] {
    const ripe = waiting.filter(({ to_ms }) => to_ms <= until_ms);
    waiting = waiting.filter(({ to_ms }) => to_ms > until_ms);
    return ripe.filter(({ from_ms, to_ms }) => {
      const inside = seen.filter(({ at_ms }) => at_ms >= from_ms && at_ms <= to_ms);
      const whole = inside.length > 0 && inside.every((each) => each.whole);
      if (!whole) onDropped();
      return whole;
    });
  }
  const newest_ms = () => seen.at(-1)?.at_ms ?? Number.NEGATIVE_INFINITY;
  function dropAll(): void {
    for (const _each of waiting.splice(0)) onDropped();
  }

  return {
    put(segment) {
      waiting.push(segment);
      if (waiting.length > SEGMENTS_UNPROVEN_MAX) {
        waiting.shift();
        onDropped();
      }
      return settle(newest_ms());
    },
    see(at_ms, whole) {
      broken = whole ? 0 : broken + 1;
      if (broken >= BROKEN_IN_A_ROW_MAX) {
        dropAll();
        return undefined;
      }
      seen.push({ at_ms, whole });
      if (seen.length > PICTURES_MAX) seen = seen.slice(-PICTURES_MAX / 2);
      return settle(at_ms);
    },
    finish() {
      const proven = broken < BROKEN_IN_A_ROW_MAX ? settle(newest_ms() + TAIL_MS_MAX) : [];
      dropAll();
      return proven;
    },
  };
}

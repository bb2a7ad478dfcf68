import type { Box } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";

/** Fewer sightings than this may be a mistake of the detector. */
export const SIGHTINGS_SURE = 3;
/** As close to the picture's edge a box is cut off by it soon, and then says little about where its object is. */
const EDGE = 0.02;
/** Nobody is predicted further ahead. */
const AHEAD_MAX_S = 1;
/** What an object may do beyond its prediction, in shares of its size a second. */
const UNREST_PER_S = 0.5;

/** Where one known object was at its last sighting, and how fast its box's sides moved, in pictures a second. */
type Known = { readonly box: Box; readonly at_ms: EpochMs; readonly speed: Box };

const STILL: Box = { left: 0, top: 0, right: 0, bottom: 0 };

/**
 * Where those who are surely known should be by now, from their last two sightings alone, whatever the tracker believes: the gate
 * need not call the detector for what moves there.
 */
export class ExpectedPlaces {
  #known = new Map<string, Known>();

  /** After a look. */
  take(tracks: readonly Track[]): void {
    const sure = tracks.filter(
      ({ state, sightings }) => state === "confirmed" && sightings >= SIGHTINGS_SURE,
    );
    this.#known = new Map(
      sure.map(({ id, last, seen_at_ms }) => {
        const before = this.#known.get(id);
        const dt_s = before ? (seen_at_ms - before.at_ms) / 1000 : 0;
        if (before && dt_s <= 0) return [id, before];
        return [
          id,
          { box: last.box, at_ms: seen_at_ms, speed: before ? speedOf(before.box, last.box, dt_s) : STILL },
        ];
      }),
    );
  }

  /** From the last place to the predicted one, with what it may do beyond. Of those who are about to leave nothing is expected. */
  boxesAt(at_ms: EpochMs): readonly Box[] {
    return [...this.#known.values()].filter((each) => !leaves(each)).map((each) => reachOf(each, at_ms));
  }
}

function speedOf(before: Box, now: Box, dt_s: number): Box {
  return {
    left: (now.left - before.left) / dt_s,
    top: (now.top - before.top) / dt_s,
    right: (now.right - before.right) / dt_s,
    bottom: (now.bottom - before.bottom) / dt_s,
  };
}

function leaves({ box, speed }: Known): boolean {
  const across = (speed.left < 0 && box.left < EDGE) || (speed.right > 0 && box.right > 1 - EDGE);
  const down = (speed.top < 0 && box.top < EDGE) || (speed.bottom > 0 && box.bottom > 1 - EDGE);
  return across || down;
}

function reachOf({ box, at_ms: seen_ms, speed }: Known, at_ms: EpochMs): Box {
  const dt_s = Math.min(AHEAD_MAX_S, Math.max(0, at_ms - seen_ms) / 1000);
  const across = UNREST_PER_S * dt_s * (box.right - box.left);
  const down = UNREST_PER_S * dt_s * (box.bottom - box.top);
  return {
    left: unit(box.left + Math.min(0, speed.left * dt_s) - across),
    top: unit(box.top + Math.min(0, speed.top * dt_s) - down),
    right: unit(box.right + Math.max(0, speed.right * dt_s) + across),
    bottom: unit(box.bottom + Math.max(0, speed.bottom * dt_s) + down),
  };
}

function unit(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}

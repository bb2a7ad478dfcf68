import type { Picture } from "@yardline/domain/picture";

/** A sensor's noise makes every picture different; the same few pictures for this long are a frozen one. */
const FREEZE_MS = 60_000;
const PICTURES_MIN = 30;
/** A frozen source encoded anew gives a few different pictures, over and over. */
const DISTINCT_MAX = 8;
/** Every so many bytes of the brightness go into the comparison; odd, so that it wanders over the columns. */
const STRIDE = 61;

/**
 * Tells a frozen picture: packets go on, but in a whole minute there were no more than a handful of different pictures, bit
 * for bit. A stream whose packets stop is silent, not frozen. A frozen source under a bit rate that hunts is not noticed.
 * @returns a function that takes each looked-at picture and says whether the camera is frozen now.
 */
export function createFreezeWatch(): (picture: Picture, at_ms: number) => boolean {
  let since_ms: number | undefined;
  let pictures = 0;
  let frozen = false;
  const seen = new Set<number>();
  return (picture, at_ms) => {
    const hash = hashOf(picture);
    if (frozen && seen.has(hash)) return true;
    if (!seen.has(hash) && seen.size >= DISTINCT_MAX) {
      frozen = false;
      since_ms = undefined;
    }
    if (since_ms === undefined || frozen) {
      frozen = false;
      since_ms = at_ms;
      pictures = 0;
      seen.clear();
    }
    seen.add(hash);
    pictures++;
    frozen = pictures >= PICTURES_MIN && at_ms - since_ms >= FREEZE_MS;
    return frozen;
  };
}

/** FNV-1a over a sample of the brightness. */
function hashOf({ data, width_px, height_px }: Picture): number {
  let hash = 0x811c9dc5;
  const end = width_px * height_px;
  for (let at = 0; at < end; at += STRIDE) hash = Math.imul(hash ^ (data[at] ?? 0), 0x01000193);
  return hash;
}

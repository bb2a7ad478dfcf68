import type { Picture } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";

/** A box of a confirmed track in a picture in which it was really detected; `box` in pixels of the source. */
export type BoxLine = {
  /** Since the first picture. */
  readonly t_s: number;
  readonly track: string;
  readonly label: string;
  readonly score: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
};

type Size = Pick<Picture, "width_px" | "height_px">;

/**
 * Puts the boxes of confirmed tracks in the order of their time. A track is confirmed some pictures after its first one: lines wait
 * until every track before them is confirmed (then its first boxes count too) or gone (then they are dropped).
 */
export class BoxLines {
  #waiting: BoxLine[] = [];
  readonly #confirmed = new Set<string>();
  readonly #tentative = new Set<string>();

  /** @returns the lines that are settled now. */
  take(at_ms: EpochMs, start_ms: EpochMs, tracks: readonly Track[], size: Size): readonly BoxLine[] {
    for (const { id, state } of tracks) {
      if (state === "confirmed") this.#confirmed.add(id);
      if (state === "tentative") this.#tentative.add(id);
      else this.#tentative.delete(id);
    }
    const seen = tracks.filter((track) => track.seen_at_ms === at_ms && track.state !== "lost");
    this.#waiting.push(...seen.map((track) => lineOf(track, (at_ms - start_ms) / 1000, size)));
    const open = this.#waiting.findIndex(({ track }) => this.#tentative.has(track));
    const settled = this.#waiting.splice(0, open < 0 ? this.#waiting.length : open);
    const lines = settled.filter(({ track }) => this.#confirmed.has(track));
    for (const { id, state } of tracks) if (state === "lost") this.#forget(id);
    return lines;
  }

  /** The recording is over: whoever is not confirmed by now never was. */
  end(): readonly BoxLine[] {
    return this.#waiting.splice(0).filter(({ track }) => this.#confirmed.has(track));
  }

  #forget(id: string): void {
    if (!this.#waiting.some(({ track }) => track === id)) this.#confirmed.delete(id);
  }
}

const PIXEL_DIGITS = 1;
const SCORE_DIGITS = 4;

function lineOf({ id, label, last }: Track, t_s: number, { width_px, height_px }: Size): BoxLine {
  const { left, top, right, bottom } = last.box;
  const px = (share: number, side_px: number) => Number((share * side_px).toFixed(PIXEL_DIGITS));
  return {
    t_s,
    track: id,
    label,
    score: Number(last.score.toFixed(SCORE_DIGITS)),
    box: [px(left, width_px), px(top, height_px), px(right, width_px), px(bottom, height_px)],
  };
}

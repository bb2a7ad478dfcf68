import type { Label } from "@yardline/domain/detection";
import type { Track } from "@yardline/domain/track";
import { type Progress, rounded } from "./progress.ts";
import type { Moment } from "./scene-rule.ts";

/** Which tracks a rule is shown. */
export type Sieve = {
  readonly labels: readonly Label[];
  readonly score_min: Readonly<Partial<Record<Label, number>>>;
  /** In fractions of the picture's height. */
  readonly height_min: Readonly<Partial<Record<Label, number>>>;
};

/** The tracks that came through so far. */
export type Sifted = ReadonlySet<string>;

/**
 * Lets a track through from its first sighting that is of a wanted label, sure and large enough; from then on whatever becomes of it,
 * or one that flickers around a limit would come and go.
 */
export function sift(
  before: Sifted,
  whole: Moment,
  sieve: Sieve,
): { readonly sifted: Sifted; readonly moment: Moment } {
  const through = whole.tracks.filter((track) => before.has(track.id) || passes(track, whole.at_ms, sieve));
  const alive = through.filter(({ state }) => state !== "lost");
  return { sifted: new Set(alive.map(({ id }) => id)), moment: { ...whole, tracks: through } };
}

function passes({ label, seen_at_ms, last, state }: Track, at_ms: number, sieve: Sieve): boolean {
  return (
    state !== "lost" &&
    seen_at_ms === at_ms &&
    sieve.labels.includes(label) &&
    last.score >= (sieve.score_min[label] ?? 0) &&
    last.box.bottom - last.box.top >= (sieve.height_min[label] ?? 0)
  );
}

/** Tracks of wanted labels that have not come through, and what each lacks. */
export function turnedAway(sifted: Sifted, { tracks }: Moment, sieve: Sieve): readonly Progress[] {
  return tracks.flatMap(({ id, label, last, state }) => {
    if (sifted.has(id) || state === "lost" || !sieve.labels.includes(label)) return [];
    const score = { name: "score", has: rounded(last.score), least: sieve.score_min[label] ?? 0 };
    const height = last.box.bottom - last.box.top;
    const size = { name: "height", has: rounded(height, HEIGHT_DIGITS), least: sieve.height_min[label] ?? 0 };
    const lacking = [score, size].filter(({ has, least }) => has < least);
    return lacking.length > 0 ? [{ track: id, open: false, measures: lacking, hindered: "not let in" }] : [];
  });
}

/** Shares of the picture's height are small. */
const HEIGHT_DIGITS = 3;

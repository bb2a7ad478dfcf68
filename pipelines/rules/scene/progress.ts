/** One number that a rule goes by, and what it takes to raise something. */
export type Measure = {
  /** What it is the number of, in a word or two. */
  readonly name: string;
  readonly has: number;
  /** It must reach this. Absent, with `most` too: told only because it says something. */
  readonly least?: number;
  /** It may be no more than this. */
  readonly most?: number;
  readonly unit?: string;
};

/** How far a rule has come with one thing: a track, or the place itself. For who wants to see why something was raised or was not. */
export type Progress = {
  readonly track?: string;
  /** It is raised, and not over yet. */
  readonly open: boolean;
  readonly measures: readonly Measure[];
  /** What keeps it from being raised whatever the numbers are. */
  readonly hindered?: string;
};

const DIGITS = 2;

/** A number with no more digits than somebody reads. */
export function rounded(value: number, digits = DIGITS): number {
  return Number(value.toFixed(digits));
}

/** Seconds of a time, for a measure. */
export function measuredSeconds(time_ms: number): number {
  return rounded(time_ms / 1000, 1);
}

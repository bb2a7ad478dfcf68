/**
 * How much likelier what was seen is for a vehicle on a run than for one on none, as natural logarithms of the ratio,
 * positive for the run. Evidence counts by the distance driven: a hundred fixes of a creeping bus say no more than ten.
 */

/** So much driven counts as one piece of evidence; a sparse fix is worth a little more, one off the line more again. */
const PIECE_M = 120;
const PIECES_ON_MAX = 1.5;
const PIECES_OFF_MAX = 2.5;

/** On the very street of a line: buses on no run use the same streets, so no more than e to 1. */
const ON_STREET = 1;
/** Share of fixes of buses on a line that lie anywhere around it: echoes between houses, drawings that are wrong. */
const ASTRAY = 0.05;
/** Off the line altogether. */
const OFF_LINE = -1;
/** Most that one hop's length, or its pace, can say against a run. */
const HOP_MIN = -6;
const PACE_MIN = -1;
/** A vehicle that comes back so far behind where it left the line says so much against the run. */
const BACK_M = 150;
const BACK = -2;
/** Faster than any bus between two fixes. */
const SPEED_MAX_MPS = 38;

/** A hop as driven, straight from fix to fix, and as the run has it. */
export type Hop = {
  readonly straight_m: number;
  readonly took_ms: number;
};

export function piecesOn({ straight_m }: Hop): number {
  return Math.min(PIECES_ON_MAX, straight_m / PIECE_M);
}

export function piecesOff({ straight_m }: Hop): number {
  return Math.min(PIECES_OFF_MAX, straight_m / PIECE_M);
}

/** @param off_m beside the line, whose usual is `off_usual_m`. */
export function asideEvidence(off_m: number, off_usual_m: number): number {
  return ON_STREET + Math.log((1 - ASTRAY) * Math.exp(-0.5 * (off_m / off_usual_m) ** 2) + ASTRAY);
}

/** Beside the line, or on it in a way that is not the line's. */
export function detourEvidence(hop: Hop): number {
  return OFF_LINE * piecesOff(hop);
}

/** Back on the line, the way beside it unseen: behind where it was left is odd. */
export function returnEvidence(driven_m: number): number {
  return driven_m < -BACK_M ? BACK : 0;
}

/** Whether the way along the line is as long as it must be: never shorter than straight, not much longer, not backwards. */
export function hopEvidence({ straight_m, took_ms }: Hop, driven_m: number, off_usual_m: number): number {
  const excess_m = driven_m - straight_m;
  const usual_m = excess_m < 0 ? 1.5 * off_usual_m + 0.2 * straight_m : 4 * off_usual_m + 0.6 * straight_m;
  const tooFast = driven_m > SPEED_MAX_MPS * (took_ms / 1000) + 200;
  return tooFast ? HOP_MIN : Math.max(HOP_MIN, -0.5 * (excess_m / usual_m) ** 2);
}

/** Whether the run drives about so far in that time. */
export function paceEvidence(driven_m: number, expected_m: number): number {
  return Math.max(PACE_MIN, -0.25 * ((driven_m - expected_m) / (300 + 0.6 * expected_m)) ** 2);
}

import type { EpochMs } from "@yardline/domain/time";
import type { Gap, GapReason, Segment } from "./media-store.ts";

/** A stretch that is recorded without a hole, by one connection: it has one head and one timeline. */
export type Span = {
  readonly connection: string;
  readonly from_ms: EpochMs;
  readonly to_ms: EpochMs;
  readonly bytes: number;
};

/**
 * A stretch without recording. Besides the declared reasons: `expired` older than its camera's record allows; `pending` the
 * newest seconds, still being recorded; `not-recorded` nobody said why (the box was off).
 */
export type Hole = {
  readonly from_ms: EpochMs;
  readonly to_ms: EpochMs;
  readonly why: GapReason | "expired" | "pending" | "not-recorded";
};

export type CoverageWorld = {
  readonly segments: readonly Segment[];
  readonly gaps: readonly Gap[];
  /** Pictures from before this are kept no longer. */
  readonly expired_before_ms: EpochMs;
  /** What happened after this may not be stored yet. */
  readonly pending_after_ms: EpochMs;
};

/** Jitter between the end of a segment and the beginning of the next one: less than a picture at 2 fps. */
const SEAM_MS = 500;

/** What of [from, to) is recorded, and of every other moment why it is not: together they cover the time without overlap. */
export function coverageOf(
  from_ms: EpochMs,
  to_ms: EpochMs,
  { segments, gaps, expired_before_ms, pending_after_ms }: CoverageWorld,
): { readonly spans: readonly Span[]; readonly holes: readonly Hole[] } {
  const spans = spansOf(segments).flatMap((span) => clipped(span, from_ms, to_ms));
  const holes: Hole[] = [];
  let at_ms = from_ms;
  for (const { from_ms: begins, to_ms: ends } of [...spans, { from_ms: to_ms, to_ms }]) {
    if (begins - at_ms > (begins === to_ms ? 0 : SEAM_MS)) {
      holes.push(...explained(at_ms, begins, gaps, expired_before_ms, pending_after_ms));
    }
    at_ms = Math.max(at_ms, ends);
  }
  return { spans, holes };
}

/** Segments of one connection that follow each other are one span. */
export function spansOf(segments: readonly Segment[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { connection, from_ms, to_ms, bytes } of segments.toSorted((a, b) => a.from_ms - b.from_ms)) {
    const last = spans.at(-1);
    if (last && last.connection === connection && from_ms - last.to_ms <= SEAM_MS) {
      spans[spans.length - 1] = { ...last, to_ms: Math.max(last.to_ms, to_ms), bytes: last.bytes + bytes };
    } else spans.push({ connection, from_ms, to_ms, bytes });
  }
  return spans;
}

function clipped(span: Span, from_ms: EpochMs, to_ms: EpochMs): Span[] {
  const within = { ...span, from_ms: Math.max(span.from_ms, from_ms), to_ms: Math.min(span.to_ms, to_ms) };
  return within.from_ms < within.to_ms ? [within] : [];
}

/** The same hole in pieces, each with its reason; where two reasons hold at once, the one declared first. */
function explained(
  from_ms: EpochMs,
  to_ms: EpochMs,
  gaps: readonly Gap[],
  expired_before_ms: EpochMs,
  pending_after_ms: EpochMs,
): Hole[] {
  const reasonAt = (at_ms: EpochMs): Hole["why"] => {
    const declared = gaps.find((gap) => gap.from_ms <= at_ms && at_ms < gap.to_ms);
    if (declared) return declared.why;
    if (at_ms < expired_before_ms) return "expired";
    return at_ms >= pending_after_ms ? "pending" : "not-recorded";
  };
  const edges = [
    ...gaps.flatMap((gap) => [gap.from_ms, gap.to_ms]),
    expired_before_ms,
    pending_after_ms,
  ].filter((edge) => from_ms < edge && edge < to_ms);
  const cuts = [...new Set([from_ms, ...edges, to_ms])].toSorted((a, b) => a - b);
  const holes: Hole[] = [];
  for (const [at, begins] of cuts.slice(0, -1).entries()) {
    const ends = cuts[at + 1] ?? to_ms;
    const why = reasonAt(begins);
    const last = holes.at(-1);
    if (last?.why === why) holes[holes.length - 1] = { ...last, to_ms: ends };
    else holes.push({ from_ms: begins, to_ms: ends, why });
  }
  return holes;
}

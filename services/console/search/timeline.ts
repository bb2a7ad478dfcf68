import type { Period, Question } from "./question.ts";
import type { Counts, Slice } from "./result.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SLICE_MS = { minute: MINUTE_MS, "ten-minutes": 10 * MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;
/** Nothing shorter is looked at: events are told by the second. */
const SPAN_MS_MIN = MINUTE_MS;
const SPAN_MS_MAX = 999 * DAY_MS;
const ZOOM = 2;
/** A step aside leaves some of what was seen. */
const STEP = 0.5;

export type Move = "earlier" | "later" | "nearer" | "farther" | "whole";

/** What each key does on the timeline. */
export const KEYS: Readonly<Record<string, Move>> = {
  ArrowLeft: "earlier",
  ArrowRight: "later",
  "+": "nearer",
  "=": "nearer",
  ArrowUp: "nearer",
  "-": "farther",
  ArrowDown: "farther",
  Home: "whole",
  "0": "whole",
};

/** What the timeline shows at first: the time that was asked for, or all in which there is anything. */
export function shownPeriod({ from_ms, to_ms, isBounded }: Question, { buckets }: Counts): Period {
  const [first] = buckets;
  return { from_ms: isBounded || !first ? from_ms : Math.max(from_ms, first.at_ms), to_ms };
}

/** The period after a move; `whole` has none, since it is what the words alone ask for. */
export function moved(period: Period, move: Exclude<Move, "whole">, now_ms: number): Period {
  const span_ms = period.to_ms - period.from_ms;
  if (move === "nearer" || move === "farther") {
    return zoomed(period, move === "nearer" ? 1 / ZOOM : ZOOM, period.from_ms + span_ms / 2, now_ms);
  }
  return panned(period, move === "earlier" ? -STEP : STEP, now_ms);
}

/** So many times as long, with `at_ms` where it was. */
export function zoomed({ from_ms, to_ms }: Period, factor: number, at_ms: number, now_ms: number): Period {
  const span_ms = to_ms - from_ms;
  const wanted_ms = Math.min(SPAN_MS_MAX, Math.max(SPAN_MS_MIN, span_ms * factor));
  const share = (at_ms - from_ms) / span_ms;
  const begin_ms = at_ms - wanted_ms * share;
  return rounded({ from_ms: begin_ms, to_ms: begin_ms + wanted_ms }, now_ms);
}

/** As long as it was, by a share of itself later. */
export function panned({ from_ms, to_ms }: Period, share: number, now_ms: number): Period {
  const span_ms = to_ms - from_ms;
  const by_ms = Math.min(span_ms * share, Math.max(0, now_ms - to_ms));
  return rounded({ from_ms: from_ms + by_ms, to_ms: to_ms + by_ms }, now_ms);
}

/** A stretch that was drawn over, from either side. */
export function selected(one_ms: number, other_ms: number, now_ms: number): Period {
  const [from_ms, to_ms] = one_ms < other_ms ? [one_ms, other_ms] : [other_ms, one_ms];
  return rounded({ from_ms, to_ms: Math.max(to_ms, from_ms + SPAN_MS_MIN) }, now_ms);
}

/** To round times, so that they can be read where they stand in the text; never beyond now. */
function rounded({ from_ms, to_ms }: Period, now_ms: number): Period {
  const unit_ms = unitOf(to_ms - from_ms);
  const begin_ms = Math.max(0, Math.round(from_ms / unit_ms) * unit_ms);
  const end_ms = Math.max(begin_ms + unit_ms, Math.round(to_ms / unit_ms) * unit_ms);
  const latest_ms = Math.ceil(now_ms / MINUTE_MS) * MINUTE_MS;
  return { from_ms: Math.min(begin_ms, latest_ms - MINUTE_MS), to_ms: Math.min(end_ms, latest_ms) };
}

function unitOf(span_ms: number): number {
  if (span_ms >= 2 * DAY_MS) return HOUR_MS;
  return span_ms >= 2 * HOUR_MS ? 5 * MINUTE_MS : MINUTE_MS;
}

/** The slice of time that a moment is in. */
export function bucketAt({ every, buckets }: Counts, at_ms: number) {
  const found = buckets.findLast((bucket) => bucket.at_ms <= at_ms);
  return found && at_ms < endOf(found.at_ms, every) ? found : undefined;
}

/** When a slice of time ends. The day that a clock is changed on is an hour longer or shorter, which nobody sees. */
export function endOf(at_ms: number, every: Slice): number {
  return at_ms + SLICE_MS[every];
}

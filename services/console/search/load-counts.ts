import type { EventHistogram } from "../api/types.ts";
import { countEventsByTime } from "./asking.ts";
import { type Period, paramsOf, type Question } from "./question.ts";
import type { Bucket, Counts, Severity, Slice } from "./result.ts";

const HOUR_MS = 3_600_000;
/** Up to so long a time is counted by each slice: at most some three hundred of them, else one would be less than a pixel or two. */
const SPANS_MS = [
  ["minute", 3 * HOUR_MS],
  ["ten-minutes", 48 * HOUR_MS],
  ["hour", 14 * 24 * HOUR_MS],
] as const satisfies readonly (readonly [Slice, number])[];

export function everyOf({ from_ms, to_ms }: Period): Slice {
  return SPANS_MS.find(([, span_ms]) => to_ms - from_ms <= span_ms)?.[0] ?? "day";
}

/** Counts a question over its time. Where it names no beginning, and all there is turns out to be of a shorter time, by shorter slices. */
export async function loadCounts(question: Question, signal: AbortSignal): Promise<Counts> {
  const ask = async (period: Period): Promise<Counts> => {
    const every = everyOf(period);
    const params = paramsOf(question, period);
    params.set("every", every);
    params.set("by", "severity");
    return { every, buckets: bucketsOf(await countEventsByTime(`?${params}`, signal)) };
  };
  let counts = await ask(question);
  for (let finer = 0; finer < SPANS_MS.length && !question.isBounded; finer++) {
    const [first] = counts.buckets;
    const found = first && { from_ms: Math.max(question.from_ms, first.at_ms), to_ms: question.to_ms };
    if (!found || everyOf(found) === counts.every) break;
    counts = await ask(found);
  }
  return counts;
}

/** One bucket a slice of time, out of one a severity. */
export function bucketsOf({ buckets }: EventHistogram): readonly Bucket[] {
  const all = new Map<number, Bucket>();
  for (const { at, value, count } of buckets) {
    const at_ms = Date.parse(at);
    const before = all.get(at_ms) ?? { at_ms, count: 0, info: 0, notice: 0, alarm: 0 };
    const severity = severityOf(value);
    all.set(at_ms, { ...before, count: before.count + count, [severity]: before[severity] + count });
  }
  return [...all.values()].toSorted((a, b) => a.at_ms - b.at_ms);
}

/** What a newer server may say besides is drawn as the least. */
function severityOf(value: string | undefined): Severity {
  return value === "alarm" || value === "notice" ? value : "info";
}

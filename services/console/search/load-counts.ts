import type { EventHistogram } from "../api/types.ts";
import { countEventsByTime } from "./asking.ts";
import { type Period, paramsOf, type Question } from "./question.ts";
import type { Bucket, Counts, Severity } from "./result.ts";

const DAY_MS = 86_400_000;
/** Longer times are counted by the day: an hour would be less than a pixel or two. */
const HOURLY_MS_MAX = 14 * DAY_MS;

export function everyOf({ from_ms, to_ms }: Period): Counts["every"] {
  return to_ms - from_ms <= HOURLY_MS_MAX ? "hour" : "day";
}

/** Counts a question over its time. Where it names no beginning, and all there is turns out to be of some days, by the hour. */
export async function loadCounts(question: Question, signal: AbortSignal): Promise<Counts> {
  const ask = async (period: Period): Promise<Counts> => {
    const every = everyOf(period);
    const params = paramsOf(question, period);
    params.set("every", every);
    params.set("by", "severity");
    return { every, buckets: bucketsOf(await countEventsByTime(`?${params}`, signal)) };
  };
  const counts = await ask(question);
  const [first] = counts.buckets;
  if (question.isBounded || !first || counts.every === "hour") return counts;
  const found = { from_ms: Math.max(question.from_ms, first.at_ms), to_ms: question.to_ms };
  return everyOf(found) === "hour" ? ask(found) : counts;
}

/** One bucket an hour or day, out of one a severity. */
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

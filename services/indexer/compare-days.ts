import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { BUCKETS_MAX, type EventIndex } from "@yardline/index/event-index";

const DAY_MS = 86_400_000;
const WINDOW_MS = (BUCKETS_MAX - 1) * DAY_MS;
/** Two indexes that are written to are rarely alike at the first look. */
const LOOKS_MAX = 5;
const BETWEEN_MS = 1_000;
/** Days that are named when they differ. */
const NAMED_MAX = 5;

/**
 * Checks that as many events are found on each day (UTC) in two indexes: quick, because both keep such counts. Withdrawn ones,
 * which nobody finds, are not looked at; that each was put is known from its putting.
 * @throws AppError `INDEX_DIFFERS` naming days on which they never did.
 */
export async function compareDays(from: EventIndex, to: EventIndex): Promise<void> {
  let differing: readonly string[] = [];
  for (let look = 1; look <= LOOKS_MAX; look++) {
    await Promise.all([from.refresh(), to.refresh()]);
    differing = await listDiffering(from, to);
    if (differing.length === 0) return;
    if (look < LOOKS_MAX) await delay(BETWEEN_MS);
  }
  const days = differing.slice(0, NAMED_MAX).join("; ");
  throw new AppError(
    "INDEX_DIFFERS",
    `The new index differs from the old one: ${days}. Nothing was switched.`,
  );
}

async function listDiffering(from: EventIndex, to: EventIndex): Promise<readonly string[]> {
  const differing: string[] = [];
  const end_ms = Math.max(await edgeOf(from, "newest"), await edgeOf(to, "newest")) + DAY_MS;
  let from_ms = Math.min(await edgeOf(from, "oldest"), await edgeOf(to, "oldest"));
  for (; from_ms < end_ms; from_ms += WINDOW_MS) {
    const [before, after] = await Promise.all([from, to].map((index) => daysOf(index, from_ms)));
    for (const day of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
      const [had, has] = [before?.get(day) ?? 0, after?.get(day) ?? 0];
      if (had !== has) differing.push(`${new Date(day).toISOString().slice(0, 10)}: ${had} and ${has}`);
    }
  }
  return differing;
}

async function daysOf(index: EventIndex, from_ms: EpochMs): Promise<ReadonlyMap<EpochMs, number>> {
  const window = { from_ms, to_ms: from_ms + WINDOW_MS };
  const buckets = await index.histogram(window, { every: "day", timezone: "UTC" });
  return new Map(buckets.map(({ at_ms, count }) => [at_ms, count]));
}

/** When the first or the last event happened, at the beginning of its day; nowhere where there is none. */
async function edgeOf(index: EventIndex, order: "newest" | "oldest"): Promise<number> {
  const [event] = (await index.search({ order }, { limit: 1 })).events;
  if (!event) return order === "newest" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Math.floor(Date.parse(event.time) / DAY_MS) * DAY_MS;
}

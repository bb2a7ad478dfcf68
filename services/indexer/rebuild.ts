import { setTimeout as delay } from "node:timers/promises";
import type { EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { fadedAt, type Held } from "@yardline/events/fade";
import { readEvent } from "@yardline/events/read-event";
import { type EventIndex, PAGE_MAX } from "@yardline/index/event-index";
import { compareDays } from "./compare-days.ts";

/** Events put into the new index at once. */
const BATCH_MAX = 5 * PAGE_MAX;
/** A line about how far it is comes so often. */
const TELL_EVERY_MS = 2_000;
/** An index that is away is asked again so often, the wait doubled each time up to the longest: some ten minutes in all. */
const TRIES_MAX = 130;
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;
/** A bus that has more than was read gets so long to give it. */
const FIRST_BATCH_MS_MAX = 30_000;
/** After it gave something, so long a silence means that there is no more. */
const QUIET_MS = 5_000;
/** Occurrences that an index is told to erase at once. */
const ERASE_AT_ONCE = 500;

export type RebuildParts = {
  /** Serves meanwhile, and is only read. */
  readonly from: EventIndex;
  /** Empty, or begun by a rebuild that was interrupted. */
  readonly to: EventIndex;
  readonly bus: Pick<EventBus, "tail" | "end">;
  /** Where on the bus to begin: everything before it is in `from`. Noted at the beginning unless given. */
  readonly after?: string;
  /** That everything of the old index was put into the new one before. */
  readonly carried?: boolean;
  /** Occurrences that were erased, by Records. */
  erasures(): Promise<readonly string[]>;
  /** What is held as evidence: the bus may have personal fields that the old index no longer has, and these stay. */
  readonly held?: readonly Held[];
  /** Follows the bus until told to stop, instead of until it has been read: while others go over to the new index. */
  readonly follow?: boolean;
  readonly clock: Clock;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
};

export type Rebuilt = { readonly carried: number; readonly followed: number; readonly erased: number };

/**
 * Makes a new index out of an old one: what the old one keeps, oldest first; then the bus from where it stood before; then
 * what was erased goes; then both must count the same on every day. What has outlived its time goes from both before. Interrupted
 * at any moment, it is run again from its beginning: putting twice changes nothing.
 * @throws AppError `INDEX_ORIGIN` for a new index that holds other events; `INDEX_REFUSED`, `INDEX_DIFFERS`; `INTERRUPTED`.
 */
export async function rebuildIndex(parts: RebuildParts): Promise<Rebuilt> {
  const { from, to, bus, clock, report, signal } = parts;
  const after = parts.after ?? (await bus.end("events"));
  for (const index of [from, to]) await index.expire(clock.now_ms());
  await eraseAll(parts);
  await refuseOtherOrigin(from, to);
  const carried = parts.carried ? 0 : await carryEvents(parts);
  report("everything is carried over; now what came on the bus meanwhile");
  const followed = await followBus({ ...parts, after });
  if (signal.aborted && !parts.follow) throw interrupted();
  const erased = await eraseAll(parts);
  await compareDays(from, to);
  return { carried, followed, erased };
}

/** Everything that an index keeps, withdrawn ones included. @returns how many. */
export async function carryEvents(
  parts: Pick<RebuildParts, "to" | "clock" | "report" | "signal"> & {
    readonly from: Pick<EventIndex, "scan">;
  },
): Promise<number> {
  const { from, clock, report, signal } = parts;
  let [carried, told_ms] = [0, clock.monotonic_ms()];
  for await (const batch of scanned(from)) {
    if (signal.aborted) throw interrupted();
    await putAll(parts, batch);
    carried += batch.length;
    if (clock.monotonic_ms() - told_ms >= TELL_EVERY_MS) {
      told_ms = clock.monotonic_ms();
      report(`${carried} events carried over, up to ${batch.at(-1)?.time.slice(0, 10)}`);
    }
  }
  return carried;
}

async function* scanned(from: Pick<EventIndex, "scan">): AsyncGenerator<readonly YardlineEvent[]> {
  let batch: YardlineEvent[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await from.scan({ limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) });
    batch.push(...page.events);
    cursor = page.cursor;
    if (batch.length >= BATCH_MAX || cursor === undefined) {
      yield batch;
      batch = [];
    }
    if (cursor === undefined) return;
  }
}

/** Puts them, however often the index is away. @throws AppError `INDEX_REFUSED` for one that it can never take. */
async function putAll(
  { to, report, signal }: Pick<RebuildParts, "to" | "report" | "signal">,
  events: readonly YardlineEvent[],
): Promise<void> {
  let wait_ms = RETRY_MS_MIN;
  for (let tries = 1; ; tries++) {
    try {
      const results = await to.put(events);
      const at = results.findIndex((result) => typeof result === "object");
      const result = results[at];
      if (typeof result !== "object") return;
      const why = `The new index cannot take event ${events[at]?.id}: ${result.refused}. Nothing was switched.`;
      throw new AppError("INDEX_REFUSED", why);
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.retryable) || tries === TRIES_MAX) throw thrown;
      report(`waiting for the new index: ${thrown.message}`);
      await delay(wait_ms, undefined, { signal }).catch(() => {
        throw interrupted();
      });
      wait_ms = Math.min(2 * wait_ms, RETRY_MS_MAX);
    }
  }
}

/** Reads the bus from a position until there is no more, or until told to stop. @returns how many statements came. */
async function followBus(parts: RebuildParts & { readonly after: string }): Promise<number> {
  const { bus, after, follow = false, clock, held, signal } = parts;
  if (!follow && after === (await bus.end("events"))) return 0;
  const quiet = new AbortController();
  let timer = follow ? undefined : setTimeout(() => quiet.abort(), FIRST_BATCH_MS_MAX);
  let followed = 0;
  try {
    for await (const batch of bus.tail("events", after, AbortSignal.any([signal, quiet.signal]))) {
      clearTimeout(timer);
      const events = batch
        .flatMap(({ body }) => readable(body))
        .map((event) => fadedAt(event, clock.now_ms(), held));
      await putAll(parts, events);
      followed += events.length;
      if (follow) continue;
      if (batch.at(-1)?.position === (await bus.end("events"))) break;
      timer = setTimeout(() => quiet.abort(), QUIET_MS);
    }
  } finally {
    clearTimeout(timer);
  }
  return followed;
}

/** A message that is no event is the indexer's to set aside. */
function readable(body: Uint8Array): YardlineEvent[] {
  try {
    return [readEvent(body)];
  } catch (thrown) {
    if (thrown instanceof AppError) return [];
    throw thrown;
  }
}

async function eraseAll({ to, erasures }: RebuildParts): Promise<number> {
  const occurrences = await erasures();
  for (let at = 0; at < occurrences.length; at += ERASE_AT_ONCE) {
    await to.erase(occurrences.slice(at, at + ERASE_AT_ONCE));
  }
  return occurrences.length;
}

/** What an interrupted rebuild left is all in the old index: its oldest page is looked at. */
async function refuseOtherOrigin(from: EventIndex, to: EventIndex): Promise<void> {
  const { events } = await to.scan({ limit: PAGE_MAX });
  for (const { occurrence } of events) {
    if (await from.get(occurrence)) continue;
    const stranger = `The new index holds event ${occurrence}, which the old one does not have`;
    throw new AppError("INDEX_ORIGIN", `${stranger}: choose an empty place for it.`);
  }
}

function interrupted(): AppError {
  return new AppError("INTERRUPTED", "Stopped before the end. Nothing is lost: run the same command again.");
}

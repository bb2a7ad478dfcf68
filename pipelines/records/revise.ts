import { createHash } from "node:crypto";
import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { Severity, State, YardlineEvent } from "@yardline/events/event";
import { type EventType, stateEvent } from "@yardline/events/event-type";

/** An occurrence that goes on is told of at most so often; its opening and its end are told at once. */
export const UPDATE_EVERY_MS = 30_000;

/** What a producer says of an occurrence; the revision is not its business. */
export type Said = {
  readonly eventType: EventType;
  readonly source: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly state: State;
  readonly severity: Severity;
  readonly place?: LatLon;
  readonly correlationid?: string;
  /** Learnt long after it happened: it alerts nobody, nor does what is said of the occurrence later. */
  readonly backfilled?: boolean;
};

/** What is remembered of an occurrence's last statement. `backfilled`: of the first one, and so of all. */
export type Last = {
  readonly revision: number;
  readonly digest: string;
  readonly told_at_ms: EpochMs;
  readonly backfilled?: true;
};

/** The statement as it would be were nothing said before: under revision 0. */
export function firstStatement({ eventType, data, ...said }: Said, tenant: string): YardlineEvent {
  return stateEvent(eventType, data, { ...said, tenant, revision: 0 });
}

/**
 * The statement to make, under the next revision; undefined when it would only repeat the last one, or update it too soon.
 * @param last of the same occurrence, undefined when nothing was ever said of it.
 */
export function revise(
  first: YardlineEvent,
  last: Last | undefined,
  now_ms: EpochMs,
): YardlineEvent | undefined {
  if (!last) return first;
  if (digestOf(first) === last.digest) return undefined;
  // A clock that was set back must not silence updates until it is where it was.
  const age_ms = now_ms - last.told_at_ms;
  if (first.state === "updated" && age_ms >= 0 && age_ms < UPDATE_EVERY_MS) return undefined;
  const revision = last.revision + 1;
  // Whether anybody is alerted is settled by the first statement: of what was told in time, the end is told too.
  const { backfilled: _, ...rest } = first;
  const id = `${first.occurrence}.${revision}`;
  return { ...rest, ...(last.backfilled && { backfilled: true }), revision, id };
}

/** Tells whether two statements say the same; `updated` with the same content as `open` does. */
export function digestOf(event: YardlineEvent): string {
  const { id: _id, revision: _revision, backfilled: _backfilled, state, ...rest } = event;
  const content = JSON.stringify([state === "updated" ? "open" : state, rest]);
  return createHash("sha256").update(content).digest("base64url").slice(0, 16);
}

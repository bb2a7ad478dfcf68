import type { DeadLetter } from "@yardline/bus/dead-letter";
import { type BusRecord, type Delivered, type EventBus, OLDEST } from "@yardline/bus/event-bus";
import { TOPICS } from "@yardline/bus/topics";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { readEvent } from "@yardline/events/read-event";
import { findWholeBody, readDeadLetter } from "./dead-letters.ts";

/** How far it got is how many letters were dealt with: a retry puts those that stay to the end. */
const GROUP = "dead-letters-retry";

/** Most letters that are listed, the newest ones. */
export const LISTED_MAX = 1_000;

export type Listed = {
  /** Oldest first; the same message is there once. */
  readonly letters: readonly DeadLetter[];
  /** How many wait in all, messages that were set aside twice counted twice. */
  readonly waiting: number;
};

/** The letters that no retry has dealt with. Changes nothing. */
export async function listDeadLetters(
  bus: Pick<EventBus, "tail" | "end" | "lag">,
  signal: AbortSignal,
): Promise<Listed> {
  const waiting = await bus.lag("dead-letters", GROUP);
  if (waiting === 0) return { letters: [], waiting };
  const end = await bus.end("dead-letters");
  let last: readonly Delivered[] = [];
  for await (const batch of bus.tail("dead-letters", OLDEST, signal)) {
    last = [...last, ...batch].slice(-Math.min(waiting, LISTED_MAX));
    if (batch.at(-1)?.position === end) break;
  }
  const letters = last.flatMap((record) => letterOf(record) ?? []);
  return { letters: [...new Map(letters.map((each) => [each.position, each])).values()], waiting };
}

export type Retried = {
  /** Can be read now, and went back to the topic where it came from. */
  readonly republished: number;
  /** Still cannot be read. */
  readonly stayed: number;
  /** Reached their age, or were no letters of ours. */
  readonly dropped: number;
};

/**
 * Reads each letter again that waits now: after an upgrade, say. One that can be read is published to its topic again, which
 * changes nothing where it was before; any other goes to the end of the letters, unless it has lain there for long enough.
 */
export async function retryDeadLetters(
  bus: Pick<EventBus, "subscribe" | "publish" | "lag">,
  now_ms: EpochMs,
  signal: AbortSignal,
): Promise<Retried> {
  // Those that come to the end meanwhile are not read in this round, or it would never end.
  const waiting = await bus.lag("dead-letters", GROUP);
  const sum = { republished: 0, stayed: 0, dropped: 0 };
  if (waiting === 0) return sum;
  const done = new AbortController();
  let read = 0;
  for await (const batch of bus.subscribe("dead-letters", GROUP, AbortSignal.any([signal, done.signal]))) {
    const {
      events = [],
      stay = [],
      dropped = [],
    } = Object.groupBy(batch, (record) => fateOf(record, now_ms));
    await bus.publish("events", events.flatMap(messageOf));
    await bus.publish("dead-letters", stay);
    sum.republished += events.length;
    sum.stayed += stay.length;
    sum.dropped += dropped.length;
    read += batch.length;
    if (read >= waiting) done.abort();
  }
  return sum;
}

/** Whether it can be read now and goes back to `events`, or what becomes of it else. */
function fateOf(record: Delivered, now_ms: EpochMs): "events" | "stay" | "dropped" {
  const letter = letterOf(record);
  if (!letter || !(Date.parse(letter.kept_at) > now_ms - TOPICS["dead-letters"].keep_ms)) return "dropped";
  const body = findWholeBody(letter);
  if (!body || letter.topic !== "events") return "stay";
  try {
    readEvent(body);
    return "events";
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return "stay";
  }
}

function messageOf(record: Delivered): BusRecord[] {
  const letter = letterOf(record);
  const body = letter && findWholeBody(letter);
  return letter && body ? [{ key: letter.key, source: letter.source, body }] : [];
}

function letterOf({ body }: Delivered): DeadLetter | undefined {
  try {
    return readDeadLetter(body);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return undefined;
  }
}

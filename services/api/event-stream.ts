import { setTimeout as sleep } from "node:timers/promises";
import type { EventBus } from "@yardline/bus/event-bus";
import type { EventHub } from "./event-hub.ts";
import type { Telemetry } from "./telemetry.ts";
import { findTold, greetingOf, heartbeatOf, type Told } from "./told.ts";

/** How soon a browser's EventSource comes back after a break. */
const RECONNECT_MS = 2_000;
/** How long a bus gets to refuse a position before it counts as one. */
const POSITION_CHECK_MS = 20;

export type Listener = {
  readonly wanted: (told: Told) => boolean;
  /** Position after which to begin; undefined begins now. */
  readonly after: string | undefined;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
};

type Audience = Omit<Listener, "after">;
type Sources = { readonly hub: EventHub; readonly bus: EventBus; readonly telemetry: Telemetry };

/**
 * One client's stream in the words of Server-Sent Events, pulled at the client's own pace: nothing is queued for it. It
 * ends when the hub closes or when the listener has fallen out of the ring; an EventSource then resumes by its last id.
 * @throws AppError `BUS_POSITION`, before it gives anything, for an `after` that is no position.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* listenToEvents(
  sources: Sources,
  { wanted, after, signal }: Listener,
): AsyncGenerator<string> {
  const { ring, closing } = sources.hub;
  const listener = { wanted, signal: AbortSignal.any([signal, closing]) };
  if (after === undefined) {
    const now = ring.end;
    yield greetingOf(ring.position, RECONNECT_MS);
    return yield* follow(sources, listener, now);
  }
  const known = ring.findNumberAfter(after);
  if (known !== undefined) yield greetingOf(after, RECONNECT_MS);
  const number = known ?? (yield* catchUp(sources, listener, after));
  if (number !== undefined) yield* follow(sources, listener, number);
}

/** Gives what the ring has from `number` on, then what comes. */
async function* follow(
  { hub, telemetry }: Sources,
  { wanted, signal }: Audience,
  number: number,
): AsyncGenerator<string> {
  for (let next = number; !signal.aborted; ) {
    if (hub.ring.hasForgotten(next)) {
      telemetry.listenerEvicted("behind");
      return;
    }
    const told = hub.ring.find(next);
    if (told) {
      next += 1;
      if (wanted(told)) yield told.message();
      continue;
    }
    await hub.changed();
    // Nothing came, so a heartbeat is due. It carries the place reached, also past what this listener did not want.
    if (next === hub.ring.end && !signal.aborted) yield heartbeatOf(hub.ring.position);
  }
}

/**
 * Reads the bus from a position that the ring has not, until it meets an event that the ring has.
 * @returns the number to go on with, or undefined when stopped.
 */
async function* catchUp(
  { hub, bus }: Sources,
  { wanted, signal }: Audience,
  after: string,
): AsyncGenerator<string, number | undefined> {
  const batches = bus.tail("events", after, signal)[Symbol.asyncIterator]();
  let reached = after;
  let next = batches.next();
  try {
    await Promise.race([next, sleep(POSITION_CHECK_MS)]);
    yield greetingOf(after, RECONNECT_MS);
    while (!signal.aborted) {
      // A quiet town gives no batch for hours; the client still hears that it is heard.
      const result = await Promise.race([next, hub.changed()]);
      if (!result) {
        yield heartbeatOf(reached);
        continue;
      }
      if (result.done) return undefined;
      for (const record of result.value) {
        reached = record.position;
        const told = findTold(record);
        if (told && wanted(told)) yield told.message();
        const number = hub.ring.findNumberAfter(reached);
        if (number !== undefined) return number;
      }
      next = batches.next();
    }
    return undefined;
  } finally {
    next.catch(() => undefined);
    await batches.return?.();
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Delivered, EventBus } from "@yardline/bus/event-bus";
import type { Clock } from "@yardline/domain/time";
import { EventRing } from "./event-ring.ts";
import type { Limits } from "./limits.ts";
import type { Telemetry } from "./telemetry.ts";
import { findTold } from "./told.ts";

/** Personal fields are looked for so often: a round of the store's own is a minute, too. */
const FADE_EVERY_MS = 60_000;

/** Reads the bus once for all listeners. */
export type EventHub = {
  readonly ring: EventRing;
  /** Resolves when something came, when a heartbeat is due, or when the hub closes: then look again. */
  changed(): Promise<void>;
  /** Aborted when the hub closes. */
  readonly closing: AbortSignal;
  close(): Promise<void>;
};

/** Starts following the newest events. A bus that fails is asked again, from where it stopped. */
export function startEventHub(
  bus: EventBus,
  clock: Pick<Clock, "now_ms">,
  telemetry: Telemetry,
  limits: Limits,
): EventHub {
  const ring = new EventRing(limits.ring_events_max);
  const stop = new AbortController();
  let waiting = Promise.withResolvers<void>();
  const wake = (): void => {
    waiting.resolve();
    waiting = Promise.withResolvers();
  };
  const take = (batch: readonly Delivered[]): void => {
    for (const record of batch) {
      const told = findTold(record);
      if (told) ring.push(told);
      else telemetry.recordUnreadable(record.position);
    }
    wake();
  };
  const following = follow(bus, take, telemetry, limits.tail_retry_ms, stop.signal);
  const heart = setInterval(wake, limits.heartbeat_ms);
  const fading = setInterval(() => ring.fade(clock.now_ms()), FADE_EVERY_MS);
  return {
    ring,
    changed: () => waiting.promise,
    closing: stop.signal,
    async close() {
      clearInterval(heart);
      clearInterval(fading);
      stop.abort();
      wake();
      await following;
    },
  };
}

async function follow(
  bus: EventBus,
  take: (batch: readonly Delivered[]) => void,
  telemetry: Telemetry,
  retry_ms: number,
  signal: AbortSignal,
): Promise<void> {
  let position: string | undefined;
  while (!signal.aborted) {
    try {
      position ??= await bus.end("events");
      for await (const batch of bus.tail("events", position, signal)) {
        position = batch.at(-1)?.position ?? position;
        take(batch);
      }
    } catch (cause) {
      telemetry.tailFailed(cause);
    }
    await sleep(retry_ms, undefined, { signal }).catch(() => undefined);
  }
}

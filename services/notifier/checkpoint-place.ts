import { setTimeout as delay } from "node:timers/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";

/** Somewhere else than this machine, where a checkpoint of the audit log is kept. */
export type CheckpointPlace = {
  /** For a person, without an address. */
  readonly name: string;
  readonly every_ms: number;
  /** Resolves when it is there. */
  send(note: string, signal: AbortSignal): Promise<void>;
};

/** What is due is looked for so often; a place that failed is tried again at the next look. */
const LOOK_MS = 60_000;
const SEND_MS_MAX = 30_000;

export type SendParts = {
  readonly places: readonly CheckpointPlace[];
  /** A checkpoint of now. */
  readonly sign: () => Promise<string>;
  readonly clock: Pick<Clock, "monotonic_ms">;
  readonly look_ms?: number;
  readonly signal: AbortSignal;
  sent(place: string): void;
  failed(place: string, why: string): void;
};

/** Sends a checkpoint to each place as often as it wants one, at once and then until the signal. */
export async function sendCheckpoints(parts: SendParts): Promise<void> {
  const { places, clock, look_ms = LOOK_MS, signal } = parts;
  const due_ms = new Map<CheckpointPlace, number>();
  while (!signal.aborted) {
    const now_ms = clock.monotonic_ms();
    const due = places.filter((place) => (due_ms.get(place) ?? now_ms) <= now_ms);
    await Promise.all(
      due.map(async (place) => {
        if (await sentTo(place, parts)) due_ms.set(place, now_ms + place.every_ms);
      }),
    );
    await delay(look_ms, undefined, { signal }).catch(() => undefined);
  }
}

async function sentTo(place: CheckpointPlace, { sign, signal, sent, failed }: SendParts): Promise<boolean> {
  try {
    await place.send(await sign(), AbortSignal.any([signal, AbortSignal.timeout(SEND_MS_MAX)]));
    sent(place.name);
    return true;
  } catch (thrown) {
    // Bugs have no name here: a place that cannot be reached throws whatever its library does.
    if (!signal.aborted) failed(place.name, whyOf(thrown));
    return false;
  }
}

/** `fetch` says no more than that it failed; what failed is in its cause. */
function whyOf(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.message;
  return messageOf(thrown instanceof Error && thrown.cause ? thrown.cause : thrown);
}

import { keepListening, type Source } from "../api/keep-listening.ts";
import type { ApiEvent } from "../api/types.ts";

export type StreamState = "connecting" | "live" | "reconnecting";

type Listener = {
  onState(state: StreamState): void;
  /** A connection is there: what came while there was none has to be asked for. */
  onOpen(): void;
  onEvents(events: readonly ApiEvent[]): void;
};

/** Events are handed over together, so that a busy town does not mean a rendering for each. */
export const BATCH_MS = 200;
/** At most so many wait for the hand-over; then it happens at once. */
const BATCH_MAX = 200;

/** Listens to what happens until told to stop. @returns how to stop. */
export function openEventStream(open: () => Source, { onState, onOpen, onEvents }: Listener): () => void {
  let handing: ReturnType<typeof setTimeout> | undefined;
  let batch: ApiEvent[] = [];

  const handOver = () => {
    clearTimeout(handing);
    handing = undefined;
    const events = batch;
    batch = [];
    onEvents(events);
  };
  const take = (event: ApiEvent) => {
    batch.push(event);
    if (batch.length >= BATCH_MAX) handOver();
    else handing ??= setTimeout(handOver, BATCH_MS);
  };

  onState("connecting");
  const stop = keepListening(open, {
    open() {
      onState("live");
      onOpen();
    },
    error: () => onState("reconnecting"),
    event(data) {
      const event = decodeEvent(data);
      if (event) take(event);
    },
  });
  return () => {
    clearTimeout(handing);
    stop();
  };
}

/** One message of the stream; undefined for what is no event, which must not end the stream. */
function decodeEvent(data: unknown): ApiEvent | undefined {
  try {
    const value = JSON.parse(String(data)) as Partial<ApiEvent> | null;
    const whole =
      value?.occurrence && value.sentence && value.links && value.data && value.revision !== undefined;
    return whole ? (value as ApiEvent) : undefined;
  } catch {
    return undefined;
  }
}

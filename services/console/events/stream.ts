import type { ApiEvent } from "../api/types.ts";

export type StreamState = "connecting" | "live" | "reconnecting";

/** The part of a browser's EventSource that we use. */
type Source = {
  readonly readyState: number;
  addEventListener(type: string, listener: (message: { readonly data?: unknown }) => void): void;
  close(): void;
};

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
const REOPEN_MS_MIN = 1_000;
const REOPEN_MS_MAX = 30_000;
const CLOSED = 2;

/**
 * Listens until told to stop. A browser's EventSource reconnects by itself after a cut and names the last id it saw; where
 * it gives up (a refusal, a proxy's error page) we open another one, less and less often. @returns how to stop.
 */
export function openEventStream(open: () => Source, { onState, onOpen, onEvents }: Listener): () => void {
  let source: Source | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let handing: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
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
  const connect = () => {
    const opened = open();
    source = opened;
    opened.addEventListener("open", () => {
      failures = 0;
      onState("live");
      onOpen();
    });
    opened.addEventListener("event", ({ data }) => {
      const event = decodeEvent(data);
      if (event) take(event);
    });
    opened.addEventListener("error", () => {
      onState("reconnecting");
      if (opened.readyState !== CLOSED) return;
      reopening = setTimeout(connect, Math.min(REOPEN_MS_MAX, REOPEN_MS_MIN * 2 ** Math.min(failures, 10)));
      failures += 1;
    });
  };

  onState("connecting");
  connect();
  return () => {
    clearTimeout(reopening);
    clearTimeout(handing);
    source?.close();
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

import { wait_ms } from "./polling.ts";

/** The part of a browser's EventSource that we use. */
export type Source = {
  readonly readyState: number;
  addEventListener(type: string, listener: (message: { readonly data?: unknown }) => void): void;
  close(): void;
};

const CLOSED = 2;

/**
 * Listens until told to stop. A browser's EventSource reconnects by itself after a cut and names the last id it saw; where it gives up (a
 * refusal, a proxy's error page) another one is opened, less and less often, as whatever is asked for.
 * @param hear by the names of messages; `open` and `error` are the connection's own.
 * @returns how to stop.
 */
export function keepListening(
  open: () => Source,
  hear: Readonly<Record<string, (data: unknown) => void>>,
): () => void {
  let source: Source | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const connect = () => {
    const opened = open();
    source = opened;
    opened.addEventListener("open", () => {
      failures = 0;
    });
    opened.addEventListener("error", () => {
      if (opened.readyState !== CLOSED) return;
      failures += 1;
      reopening = setTimeout(connect, wait_ms(0, failures));
    });
    for (const [name, tell] of Object.entries(hear)) opened.addEventListener(name, ({ data }) => tell(data));
  };
  connect();
  return () => {
    clearTimeout(reopening);
    source?.close();
  };
}

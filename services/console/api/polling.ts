import { useEffect, useState } from "react";
import { ApiProblem } from "./client.ts";

/** What is known of something that is asked for again and again: the last good answer stays while a later one fails. */
export type Polled<Value> = {
  readonly value?: Value;
  /** When the value was answered, by this device's clock. */
  readonly at_ms?: number;
  readonly problem?: ApiProblem;
};

/** An answer, and when it came by this device's clock. */
export type Heard<Value> = { readonly value: Value; readonly at_ms: number };

/** After a failure it is asked again soon, then less and less often. */
const WAIT_MS_MIN = 1_000;
export const WAIT_MS_MAX = 30_000;

/** How long to wait before asking again, after so many failures in a row. */
export function wait_ms(period_ms: number, failures: number): number {
  return failures === 0 ? period_ms : Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** Math.min(failures - 1, 10));
}

type Polling<Value> = {
  readonly load: (signal: AbortSignal) => Promise<Value>;
  readonly onValue: (value: Value) => void;
  readonly onProblem: (problem: ApiProblem) => void;
  /** Absent: asked until it succeeds once. */
  readonly period_ms?: number | undefined;
  /** When it was last answered: it is asked anew a period after that; absent: at once. */
  readonly heard_ms?: number | undefined;
};

/** Asks and then again and again; rests while the page is hidden. @returns how to stop. */
export function startPolling<Value>(polling: Polling<Value>): () => void {
  const { load, onValue, onProblem, period_ms, heard_ms } = polling;
  const stop = new AbortController();
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resting = false;

  const ask = async () => {
    resting = false;
    try {
      const value = await load(stop.signal);
      if (stop.signal.aborted) return;
      failures = 0;
      onValue(value);
      if (period_ms !== undefined) again(wait_ms(period_ms, 0));
    } catch (thrown) {
      if (stop.signal.aborted) return;
      if (!(thrown instanceof ApiProblem)) throw thrown;
      failures += 1;
      onProblem(thrown);
      again(wait_ms(period_ms ?? 0, failures));
    }
  };
  const again = (after_ms: number) => {
    timer = setTimeout(() => (document.hidden ? rest() : void ask()), after_ms);
  };
  const rest = () => {
    resting = true;
  };
  const onVisible = () => {
    if (resting && !document.hidden) void ask();
  };

  document.addEventListener("visibilitychange", onVisible);
  if (heard_ms === undefined) void ask();
  else if (period_ms !== undefined) again(Math.max(0, heard_ms + period_ms - Date.now()));
  return () => {
    stop.abort();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
  };
}

/**
 * The answer of `load`, kept fresh. `key` names what is asked for: another key forgets the old answer and asks anew.
 * Without `period_ms` it is asked until it succeeds once. `first` is what is known of it before it is asked.
 */
export function usePolling<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
  period_ms?: number,
  first?: Heard<Value>,
): Polled<Value> {
  const [polled, setPolled] = useState<Polled<Value> & { readonly key: string }>({ key, ...first });
  // `key` stands for what `load` closes over, and what is known first.
  useEffect(
    () =>
      startPolling({
        ...{ load, period_ms, heard_ms: first?.at_ms },
        onValue: (value) => setPolled({ key, value, at_ms: Date.now() }),
        onProblem: (problem) =>
          setPolled((before) => ({ ...(before.key === key ? before : { key, ...first }), problem })),
      }),
    [key, period_ms],
  );
  return polled.key === key ? polled : (first ?? {});
}

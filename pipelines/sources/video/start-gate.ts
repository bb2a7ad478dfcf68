import { setTimeout as delay } from "node:timers/promises";

const GAP_MS_MIN = 500;
const GAP_MS_MAX = 1_000;

/**
 * Lets children start one after another, half a second to a second apart, since sixteen cameras connecting at once starve
 * each other. One gate for all cameras of a process.
 * @returns a function to await before each start; it gives a function that lets the next one in early, for a child that has
 * already ended.
 */
export function createStartGate(random: () => number): (signal: AbortSignal) => Promise<() => void> {
  let last: Promise<unknown> = Promise.resolve();
  return async (signal) => {
    const before = last;
    const { promise: early, resolve: letNext } = Promise.withResolvers<void>();
    const gap_ms = GAP_MS_MIN + random() * (GAP_MS_MAX - GAP_MS_MIN);
    const entered = before.then(() => signal.aborted);
    last = entered.then((aborted) => (aborted ? undefined : Promise.race([early, delay(gap_ms)])));
    await entered;
    signal.throwIfAborted();
    return letNext;
  };
}

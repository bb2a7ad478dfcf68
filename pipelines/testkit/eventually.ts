import { setTimeout as delay } from "node:timers/promises";

const ATTEMPT_EVERY_MS = 10;

/**
 * Waits for something that other threads, processes or sockets bring about: tries `attempt` until it no longer throws.
 * @throws the last failure once `within_ms` are over.
 */
export async function eventually<T>(attempt: () => T | Promise<T>, within_ms = 15_000): Promise<T> {
  const until = performance.now() + within_ms;
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (performance.now() > until) throw failure;
      await delay(ATTEMPT_EVERY_MS);
    }
  }
}

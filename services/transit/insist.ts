import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";

/** A failing disk or bus is asked again after a second, then ever more slowly. */
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;

/**
 * Does something until it works or `signal` aborts, as long as its failures say that they may pass.
 * @param trouble is told each of them.
 * @throws whatever is no `AppError`, or one that is not retryable.
 */
export async function insist(
  work: () => Promise<void>,
  trouble: (failure: AppError) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let wait_ms = RETRY_FIRST_MS; !signal.aborted; wait_ms = Math.min(2 * wait_ms, RETRY_MAX_MS)) {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.retryable)) throw thrown;
      trouble(thrown);
    }
    await delay(wait_ms, undefined, { signal }).catch(() => undefined);
  }
}

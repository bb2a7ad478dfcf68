import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";

/** Tasks that wait while the first one is being tried; one more pushes the oldest waiting one out. */
export const TASKS_MAX = 500;
/** The first wait before trying again, doubled up to the second. */
const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 10_000;

type Task = () => Promise<void>;

type Settings = {
  /** Ends the retrying: what still fails then is given up. */
  readonly signal: AbortSignal;
  /** @param error absent when the queue was full. */
  readonly onGivenUp: (reason: "full" | "refused" | "stopped", error?: unknown) => void;
};

/**
 * Does things one after another, in order, in its own time: who puts something in never waits. What fails for now is tried until it
 * succeeds, what can never succeed is given up.
 */
export class Outbox {
  readonly #settings: Settings;
  readonly #waiting: Task[] = [];
  #running: Promise<void> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  put(task: Task): void {
    if (this.#waiting.length >= TASKS_MAX) {
      this.#waiting.shift();
      this.#settings.onGivenUp("full");
    }
    this.#waiting.push(task);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) await this.#finish(task);
    this.#running = undefined;
  }

  async #finish(task: Task): Promise<void> {
    const { signal, onGivenUp } = this.#settings;
    for (let wait_ms = RETRY_MS_MIN; ; wait_ms = Math.min(RETRY_MS_MAX, wait_ms * 2)) {
      try {
        return await task();
      } catch (thrown) {
        if (!(thrown instanceof AppError && thrown.retryable)) return onGivenUp("refused", thrown);
        if (signal.aborted) return onGivenUp("stopped", thrown);
        await delay(wait_ms, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

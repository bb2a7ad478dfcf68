import { Worker } from "node:worker_threads";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Order, Reply } from "./serve.ts";

/** What to do when more jobs come than can be done: live pictures grow old, recordings can wait. */
export type Policy = "drop-oldest" | "wait";

/** What went wrong but was handled: to count and to log. */
export type Trouble =
  /** A job left the full queue for a newer one. */
  | { readonly kind: "dropped" }
  /** A worker died or hung on a job and was replaced. */
  | { readonly kind: "restarted"; readonly reason: string };

export type PoolOptions = {
  /** A module that calls `serve`. */
  readonly script: URL;
  /** What `serve`'s opening gets; must be cloneable. */
  readonly settings: unknown;
  readonly workers: number;
  readonly policy: Policy;
  /** Jobs that wait for a worker. One more drops the oldest, or, where nothing may be dropped, is refused. */
  readonly queue_max: number;
  /**
   * A worker that takes longer than this for a job, starting included, hangs: it is left alone and ends by itself should it
   * ever come back. Never by force: ending a thread while it is inside onnxruntime aborts the whole process (tried with
   * 1.30). `process.exit` does just that: close first.
   */
  readonly timeout_ms: number;
  readonly onTrouble?: (trouble: Trouble) => void;
};

/** A job is tried again once when its worker died or hung: the fault may have been the worker's. */
const ATTEMPTS_MAX = 2;

type Task<Job, Result> = {
  readonly job: Job;
  attempts: number;
  resolve(result: Result): void;
  reject(reason: unknown): void;
};

/** A place for one worker; it is empty between a death and the next job. */
type Lane<Job, Result> = {
  worker: Worker | undefined;
  task: Task<Job, Result> | undefined;
  timer: NodeJS.Timeout | undefined;
};

/**
 * Jobs for worker threads through one bounded queue, each worker with one job at a time.
 * A job is copied to the worker (memory that is shared is not), so that it is still there when the worker dies of it.
 */
export class WorkerPool<Job, Result> {
  readonly #options: PoolOptions;
  readonly #lanes: Lane<Job, Result>[];
  readonly #queue: Task<Job, Result>[] = [];
  /** Workers that were told to go. */
  readonly #leaving = new Set<Promise<void>>();
  #closed = false;

  private constructor(options: PoolOptions) {
    this.#options = options;
    this.#lanes = Array.from({ length: options.workers }, () => ({
      worker: undefined,
      task: undefined,
      timer: undefined,
    }));
  }

  /** Starts all workers. @throws AppError `DETECTOR_BROKEN` when one cannot start, with its reason. */
  static async open<Job, Result>(options: PoolOptions): Promise<WorkerPool<Job, Result>> {
    const pool = new WorkerPool<Job, Result>(options);
    try {
      await Promise.all(pool.#lanes.map((lane) => ready(pool.#start(lane), options.timeout_ms)));
      return pool;
    } catch (thrown) {
      await pool.close();
      throw thrown;
    }
  }

  /** @throws AppError `DETECTOR_BUSY`, `DETECTOR_BROKEN` (both retryable), `DETECTOR_CLOSED`; the signal's reason. */
  async run(job: Job, signal?: AbortSignal): Promise<Result> {
    if (this.#closed) throw closedError();
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const task: Task<Job, Result> = { job, attempts: 0, resolve, reject };
    const abort = () => {
      const at = this.#queue.indexOf(task);
      if (at >= 0) this.#queue.splice(at, 1);
      // Nobody waits for its answer: should its worker die of it, no other one is given it.
      task.attempts = ATTEMPTS_MAX;
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    this.#queue.push(task);
    this.#hand();
    if (this.#queue.length > this.#options.queue_max) this.#overflow();
    return promise.finally(() => signal?.removeEventListener("abort", abort));
  }

  /** Jobs that wait or run are rejected with `DETECTOR_CLOSED` at once. Then waits for busy workers, at most `timeout_ms`. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.reject(closedError());
    for (const lane of this.#lanes) {
      this.#free(lane)?.reject(closedError());
      if (lane.worker) this.#dismiss(lane.worker);
      lane.worker = undefined;
    }
    await Promise.all(this.#leaving);
  }

  #overflow(): void {
    const { policy, queue_max, onTrouble } = this.#options;
    if (policy === "drop-oldest") {
      onTrouble?.({ kind: "dropped" });
      this.#queue.shift()?.reject(busyError("a newer picture took its place in the queue"));
    } else {
      this.#queue.pop()?.reject(busyError(`${queue_max} pictures wait already; await earlier ones first`));
    }
  }

  /** Gives waiting jobs to idle lanes. */
  #hand(): void {
    for (const lane of this.#lanes) {
      if (lane.task) continue;
      const task = this.#queue.shift();
      if (!task) return;
      this.#give(lane, task);
    }
  }

  #give(lane: Lane<Job, Result>, task: Task<Job, Result>): void {
    const { timeout_ms } = this.#options;
    const worker = lane.worker ?? this.#start(lane);
    task.attempts++;
    lane.task = task;
    lane.timer = setTimeout(() => {
      this.#dismiss(worker);
      this.#lose(lane, worker, `no answer in ${timeout_ms} ms`);
    }, timeout_ms);
    const order: Order<Job> = { kind: "job", job: task.job };
    worker.postMessage(order);
  }

  #start(lane: Lane<Job, Result>): Worker {
    const worker = new Worker(this.#options.script, { workerData: this.#options.settings });
    let reason = "it ended";
    worker.on("message", (reply: Reply<Result>) => this.#take(lane, worker, reply));
    worker.on("error", (error) => {
      reason = messageOf(error);
    });
    worker.on("exit", () => this.#lose(lane, worker, reason));
    lane.worker = worker;
    return worker;
  }

  #take(lane: Lane<Job, Result>, worker: Worker, reply: Reply<Result>): void {
    if (lane.worker !== worker || reply.kind === "ready") return;
    const task = this.#free(lane);
    if (reply.kind === "result") task?.resolve(reply.result);
    else task?.reject(brokenError(reply.message));
    this.#hand();
  }

  /** The worker is dead, or as good as: its job goes back to the head of the queue, or back to who asked. */
  #lose(lane: Lane<Job, Result>, worker: Worker, reason: string): void {
    if (lane.worker !== worker) return;
    lane.worker = undefined;
    const task = this.#free(lane);
    this.#options.onTrouble?.({ kind: "restarted", reason });
    if (task && task.attempts < ATTEMPTS_MAX) this.#queue.unshift(task);
    else task?.reject(brokenError(`the worker failed twice on this picture: ${reason}`));
    this.#hand();
  }

  #dismiss(worker: Worker): void {
    const leaving = gone(worker, this.#options.timeout_ms).finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  /** Takes the job from the lane. */
  #free(lane: Lane<Job, Result>): Task<Job, Result> | undefined {
    const { task } = lane;
    clearTimeout(lane.timer);
    lane.task = undefined;
    return task;
  }
}

function ready(worker: Worker, timeout_ms: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(brokenError(`the worker did not start in ${timeout_ms} ms`)),
    timeout_ms,
  );
  worker.once("message", () => resolve());
  worker.once("error", (cause) => reject(brokenError(messageOf(cause))));
  worker.once("exit", () => reject(brokenError("the worker ended while it started")));
  return promise.finally(() => clearTimeout(timer));
}

/** Tells a worker to go. @returns when it has gone, or when waiting longer makes no sense: it no longer holds the process. */
async function gone(worker: Worker, patience_ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.once("exit", () => resolve());
  const order: Order<never> = { kind: "close" };
  worker.postMessage(order);
  const timer = setTimeout(() => {
    worker.unref();
    resolve();
  }, patience_ms);
  await promise;
  clearTimeout(timer);
}

function busyError(why: string): AppError {
  return new AppError("DETECTOR_BUSY", `the detector has too much to do: ${why}`, { retryable: true });
}

function brokenError(why: string): AppError {
  return new AppError("DETECTOR_BROKEN", `the detector failed: ${why}`, { retryable: true });
}

function closedError(): AppError {
  return new AppError("DETECTOR_CLOSED", "the detector is closed");
}

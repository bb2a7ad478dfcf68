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
  | { readonly kind: "restarted"; readonly reason: string }
  /** Workers failed one after another: for a while none is started, and jobs are refused at once. */
  | { readonly kind: "resting"; readonly reason: string };

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
  /** How long no worker is started after several failed in a row; half a minute unless told. */
  readonly rest_ms?: number;
  /** Workers that hang at the same time, each holding a core and its memory, before no other one is started; four unless told. */
  readonly hung_max?: number;
  readonly onTrouble?: (trouble: Trouble) => void;
};

/** A job is tried again once when its worker died or hung: the fault may have been the worker's. */
const ATTEMPTS_MAX = 2;
/** Workers that fail in a row, with no answer in between, before it rests: two jobs' worth. */
const FAILURES_MAX = 4;
const REST_MS = 30_000;
const HUNG_MAX = 4;

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
  /** Failures since the last answer. */
  #failures = 0;
  #rest: NodeJS.Timeout | undefined;
  /** Workers that gave no answer in time and have not come back yet. */
  #hung = 0;
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
    clearTimeout(this.#rest);
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

  /** Why no worker may be started now. */
  #refusal(): string | undefined {
    const { hung_max = HUNG_MAX } = this.#options;
    if (this.#hung >= hung_max) return `${this.#hung} of its workers hang and have not come back`;
    if (this.#rest) return `its workers failed ${FAILURES_MAX} times in a row; it rests for a while`;
    return undefined;
  }

  /** Gives waiting jobs to idle lanes. Where no lane may have a worker, nobody waits for one. */
  #hand(): void {
    const refusal = this.#refusal();
    if (refusal !== undefined && !this.#lanes.some(({ worker }) => worker)) {
      for (const task of this.#queue.splice(0)) task.reject(brokenError(refusal));
    }
    for (const lane of this.#lanes) {
      if (lane.task || (refusal !== undefined && !lane.worker)) continue;
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
      this.#hung++;
      worker.once("exit", () => this.#hung--);
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
    this.#failures = 0;
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
    if (++this.#failures >= FAILURES_MAX) this.#restAfter(reason);
    if (task && task.attempts < ATTEMPTS_MAX) this.#queue.unshift(task);
    else task?.reject(brokenError(`the worker failed twice on this picture: ${reason}`));
    this.#hand();
  }

  #restAfter(reason: string): void {
    this.#failures = 0;
    if (!this.#rest) this.#options.onTrouble?.({ kind: "resting", reason });
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
    }, this.#options.rest_ms ?? REST_MS).unref();
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

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { DuckLimits } from "./duckdb-database.ts";
import type { DuckAnswer, DuckOperations, DuckQuestion } from "./duckdb-worker.ts";

/** Most calls that wait for their turn. */
const WAITING_MAX = 32;
/** A child that was told to give up an operation, or to end, has so long before it is killed. */
const GRACE_MS = 2_000;
/** Without a call for so long it is ended, and its memory with it; the next call starts another. */
const IDLE_MS = 10 * 60_000;
/** A child that died in the middle of a call is replaced so often within the window; after that, calls are refused for a while. */
const DEATHS_MAX = 5;
const DEATHS_WINDOW_MS = 10 * 60_000;

/** What the process around DuckDB tells about itself. */
export type DuckWatch = {
  /** An operation ended; `code`: of its error. */
  asked(name: string, took_ms: number, code: string | undefined): void;
  /** The child was gone in the middle of an operation. */
  died(name: string, how: string): void;
};

type Parts = DuckLimits & {
  readonly folder: string;
  readonly clock: Clock;
  readonly watch: DuckWatch | undefined;
};

export type CallOptions = { readonly timeout_ms: number; readonly signal?: AbortSignal | undefined };

type Running = { readonly process: ChildProcess; idle?: NodeJS.Timeout };

/**
 * DuckDB in a process of its own, so that neither a crash nor its memory is the caller's. Started by the first call, it does one
 * thing at a time: two would only take each other's memory and cores.
 */
export class DuckChild {
  readonly #parts: Parts;
  #running: Running | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #asked = 0;
  #deaths: number[] = [];
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws AppError as `History` says, and what the operation threw. */
  call<Name extends keyof DuckOperations>(
    name: Name,
    args: Parameters<DuckOperations[Name]>,
    options: CallOptions,
  ): Promise<Awaited<ReturnType<DuckOperations[Name]>>> {
    if (this.#waiting >= WAITING_MAX) {
      const busy = `More than ${WAITING_MAX} questions to the history are waiting; ask again later.`;
      return Promise.reject(new AppError("HISTORY_BUSY", busy, { retryable: true }));
    }
    this.#waiting++;
    const turn = this.#turn.then(() => this.#ask(name, args, options)).finally(() => this.#waiting--);
    this.#turn = turn.catch(() => undefined);
    return turn as Promise<Awaited<ReturnType<DuckOperations[Name]>>>; // The other end is `operations` of duckdb-worker.ts.
  }

  /** Ends the operation under way and all that wait; resolves when the process is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
    await this.#turn;
  }

  async #ask(name: keyof DuckOperations, args: readonly unknown[], options: CallOptions): Promise<unknown> {
    const { clock, watch } = this.#parts;
    if (options.signal?.aborted) throw cancelled();
    const running = this.#start();
    clearTimeout(running.idle);
    const since_ms = clock.monotonic_ms();
    let code: string | undefined;
    try {
      return await this.#answered(running.process, name, args, options);
    } catch (thrown) {
      if (thrown instanceof AppError) code = thrown.code;
      throw thrown;
    } finally {
      watch?.asked(name, clock.monotonic_ms() - since_ms, code);
      running.idle = setTimeout(() => void this.#end(), IDLE_MS).unref();
    }
  }

  /** The running child, or a new one. */
  #start(): Running {
    if (this.#closed)
      throw new AppError("HISTORY_UNAVAILABLE", "The history is closed.", { retryable: true });
    if (this.#running?.process.connected) return this.#running;
    const now_ms = this.#parts.clock.monotonic_ms();
    this.#deaths = this.#deaths.filter((at_ms) => at_ms > now_ms - DEATHS_WINDOW_MS);
    if (this.#deaths.length >= DEATHS_MAX) {
      const often = `DuckDB died ${DEATHS_MAX} times within ${DEATHS_WINDOW_MS / 60_000} minutes; the log says how. Try again later.`;
      throw new AppError("HISTORY_UNAVAILABLE", often, { retryable: true });
    }
    const { folder, memory_mb, threads } = this.#parts;
    const given = JSON.stringify({ folder, memory_mb, threads });
    // Flags of this process (a test runner's loader, say) are not for the child.
    const child = fork(new URL("./duckdb-worker.ts", import.meta.url), [given], {
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    // Where it could not even be started, the call that waits for it hears so as well.
    child.on("error", () => undefined);
    this.#running = { process: child };
    return this.#running;
  }

  #answered(
    child: ChildProcess,
    name: keyof DuckOperations,
    args: readonly unknown[],
    { timeout_ms, signal }: CallOptions,
  ): Promise<unknown> {
    const id = this.#asked++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    let why: AppError | undefined;
    let kill: NodeJS.Timeout | undefined;
    const giveUp = (reason: AppError) => {
      why ??= reason;
      tell(child, "cancel");
      kill ??= setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    const onAbort = () => giveUp(cancelled());
    const onMessage = ({ id: of, value, error, last }: DuckAnswer) => {
      if (of !== id) return;
      if (last) this.#running = undefined;
      if (error) reject(why ?? new AppError(error.code, error.message, { retryable: error.retryable }));
      else resolve(value);
    };
    const onGone = (how: string) => {
      if (!why && !this.#closed) this.#died(name, how);
      const gone = `DuckDB ended in the middle of the work (${how}); nothing is lost, ask again.`;
      reject(why ?? new AppError("HISTORY_UNAVAILABLE", gone, { retryable: true }));
    };
    const onExit = (status: number | null, killer: string | null) => onGone(killer ?? `exit code ${status}`);
    const onError = ({ message }: Error) => onGone(message);
    const timer = setTimeout(() => giveUp(timedOut(timeout_ms)), timeout_ms);
    signal?.addEventListener("abort", onAbort, { once: true });
    child.on("message", onMessage).on("exit", onExit).on("error", onError);
    tell(child, { id, name, args: args as never[] });
    return promise.finally(() => {
      clearTimeout(timer);
      clearTimeout(kill);
      signal?.removeEventListener("abort", onAbort);
      child.off("message", onMessage).off("exit", onExit).off("error", onError);
    });
  }

  #died(name: string, how: string): void {
    this.#deaths.push(this.#parts.clock.monotonic_ms());
    this.#parts.watch?.died(name, how);
  }

  async #end(): Promise<void> {
    const child = this.#running?.process;
    clearTimeout(this.#running?.idle);
    this.#running = undefined;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    if (child.connected) child.disconnect();
    const kill = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    await ended;
    clearTimeout(kill);
  }
}

function tell(child: ChildProcess, question: DuckQuestion): void {
  // A child that is gone says so by its exit.
  if (child.connected) child.send(question, () => undefined);
}

function cancelled(): AppError {
  return new AppError("HISTORY_CANCELLED", "The question to the history was cancelled.");
}

function timedOut(timeout_ms: number): AppError {
  const text = `The history gave no answer within ${timeout_ms / 1000} s; ask for fewer days.`;
  return new AppError("HISTORY_TIMEOUT", text, { retryable: true });
}

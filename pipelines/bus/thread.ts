import { parentPort, Worker } from "node:worker_threads";
import { AppError } from "@yardline/domain/errors";

/** What a thread can be asked for by name. Arguments and results are copied, so they are plain data. */
export type Operations = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A worker thread seen from outside. */
export type Thread<Ops extends Operations> = {
  /** @throws AppError as the operation threw it; `THREAD_BUSY` (retryable) or `THREAD_CLOSED`. */
  call<Name extends keyof Ops & string>(
    name: Name,
    ...args: Parameters<Ops[Name]>
  ): Promise<ReturnType<Ops[Name]>>;
  /** Lets the calls made so far finish, then ends the thread. */
  close(): Promise<void>;
};

/** Most calls that one thread may owe an answer to. */
const CALLS_MAX = 10_000;

type Question = { readonly id: number; readonly name: string; readonly args: never[] } | "close";
type Answer = { readonly id: number; readonly value?: unknown; readonly error?: Failure };
type Failure = { readonly code: string; readonly message: string; readonly retryable: boolean };
type Waiting = { resolve(value: unknown): void; reject(reason: AppError): void };

/**
 * Starts a file that calls `serveThread`. An expected failure in there comes back as the same `AppError`; anything else is a
 * bug, stays unhandled and stops the process.
 */
export function startThread<Ops extends Operations>(file: URL, workerData: unknown): Thread<Ops> {
  // Flags of this process (a test runner's loader, say) are not for the thread.
  const worker = new Worker(file, { workerData, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let closing: Promise<void> | undefined;
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.on("message", ({ id, value, error }: Answer) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new AppError(error.code, error.message, { retryable: error.retryable }));
    else call?.resolve(value);
  });
  return {
    call(name, ...args) {
      if (closing) return Promise.reject(new AppError("THREAD_CLOSED", "It was closed already."));
      if (waiting.size >= CALLS_MAX) {
        const busy = `More than ${CALLS_MAX} calls are waiting; ask again later.`;
        return Promise.reject(new AppError("THREAD_BUSY", busy, { retryable: true }));
      }
      const id = asked++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, name, args });
      });
    },
    close() {
      if (!closing) {
        closing = ended;
        worker.postMessage("close");
      }
      return closing;
    },
  };
}

/** The thread's own side: answers calls one after another, in their order. */
export function serveThread(operations: Operations, close: () => void): void {
  const port = parentPort;
  port?.on("message", (question: Question) => {
    if (question === "close") {
      close();
      port.close();
      return;
    }
    const { id, name, args } = question;
    try {
      port.postMessage({ id, value: operations[name]?.(...args) });
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      const { code, message, retryable } = thrown;
      port.postMessage({ id, error: { code, message, retryable } });
    }
  });
}

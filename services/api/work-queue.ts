/** Runs some works at once and lets some more wait, in the order in which they came. */
export type WorkQueue = {
  /** @param signal whoever asked has gone: waiting ends, and it is passed to the work. @throws what `refuse` makes when too many wait. */
  run<Result>(work: (signal: AbortSignal) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
};

type Bounds = { readonly at_once: number; readonly waiting_max: number };

/** @param refuse counts what is refused, and gives the error to throw. */
export function createWorkQueue({ at_once, waiting_max }: Bounds, refuse: () => Error): WorkQueue {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(signal: AbortSignal): Promise<void> {
    if (running < at_once) {
      running += 1;
      return;
    }
    if (waiting.length >= waiting_max) throw refuse();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      const place = waiting.indexOf(resolve);
      if (place < 0) return; // Its turn has come meanwhile.
      waiting.splice(place, 1);
      reject(signal.reason);
    };
    waiting.push(resolve);
    signal.addEventListener("abort", leave, { once: true });
    await promise;
    signal.removeEventListener("abort", leave);
  }

  /** The place is handed on, never given back and taken by somebody who came later. */
  function exit(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(work, signal = new AbortController().signal) {
      signal.throwIfAborted();
      await enter(signal);
      try {
        return await work(signal);
      } finally {
        exit();
      }
    },
  };
}

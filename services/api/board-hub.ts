import { setTimeout as delay } from "node:timers/promises";
import type { Limits } from "./limits.ts";

/** A stop's board at one moment: what it says, and that without the moment, by which a change is seen. */
export type Board = { readonly json: string; readonly content: string };

/** How soon a browser's EventSource comes back after a break. */
const RECONNECT_MS = 2_000;

/** Boards of stops as they change, made once a stop however many listen. */
export type BoardHub = {
  /**
   * One client's stream in the words of Server-Sent Events: the whole board at once and whenever it changed. Nothing is queued for
   * it: one that is slow gets the newest, and who comes back needs nothing of what it missed. Ends with the stop, or the hub.
   * @param first the board as it is now, made by who asked.
   */
  listen(stop_id: string, first: Board, signal: AbortSignal): AsyncGenerator<string>;
  close(): void;
};

type Watched = {
  listeners: number;
  board: Board | undefined;
  /** Of boards that differ; a listener holds the last number it had. */
  number: number;
  waiting: PromiseWithResolvers<void>;
};

/** @param make the board of a stop now; undefined when the stop is there no more. */
export function startBoardHub(make: (stop_id: string) => Board | undefined, limits: Limits): BoardHub {
  const watched = new Map<string, Watched>();
  const closing = new AbortController();

  /** Makes the board again and again while somebody listens. Each stop has its own turn, so that they spread. */
  async function keep(stop_id: string, stop: Watched): Promise<void> {
    while (stop.listeners > 0 && stop.board && !closing.signal.aborted) {
      await delay(limits.board_ms, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      if (stop.listeners === 0) break;
      const board = make(stop_id);
      if (board?.content !== stop.board.content) stop.number += 1;
      stop.board = board;
      wake(stop);
    }
    if (watched.get(stop_id) === stop) watched.delete(stop_id);
    wake(stop);
  }

  function joined(stop_id: string, first: Board): Watched {
    const known = watched.get(stop_id);
    const stop = known ?? { listeners: 0, board: first, number: 1, waiting: Promise.withResolvers<void>() };
    stop.listeners += 1;
    if (known) return stop;
    watched.set(stop_id, stop);
    void keep(stop_id, stop);
    return stop;
  }

  return {
    async *listen(stop_id, first, signal) {
      const stop = joined(stop_id, first);
      const ends = AbortSignal.any([signal, closing.signal]);
      const gone = new Promise<void>((resolve) =>
        ends.addEventListener("abort", () => resolve(), { once: true }),
      );
      try {
        yield `retry: ${RECONNECT_MS}\n\n`;
        let had = 0;
        for (let said_ms = performance.now(); !ends.aborted && stop.board; ) {
          if (stop.number !== had) {
            had = stop.number;
            said_ms = performance.now();
            yield `event: arrivals\nid: ${had}\ndata: ${stop.board.json}\n\n`;
          } else if (performance.now() - said_ms >= limits.heartbeat_ms) {
            said_ms = performance.now();
            yield ":\n\n";
          } else {
            await Promise.race([stop.waiting.promise, gone]);
          }
        }
      } finally {
        stop.listeners -= 1;
        // Whoever comes next begins anew, and does not wait for a turn that nobody takes any more.
        if (stop.listeners === 0 && watched.get(stop_id) === stop) watched.delete(stop_id);
      }
    },
    close: () => closing.abort(),
  };
}

function wake(stop: Watched): void {
  stop.waiting.resolve();
  stop.waiting = Promise.withResolvers();
}

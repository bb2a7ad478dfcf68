import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import type { Limits } from "./limits.ts";
import { Refusal } from "./problem.ts";
import type { Telemetry } from "./telemetry.ts";

const RETRY_AFTER_S = 10;

/** The connections that carry live streams: counted, limited, and let go in the end. */
export type Streams = {
  /**
   * Takes a place for this request until its connection closes.
   * @returns a signal that aborts when the client is gone.
   * @throws Refusal 503 when every place is taken.
   */
  admit(request: FastifyRequest): AbortSignal;
  /** Waits a moment for all to end by themselves, then breaks what is left. */
  dismiss(): Promise<void>;
};

export function startStreams(telemetry: Telemetry, limits: Limits): Streams {
  const open = new Set<FastifyRequest["raw"]["socket"]>();
  return {
    admit(request) {
      const { socket } = request.raw;
      // A socket that carries a stream can carry no second answer, so asking for one only takes our memory.
      if (open.has(socket) || open.size >= limits.streams_max) {
        telemetry.listenerEvicted("full");
        const message =
          "Too many live streams are open on this machine. Close some pages, or ask again later.";
        throw new Refusal(503, "STREAMS_FULL", message, RETRY_AFTER_S);
      }
      if (socket.destroyed) return AbortSignal.abort();
      const gone = new AbortController();
      open.add(socket);
      telemetry.listenersAre(open.size);
      socket.setTimeout(limits.stall_ms_max, () => {
        telemetry.listenerEvicted("stalled");
        socket.destroy();
      });
      socket.once("close", () => {
        open.delete(socket);
        telemetry.listenersAre(open.size);
        gone.abort();
      });
      return gone.signal;
    },
    async dismiss() {
      const patience = AbortSignal.timeout(limits.farewell_ms_max);
      while (open.size > 0 && !patience.aborted) await sleep(10);
      for (const socket of open) socket.destroy();
    },
  };
}

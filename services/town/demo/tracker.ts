import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@yardline/domain/errors";
import type { Said, SentFix, TrackerSpeaker } from "@yardline/sources/trackers/speaker";
import type { Logger } from "pino";
import type { Random } from "./random.ts";

/** What the device can remember; then it forgets the oldest. */
const KEPT_MAX = 2000;
/** With more than this to say, it sends a black box. */
const SINGLE_MAX = 2;
const ANSWER_WITHIN_MS = 10_000;
const RETRY_MS = [1000, 15_000] as const;

type Address = { readonly host: string; readonly port: number };

/** A tracker as it is screwed into a bus: it keeps each fix until the gateway has acknowledged it. */
export type Tracker = {
  /** Takes a fix; it is sent as soon as there is a connection. */
  report(fix: SentFix): void;
  /** Whether there is a network; without one, fixes are kept. */
  setNetwork(up: boolean): void;
  /** Fixes not acknowledged yet. */
  waiting(): number;
};

export type TrackerParts = {
  readonly device_id: string;
  readonly speaker: TrackerSpeaker;
  readonly address: Address;
  readonly random: Random;
  readonly log: Logger;
};

/** Speaks to a gateway over TCP until `signal` aborts. */
export function startTracker(
  { device_id, speaker, address, random, log }: TrackerParts,
  signal: AbortSignal,
): Tracker {
  const kept: SentFix[] = [];
  let wake = Promise.withResolvers<void>();
  let network = true;
  let socket: Socket | undefined;

  function rouse(): void {
    wake.resolve();
    wake = Promise.withResolvers();
  }

  async function roused(): Promise<void> {
    const stop = Promise.withResolvers<void>();
    const onAbort = () => stop.resolve();
    signal.addEventListener("abort", onAbort, { once: true });
    await Promise.race([wake.promise, stop.promise]);
    signal.removeEventListener("abort", onAbort);
  }

  /** One connection, from login until it breaks. */
  async function talk(): Promise<void> {
    const line = await openLine(address, signal);
    socket = line.socket;
    const { login, tell } = speaker.open(device_id);
    try {
      if (login) await line.ask(login);
      while (!signal.aborted && network) {
        if (kept.length === 0) await roused();
        else await deliver(line, tell);
      }
    } finally {
      line.socket.destroy();
    }
  }

  async function deliver(line: Line, tell: (fixes: readonly SentFix[]) => Said): Promise<void> {
    const batch = kept.slice(0, kept.length > SINGLE_MAX ? speaker.fixes_max : 1);
    await line.ask(tell(batch));
    // While it waited, the oldest may have been forgotten already.
    const last = batch.at(-1);
    kept.splice(0, last ? kept.indexOf(last) + 1 : 0);
  }

  async function live(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        if (network) await talk();
        else await roused();
        failures = 0;
      } catch (failure) {
        if (signal.aborted) return;
        failures = network ? failures + 1 : 0;
        log.debug({ device_id, why: messageOf(failure) }, "A simulated tracker lost its connection.");
        const most_ms = Math.min(RETRY_MS[1], RETRY_MS[0] * 2 ** failures);
        await delay(most_ms * (0.5 + random() / 2), undefined, { signal }).catch(() => {});
      }
    }
  }

  void live();
  return {
    report(fix) {
      kept.push(fix);
      if (kept.length > KEPT_MAX) kept.shift();
      rouse();
    },
    setNetwork(up) {
      if (up === network) return;
      network = up;
      if (!up) socket?.destroy();
      rouse();
    },
    waiting: () => kept.length,
  };
}

type Line = { readonly socket: Socket; ask(said: Said): Promise<void> };

/** A connection on which each message waits for its answer; any other answer, or none in time, breaks it. */
async function openLine({ host, port }: Address, signal: AbortSignal): Promise<Line> {
  const socket = connect({ host, port });
  const onAbort = () => socket.destroy(new Error("the simulation ended"));
  signal.addEventListener("abort", onAbort, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", onAbort));
  socket.on("error", () => {});
  socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error("no answer in time")));
  await once(socket, "connect");
  socket.setTimeout(0);
  // Whoever waits for an answer learns by its end that none will come.
  const answers: AsyncIterator<Buffer> = socket[Symbol.asyncIterator]();
  return {
    socket,
    async ask({ sends, isHeard }) {
      socket.write(sends);
      if (!isHeard) return;
      socket.setTimeout(ANSWER_WITHIN_MS);
      let answer: Uint8Array = new Uint8Array(0);
      for (;;) {
        const { value, done } = await answers.next();
        if (done) throw new Error("the connection ended");
        answer = Buffer.concat([answer, value]);
        const heard = isHeard(answer);
        if (heard === false) throw new Error(`${answer.length} bytes are another answer`);
        if (heard) break;
      }
      socket.setTimeout(0);
    },
  };
}

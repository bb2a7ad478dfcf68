import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { allowedAddress, namedInFile } from "../http/address-policy.ts";
import type { TrackerProblem } from "../trackers/protocol.ts";
import type { CapturedFix } from "./carried-positions.ts";
import { nmeaLines } from "./nmea-lines.ts";

/** A receiver, or a bus's router, that tells NMEA to whoever connects. */
export type Receiver = { readonly host: string; readonly port: number };

/** A receiver tells every second; one that is silent for so long is asked anew. */
const SILENCE_MS_MAX = 15_000;
/** The first wait after a connection, doubled with each one that brought nothing, up to the second. */
const BACK_OFF_MS_MIN = 1_000;
const BACK_OFF_MS_MAX = 30_000;

export type ReceiverNote =
  | { readonly kind: "receiver-connected" }
  | { readonly kind: "receiver-lost"; readonly code: string }
  | { readonly kind: "positions-unreadable"; readonly format: "nmea"; readonly code: TrackerProblem["code"] };

type World = {
  readonly clock: Clock;
  readonly random: () => number;
  placed(fixes: readonly CapturedFix[]): void;
  note(note: ReceiverNote): void;
};

/** @returns the receiver that an address names, as in `tcp://10.0.0.1:10110`; undefined for any other. */
export function receiverOf(address: string): Receiver | undefined {
  const url = URL.parse(address);
  const whole = url?.protocol === "tcp:" && url.hostname !== "" && url.port !== "" && url.username === "";
  if (!whole || !/^\/?$/.test(url.pathname) || url.search !== "") return undefined;
  return { host: url.hostname, port: Number(url.port) };
}

/** Takes what a receiver tells until `signal` aborts, each fix at the moment of its coming; connects again after every loss. Never rejects. */
export async function followReceiver(receiver: Receiver, world: World, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const { code, fixes } = await listen(receiver, world, signal);
    if (signal.aborted) break;
    if (fixes > 0) failures = 0;
    world.note({ kind: "receiver-lost", code });
    const wait_ms = Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS_MIN * 2 ** Math.min(failures, 10));
    await delay(wait_ms * (0.5 + world.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}

/** One connection. @returns why it is over, and how many fixes it brought. */
async function listen({ host, port }: Receiver, { clock, placed, note }: World, signal: AbortSignal) {
  let fixes = 0;
  try {
    const address = (await allowedAddress(host, namedInFile(host))).replace(/^\[|\]$/g, "");
    const session = nmeaLines.openSession();
    const socket = connect({ host: address, port, signal, timeout: SILENCE_MS_MAX });
    socket.on("connect", () => note({ kind: "receiver-connected" }));
    socket.on("timeout", () => socket.destroy(new AppError("DEVICE_SILENT", "The receiver is silent")));
    for await (const chunk of socket) {
      const read = session.take(chunk);
      for (const { code } of read.problems) note({ kind: "positions-unreadable", format: "nmea", code });
      fixes += read.fixes.length;
      if (read.fixes.length > 0) placed(read.fixes.map(({ fix }) => ({ fix, captured_ms: clock.now_ms() })));
    }
    return { code: "ENDED", fixes };
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "BROKEN";
    return { code, fixes };
  }
}

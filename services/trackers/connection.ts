import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@yardline/domain/errors";
import { detectProtocol } from "@yardline/sources/trackers/detect";
import type { TrackerProtocol } from "@yardline/sources/trackers/protocol";
import type { Taken } from "@yardline/sources/trackers/session";
import type { CloseReason, TrackerLink } from "@yardline/telemetry/trackers";
import { deviceSlowed } from "@yardline/telemetry/trackers";
import type { Logger } from "pino";
import type { Conversation, Ending } from "./conversation.ts";
import type { Shares } from "./share.ts";

/** However much a device has sent, it is heard again after this. */
const WAIT_MAX_MS = 60_000;

export type Connection = {
  /** Resolves when the connection is over. Never rejects. */
  readonly over: Promise<Ending>;
  /** Ends it from our side. */
  end(reason: CloseReason): void;
};

type Parts = {
  /** The port's protocol; absent on the shared port, where the first bytes tell. */
  readonly protocol: TrackerProtocol | undefined;
  /** Begins to converse, once it is known in what. */
  open(protocol: TrackerProtocol): Conversation;
  readonly shares: Shares;
  readonly log: Logger;
  readonly link: TrackerLink;
  /** A device without one whole message for so long is given up, however busily it sends parts of one. */
  readonly idle_ms: number;
};

/** Serves one device: reads at the pace at which the bus takes its positions, and writes the answers. */
export function serveConnection(socket: Socket, parts: Parts): Connection {
  const { shares, log, link, idle_ms } = parts;
  const stop = new AbortController();
  let ending: Ending | undefined;

  function end(reason: CloseReason, why?: string): void {
    ending ??= { reason, ...(why !== undefined && { why }) };
    stop.abort();
    socket.destroy();
  }

  // Only the device's own silence counts, not the time that the bus takes.
  let hearing = false;
  const idle = setTimeout(() => (hearing ? idle.refresh() : end("idle")), idle_ms);

  async function write(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0 || socket.write(bytes)) return;
    // A device that does not read its answers is given up by the idle timer.
    await once(socket, "drain", { signal: stop.signal });
  }

  /** @returns why the connection ends here, if it does. */
  async function hear({ conversation, messages, closed }: Heard): Promise<Ending | undefined> {
    hearing = true;
    const reply = await conversation.hear(messages);
    hearing = false;
    if (messages.length > 0) idle.refresh();
    await write(Buffer.concat(reply.answers));
    if (reply.ending) return reply.ending;
    if (closed !== undefined) return { reason: "too-long", why: closed };
    const sent = messages.reduce((sum, { fixes }) => sum + Math.max(1, fixes.length), 0);
    const wait_ms = Math.min(WAIT_MAX_MS, shares.charge(conversation.findDevice() ?? link.address, sent));
    if (wait_ms > 0) {
      deviceSlowed(log, link, wait_ms);
      await delay(wait_ms, undefined, { signal: stop.signal });
    }
    return undefined;
  }

  async function converse(): Promise<Ending> {
    const listener = listen(parts);
    for await (const bytes of socket) {
      const taken = listener.take(bytes);
      if (taken === "unrecognised") return { reason: "unrecognised" };
      const reached = taken && (await hear(taken));
      if (reached) return reached;
    }
    return { reason: "ended" };
  }

  const over = converse()
    .catch((failure: unknown): Ending => ({ reason: "broken", why: messageOf(failure) }))
    .then((reached) => {
      clearTimeout(idle);
      socket.end(() => socket.destroy());
      return ending ?? reached;
    });
  return { over, end };
}

type Heard = Taken & { readonly conversation: Conversation };

/** Takes a connection's bytes; on the shared port keeps the first ones until they tell the protocol, which is bounded. */
function listen({ protocol, open }: Parts) {
  let first = Buffer.alloc(0);
  let known = protocol && { session: protocol.openSession(), conversation: open(protocol) };
  return {
    /** Undefined while it is not known who speaks. */
    take(bytes: Uint8Array): Heard | "unrecognised" | undefined {
      if (known) return { ...known.session.take(bytes), conversation: known.conversation };
      first = Buffer.concat([first, bytes]);
      const found = detectProtocol(first);
      if (found === "more") return undefined;
      if (found === undefined) return "unrecognised";
      known = { session: found.openSession(), conversation: open(found) };
      return { ...known.session.take(first), conversation: known.conversation };
    },
  };
}

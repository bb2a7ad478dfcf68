import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Clock } from "@yardline/domain/time";
import { detectProtocol } from "@yardline/sources/trackers/detect";
import type { TrackerProtocol } from "@yardline/sources/trackers/protocol";
import type { TrackerSession } from "@yardline/sources/trackers/session";
import { datagramDropped, gatewayTroubled } from "@yardline/telemetry/trackers";
import type { Logger } from "pino";
import type { Conversation } from "./conversation.ts";
import type { Shares } from "./share.ts";

/** Addresses remembered with what their protocol has taught; the longest silent one is forgotten, and names itself again. */
const SOURCES_MAX = 10_000;
/** Datagrams that wait for the bus; more are dropped, and their devices send them again. */
const WAITING_MAX = 1000;

type Source = {
  readonly protocol: TrackerProtocol;
  readonly session: TrackerSession;
  readonly conversation: Conversation;
  /** What this source sent before: one after another, so that answers keep their order. */
  last: Promise<void>;
  /** Over its share until then, on the clock that only runs forward. */
  heard_again_ms: number;
};

type Parts = {
  /** The port's protocol; absent on the shared port. */
  readonly protocol: TrackerProtocol | undefined;
  open(protocol: TrackerProtocol, address: string): Conversation;
  readonly shares: Shares;
  readonly clock: Clock;
  readonly log: Logger;
};

/** The datagrams of one port. */
export type DatagramPort = { stop(): Promise<void> };

/**
 * Takes datagrams on a port. Each is answered once its positions are with the bus; what cannot be taken now is dropped, since a device
 * that speaks in datagrams sends again what was not answered.
 * @throws the system's error where the port cannot be had.
 */
export async function listenForDatagrams(
  { host, port }: { readonly host: string; readonly port: number },
  parts: Parts,
): Promise<DatagramPort> {
  const name = parts.protocol?.name ?? "auto";
  const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4" });
  socket.bind(port, host);
  await once(socket, "listening");
  socket.on("error", (failure) => gatewayTroubled(parts.log, name, failure.message));
  const room = openRoom(socket, parts, name);
  socket.on("message", room.take);
  return {
    async stop() {
      socket.off("message", room.take);
      await room.settled();
      await new Promise<void>((done) => socket.close(done));
    },
  };
}

function openRoom(socket: Socket, { protocol, open, shares, clock, log }: Parts, name: string) {
  const sources = new Map<string, Source>();
  const waiting = new Set<Promise<void>>();

  function findSource(address: string, bytes: Uint8Array): Source | undefined {
    const known = sources.get(address);
    const speaks = known?.protocol ?? protocol ?? detectProtocol(bytes);
    if (speaks === undefined || speaks === "more" || !speaks.datagrams) return undefined;
    const source = known ?? {
      protocol: speaks,
      session: speaks.openSession(),
      conversation: open(speaks, address),
      last: Promise.resolve(),
      heard_again_ms: 0,
    };
    // Taken out and put in again: a Map keeps the order of insertion.
    sources.delete(address);
    sources.set(address, source);
    for (const oldest of sources.keys()) {
      if (sources.size <= SOURCES_MAX) break;
      sources.delete(oldest);
    }
    return source;
  }

  async function answer(source: Source, address: string, bytes: Uint8Array, to: RemoteInfo): Promise<void> {
    const { messages, closed } = source.session.takeDatagram(bytes);
    const { answers, ending } = await source.conversation.hear(messages);
    for (const each of answers) {
      // An answer that is lost on its way is asked for again.
      if (each.length > 0) socket.send(each, to.port, to.address, () => {});
    }
    if (ending || closed !== undefined) sources.delete(address);
    const sent = messages.reduce((sum, { fixes }) => sum + Math.max(1, fixes.length), 0);
    const wait_ms = shares.charge(source.conversation.findDevice() ?? address, sent);
    source.heard_again_ms = clock.monotonic_ms() + wait_ms;
  }

  function whyDropped(source: Source | undefined) {
    if (!source) return "unrecognised";
    if (waiting.size >= WAITING_MAX) return "busy";
    return clock.monotonic_ms() < source.heard_again_ms ? "over-share" : undefined;
  }

  function take(bytes: Uint8Array, from: RemoteInfo): void {
    const address = `${from.address}:${from.port}`;
    const source = findSource(address, bytes);
    const why = whyDropped(source);
    if (why || !source) {
      datagramDropped(log, source?.protocol.name ?? name, why ?? "unrecognised");
      return;
    }
    const done = source.last.then(() => answer(source, address, bytes, from));
    source.last = done;
    waiting.add(done);
    void done.then(() => waiting.delete(done));
  }

  return { take, settled: async () => void (await Promise.all(waiting)) };
}

import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { EventBus } from "@yardline/bus/event-bus";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { TrackerProtocol } from "@yardline/sources/trackers/protocol";
import { findTrackerProtocol, TRACKER_PROTOCOLS } from "@yardline/sources/trackers/protocols";
import {
  deviceContested,
  gatewayListening,
  gatewayTroubled,
  trackerConnected,
  trackerDisconnected,
  trackerTurnedAway,
} from "@yardline/telemetry/trackers";
import type { Logger } from "pino";
import { openCleaning } from "./cleaning.ts";
import { type Connection, serveConnection } from "./connection.ts";
import { type Conversation, openConversation } from "./conversation.ts";
import { type DatagramPort, listenForDatagrams } from "./datagrams.ts";
import type { DeviceDirectory } from "./devices.ts";
import { openOutbox } from "./outbox.ts";
import { openRivals } from "./rivals.ts";
import { openShares, type ShareOptions } from "./share.ts";

/** The name of the shared port's protocol: the first bytes tell which one it really is. */
export const ANY_PROTOCOL = "auto";

/**
 * Where devices of one protocol connect, or of any (`auto`). Port 0 takes any free one. Where devices may send datagrams, the port of
 * the same number is theirs.
 */
export type Listen = {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  /** Where every device of the port must give the same word, whether this is it; for a server that speaks for many. */
  readonly isToken?: (given: string | undefined) => boolean;
};

export type GatewayLimits = ShareOptions & {
  /** Devices connected to one port at once. */
  readonly connections_max: number;
  /** A connection without one whole message for so long is given up. */
  readonly idle_ms: number;
};

/** A bus sends a fix each 5 to 10 s; after an afternoon without network it sends some thousands at once. */
export const GATEWAY_LIMITS: GatewayLimits = {
  connections_max: 3000,
  idle_ms: 10 * 60_000,
  messages_per_s: 50,
  messages_at_once: 5000,
};

/** Connections that the system holds until we take them: after an outage all devices come at once. */
const BACKLOG = 4096;

export type GatewayOptions = {
  readonly listen: readonly Listen[];
  /** Who may speak: `openDeviceDirectory`. */
  readonly devices: DeviceDirectory;
  readonly bus: Pick<EventBus, "publish">;
  readonly clock: Clock;
  readonly log: Logger;
  /** The `source` of the positions' bus records. */
  readonly source?: string;
  readonly limits?: Partial<GatewayLimits>;
};

export type Gateway = {
  /** Where it really listens. */
  readonly listening: readonly Listen[];
  /** Resolves when `signal` has stopped it and every position that was on its way is with the bus or given back. */
  readonly stopped: Promise<void>;
};

/**
 * Takes positions of GPS trackers over TCP and UDP and puts them on the bus, topic `positions`, a `VehiclePosition` in JSON each, keyed
 * by vehicle. A device gets its answer only after the bus has acknowledged. Runs until `signal` aborts.
 * @throws AppError `PORT_TAKEN`, `PORT_UNUSABLE`, `PROTOCOL_UNKNOWN`; then nothing is left listening.
 */
export async function startGateway(options: GatewayOptions, signal: AbortSignal): Promise<Gateway> {
  const limits = { ...GATEWAY_LIMITS, ...options.limits };
  const hall = openHall(options, limits);
  const ports: Port[] = [];
  const listening: Listen[] = [];
  try {
    for (const place of options.listen) {
      const protocol = findProtocol(place.protocol);
      const { bound, ...port } = await openPort(place, protocol, hall, limits, options);
      ports.push(port);
      gatewayListening(options.log, bound);
      listening.push(bound);
    }
  } catch (failure) {
    await Promise.all(ports.map(closePort));
    throw failure;
  }
  return { listening, stopped: stop(ports, hall.stopAll, signal) };
}

type Port = { readonly server: Server; readonly datagrams: DatagramPort | undefined };
type Hall = ReturnType<typeof openHall>;

async function openPort(
  place: Listen,
  protocol: TrackerProtocol | undefined,
  hall: Hall,
  { connections_max }: GatewayLimits,
  { log, clock }: GatewayOptions,
): Promise<Port & { readonly bound: Listen }> {
  const server = createServer({ allowHalfOpen: true, keepAlive: true, noDelay: true });
  server.maxConnections = connections_max;
  server.on("connection", (socket) => hall.welcome(socket, protocol, place.isToken));
  server.on("drop", () => trackerTurnedAway(log, place.protocol));
  const bound = { ...place, port: await bind(place, () => listen(server, place)) };
  server.on("error", (failure) => gatewayTroubled(log, place.protocol, failure.message));
  if (protocol && !protocol.datagrams) return { server, datagrams: undefined, bound };
  try {
    const parts = { protocol, open: hall.openDatagrams, shares: hall.shares, clock, log };
    return { server, datagrams: await bind(bound, () => listenForDatagrams(bound, parts)), bound };
  } catch (failure) {
    server.close();
    throw failure;
  }
}

async function closePort({ server, datagrams }: Port): Promise<void> {
  await Promise.all([new Promise((done) => server.close(done)), datagrams?.stop()]);
}

/** All connections of a gateway together: a device has one, the newest. */
function openHall(
  { devices, bus, clock, log, source = "feed/trackers" }: GatewayOptions,
  limits: GatewayLimits,
) {
  const outbox = openOutbox(bus, source);
  const shares = openShares(limits, clock);
  const rivals = openRivals(clock);
  const all = new Set<Connection>();
  const byDevice = new Map<string, Connection>();

  const common = { devices, cleaning: openCleaning(), outbox, clock, log };

  function welcome(socket: Socket, protocol: TrackerProtocol | undefined, isToken: Listen["isToken"]): void {
    const address = `${socket.remoteAddress}:${socket.remotePort}`;
    const link = { protocol: protocol?.name ?? ANY_PROTOCOL, address };
    let device: string | undefined;
    const leave = () => {
      if (device !== undefined && byDevice.get(device) === connection) byDevice.delete(device);
    };
    let conversation: Conversation | undefined;
    const open = (spoken: TrackerProtocol) => {
      conversation = openConversation({
        ...{ ...common, protocol: spoken, address, ...(isToken && { isToken }) },
        onSpeaker(device_id) {
          leave();
          if (spoken.shared_connections) return;
          device = `${spoken.name}:${device_id}`;
          byDevice.get(device)?.end("replaced");
          if (rivals.note(device, socket.remoteAddress ?? "")) deviceContested(log, { ...link, device_id });
          byDevice.set(device, connection);
        },
      });
      return conversation;
    };
    const connection = serveConnection(socket, { protocol, open, shares, log, link, ...limits });
    all.add(connection);
    trackerConnected(log, link);
    void connection.over.then(({ reason, why }) => {
      all.delete(connection);
      leave();
      const device_id = conversation?.findDevice();
      trackerDisconnected(log, { ...link, ...(device_id !== undefined && { device_id }) }, reason, why);
    });
  }

  function openDatagrams(protocol: TrackerProtocol, address: string): Conversation {
    // Behind one address of a mobile network may be many devices, and none of them holds a connection.
    return openConversation({ ...common, protocol, address, onSpeaker() {}, shared: true });
  }

  async function stopAll(): Promise<void> {
    for (const connection of all) connection.end("stopped");
    await Promise.all([...all].map(({ over }) => over));
  }

  return { welcome, openDatagrams, shares, stopAll };
}

async function stop(ports: readonly Port[], stopAll: () => Promise<void>, signal: AbortSignal) {
  if (!signal.aborted) await once(signal, "abort");
  const closed = ports.map(closePort);
  await stopAll();
  await Promise.all(closed);
}

/** @returns undefined for any of them. */
function findProtocol(name: string): TrackerProtocol | undefined {
  const protocol = findTrackerProtocol(name);
  if (protocol || name === ANY_PROTOCOL) return protocol;
  const known = [ANY_PROTOCOL, ...TRACKER_PROTOCOLS.map((each) => each.name)].join(", ");
  throw new AppError("PROTOCOL_UNKNOWN", `There is no tracker protocol "${name}"; known are ${known}.`);
}

/** @returns the port that it got. */
async function listen(server: Server, { host, port }: Listen): Promise<number> {
  server.listen({ port, host, backlog: BACKLOG });
  await once(server, "listening");
  const bound = server.address();
  return bound !== null && typeof bound === "object" ? bound.port : port;
}

async function bind<Result>({ protocol, host, port }: Listen, open: () => Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE") {
      throw new AppError(
        "PORT_TAKEN",
        `Port ${port} on ${host} is taken: another program, or another Yardline, listens there. Stop it, or choose another port, as in --tracker ${protocol}:${port + 1}.`,
        { cause },
      );
    }
    throw new AppError(
      "PORT_UNUSABLE",
      `Trackers cannot be awaited on ${host}, port ${port}: ${messageOf(cause)}.`,
      { cause },
    );
  }
}

import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { EventBus } from "@yardline/bus/event-bus";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { TrackerProtocol } from "@yardline/sources/trackers/protocol";
import { findTrackerProtocol, TRACKER_PROTOCOLS } from "@yardline/sources/trackers/protocols";
import {
  gatewayListening,
  gatewayTroubled,
  trackerConnected,
  trackerDisconnected,
  trackerTurnedAway,
} from "@yardline/telemetry/trackers";
import type { Logger } from "pino";
import { type Connection, serveConnection } from "./connection.ts";
import { openConversation } from "./conversation.ts";
import type { DeviceDirectory } from "./devices.ts";
import { openOutbox } from "./outbox.ts";
import { openShares, type ShareOptions } from "./share.ts";

/** Where devices of one protocol connect. Port 0 takes any free one. */
export type Listen = { readonly protocol: string; readonly host: string; readonly port: number };

export type GatewayLimits = ShareOptions & {
  /** Devices connected to one port at once. */
  readonly connections_max: number;
  /** A connection without one whole message for so long is given up. */
  readonly idle_ms: number;
};

/** A bus sends a fix each 5 to 10 s; after an afternoon without network it sends some thousands at once. */
export const GATEWAY_LIMITS: GatewayLimits = {
  connections_max: 500,
  idle_ms: 10 * 60_000,
  messages_per_s: 50,
  messages_at_once: 5000,
};

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
 * Takes positions of GPS trackers over TCP and puts them on the bus, topic `positions`, a `VehiclePosition` in JSON each, keyed
 * by vehicle. A device gets its answer only after the bus has acknowledged. Runs until `signal` aborts.
 * @throws AppError `PORT_TAKEN`, `PORT_UNUSABLE`, `PROTOCOL_UNKNOWN`; then nothing is left listening.
 */
export async function startGateway(options: GatewayOptions, signal: AbortSignal): Promise<Gateway> {
  const limits = { ...GATEWAY_LIMITS, ...options.limits };
  const serve = openHall(options, limits);
  const servers: Server[] = [];
  const listening: Listen[] = [];
  try {
    for (const place of options.listen) {
      const protocol = getProtocol(place.protocol);
      const server = createServer({ allowHalfOpen: true, keepAlive: true, noDelay: true });
      server.maxConnections = limits.connections_max;
      server.on("connection", (socket) => serve.welcome(socket, protocol));
      server.on("drop", () => trackerTurnedAway(options.log, place.protocol));
      servers.push(server);
      const bound = { ...place, port: await listen(server, place) };
      server.on("error", (failure) => gatewayTroubled(options.log, place.protocol, failure.message));
      gatewayListening(options.log, bound);
      listening.push(bound);
    }
  } catch (failure) {
    for (const server of servers) server.close();
    throw failure;
  }
  return { listening, stopped: stop(servers, serve.stopAll, signal) };
}

/** All connections of a gateway together: a device has one, the newest. */
function openHall(
  { devices, bus, clock, log, source = "feed/trackers" }: GatewayOptions,
  limits: GatewayLimits,
) {
  const outbox = openOutbox(bus, source);
  const shares = openShares(limits, clock);
  const all = new Set<Connection>();
  const byDevice = new Map<string, Connection>();

  function welcome(socket: Socket, protocol: TrackerProtocol): void {
    const link = { protocol: protocol.name, address: `${socket.remoteAddress}:${socket.remotePort}` };
    let device: string | undefined;
    const leave = () => {
      if (device !== undefined && byDevice.get(device) === connection) byDevice.delete(device);
    };
    const conversation = openConversation({
      ...{ protocol: protocol.name, address: link.address, devices, outbox, clock, log },
      onSpeaker(device_id) {
        leave();
        device = `${protocol.name}:${device_id}`;
        byDevice.get(device)?.end("replaced");
        byDevice.set(device, connection);
      },
    });
    const connection = serveConnection(socket, { protocol, conversation, shares, log, link, ...limits });
    all.add(connection);
    trackerConnected(log, link);
    void connection.over.then(({ reason, why }) => {
      all.delete(connection);
      leave();
      const device_id = conversation.findDevice();
      trackerDisconnected(log, { ...link, ...(device_id !== undefined && { device_id }) }, reason, why);
    });
  }

  async function stopAll(): Promise<void> {
    for (const connection of all) connection.end("stopped");
    await Promise.all([...all].map(({ over }) => over));
  }

  return { welcome, stopAll };
}

async function stop(servers: readonly Server[], stopAll: () => Promise<void>, signal: AbortSignal) {
  if (!signal.aborted) await once(signal, "abort");
  const closed = servers.map((server) => new Promise((done) => server.close(done)));
  await stopAll();
  await Promise.all(closed);
}

function getProtocol(name: string): TrackerProtocol {
  const protocol = findTrackerProtocol(name);
  if (protocol) return protocol;
  const known = TRACKER_PROTOCOLS.map((each) => each.name).join(", ");
  throw new AppError("PROTOCOL_UNKNOWN", `There is no tracker protocol "${name}"; known are ${known}.`);
}

/** @returns the port that it got. */
async function listen(server: Server, { protocol, host, port }: Listen): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, "listening");
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
  const bound = server.address();
  return bound !== null && typeof bound === "object" ? bound.port : port;
}

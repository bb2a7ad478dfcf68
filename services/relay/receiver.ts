import type { EventBus } from "@yardline/bus/event-bus";
import type { Clock } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import type { Logger } from "pino";
import { buildDoor, closeWith, type DoorOptions, type Listen, openDoor } from "./door.ts";
import { openEdgeDirectory } from "./edge-directory.ts";
import type { Identity } from "./identity.ts";
import { recordsRoute } from "./records-route.ts";
import { settingsRoutes } from "./settings-routes.ts";
import type { SigningKey } from "./signed.ts";
import { BATCH_BYTES_MAX } from "./wire.ts";

export type ReceiverLimits = {
  /** Records a second that one edge may send of one topic for ever: its catching up must not starve others' live events. */
  readonly records_per_s: number;
  /** What it may send at once before that holds. */
  readonly records_at_once: number;
};

/** An hour of a busy edge (10 events a second) is caught up in 18 s; thirty such edges at once fit what a Kafka cluster takes. */
export const RECEIVER_LIMITS: ReceiverLimits = { records_per_s: 2_000, records_at_once: 10_000 };

/** 300 edges keep two connections each open. */
const CONNECTIONS_MAX = 2_000;
const REQUEST_MS_MAX = 30_000;

export type ReceiverOptions = {
  readonly listen: Listen;
  /** Its certificate is of role `receiver`. */
  readonly tls: Identity;
  readonly bus: Pick<EventBus, "publish">;
  readonly records: Pick<Records, "find" | "list" | "write">;
  /** Signs the settings of edges. */
  readonly settings_key: SigningKey;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits?: Partial<ReceiverLimits>;
};

export type Receiver = {
  readonly port: number;
  /** Resolves when `signal` has stopped it; what was being taken is on the bus and acknowledged, or neither. */
  readonly stopped: Promise<void>;
};

/**
 * The region's side of every edge: takes their records onto the region's bus, gives them their settings, notes their reports.
 * It alone publishes there. An answer follows the bus's acknowledgement.
 * @throws AppError `PORT_UNUSABLE`.
 */
export async function startReceiver(options: ReceiverOptions, signal: AbortSignal): Promise<Receiver> {
  const { tls, records, clock, log } = options;
  const limits = { ...RECEIVER_LIMITS, ...options.limits };
  const door: DoorOptions = {
    ...{ name: "receiver", role: "edge", tls, clock, log },
    limits: {
      connections_max: CONNECTIONS_MAX,
      request_ms_max: REQUEST_MS_MAX,
      body_bytes_max: BATCH_BYTES_MAX,
    },
  };
  const app = buildDoor(door);
  const directory = openEdgeDirectory(records, clock);
  await app.register(recordsRoute, { ...options, directory, limits, signal });
  await app.register(settingsRoutes, { ...options, directory });
  const port = await openDoor(app, door, options.listen);
  return { port, stopped: closeWith(app, signal) };
}

import type { EventBus } from "@yardline/bus/event-bus";
import { handleBatches } from "@yardline/bus/handle-batches";
import { readPosition } from "@yardline/bus/position-record";
import type { Clock } from "@yardline/domain/time";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { onwardSent, onwardWaits } from "@yardline/telemetry/trackers";
import type { Logger } from "pino";
import { openEgtsSender } from "./onward-egts.ts";
import { openWialonSender } from "./onward-wialon.ts";

/** A receiver of a region or a ministry. */
export type Hub = {
  /** Of ours: its place on the bus is kept under it. */
  readonly name: string;
  readonly protocol: "egts" | "wialon-ips";
  readonly host: string;
  readonly port: number;
  /** How EGTS names this platform; 0 where the receiver gave no number. */
  readonly dispatcher_id?: number;
};

/** What became of some positions: taken, refused by the receiver, or of vehicles that its protocol has no name for. */
export type Delivery = { readonly sent: number; readonly refused: number; readonly unnamed: number };

export type HubSender = {
  /** @throws AppError `HUB_AWAY` (retryable): some of them may have been taken, and come again. */
  send(positions: readonly VehiclePosition[]): Promise<Delivery>;
  close(): void;
};

type Parts = {
  readonly bus: Pick<EventBus, "subscribe">;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Logger;
};

/**
 * Passes every position on to a receiver, in the bus's order and until it has confirmed each. What waits meanwhile waits on the bus, on
 * disk and within its retention. Resolves after the signal.
 * @throws AppError that no waiting mends.
 */
export async function runOnward({ bus, hub, clock, log }: Parts, signal: AbortSignal): Promise<void> {
  const sender = hub.protocol === "egts" ? openEgtsSender(hub, signal) : openWialonSender(hub, clock, signal);
  try {
    await handleBatches({
      ...{ bus, topic: "positions", group: `onward-${hub.name}`, signal },
      waits: (error, wait_ms) => onwardWaits(log, { hub: hub.name, code: error.code, wait_ms }),
      async handle(batch) {
        const positions = batch.flatMap(({ body }) => readPosition(body) ?? []);
        onwardSent(log, hub.name, await sender.send(positions));
      },
    });
  } finally {
    sender.close();
  }
}

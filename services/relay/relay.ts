import type { EventBus } from "@yardline/bus/event-bus";
import type { Clock } from "@yardline/domain/time";
import type { Logger } from "pino";
import type { Identity } from "./identity.ts";
import { runLane } from "./lane.ts";
import { openRegion } from "./region-client.ts";
import { RELAYED } from "./wire.ts";

export type RelayOptions = {
  readonly bus: Pick<EventBus, "subscribe" | "lag" | "publish">;
  /** As https://region.example:8443. */
  readonly region: URL;
  /** Its certificate is of role `edge`. */
  readonly identity: Identity;
  readonly clock: Clock;
  /** Between 0 and 1: spreads the edges of a region over time when all of them come back at once. */
  readonly random: () => number;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** From sending a batch to giving up on its receipt. */
  readonly answer_ms_max?: number;
};

/**
 * Copies an edge's events, positions and camera statuses to its region, from where it stopped, each topic in a lane of its own: a
 * morning of late positions holds up no event. How far it got is the bus's offset of the group `relay`, which moves only after the region has
 * acknowledged. While the link is down it waits and keeps nothing but the batch it holds. An event that the region refuses goes to the
 * edge's own dead letters. Resolves after the signal.
 * @throws AppError of the bus that no waiting mends.
 */
export async function runRelay(options: RelayOptions): Promise<void> {
  const receiver = openRegion(options);
  try {
    await Promise.all(RELAYED.map((topic) => runLane(topic, receiver, options)));
  } finally {
    receiver.close();
  }
}

import type { EventBus } from "@yardline/bus/event-bus";
import type { EdgeParts } from "@yardline/edge/edge";
import { openOutbox } from "@yardline/trackers/outbox";
import { openRideFeed, type RideFeed } from "@yardline/trackers/ride";
import type { Site } from "../site.ts";

/** Where cameras ride, they tell their vehicles' places to whoever follows vehicles. */
export function followRides(
  bus: EventBus,
  { clock, log }: Pick<Site, "clock" | "log">,
): NonNullable<EdgeParts["ridden"]> {
  const outbox = openOutbox(bus, "cameras");
  const feeds = new Map<string, RideFeed>();
  return (camera, vehicle_id, fixes) => {
    const feed = feeds.get(camera) ?? openRideFeed(camera, { outbox, clock, log });
    feeds.set(camera, feed);
    feed(vehicle_id, fixes);
  };
}

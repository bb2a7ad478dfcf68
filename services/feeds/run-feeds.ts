import type { EventBus } from "@yardline/bus/event-bus";
import type { Clock } from "@yardline/domain/time";
import type { FeedLoss } from "@yardline/events/transit-feed-lost";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Records } from "@yardline/records/records";
import type { DeviceDirectory } from "@yardline/trackers/devices";
import { openOutbox } from "@yardline/trackers/outbox";
import type { Logger } from "pino";
import type { Feed, FeedParts } from "./feed.ts";
import type { FeedChange } from "./feed-watch.ts";
import { followFeed } from "./follow-feed.ts";
import { openHidingKey } from "./hiding-key.ts";
import { openIntake } from "./intake.ts";
import { closeForgottenLosses, openLossTeller } from "./loss-teller.ts";
import { pollFeed } from "./poll-feed.ts";

export type FeedsOptions = {
  readonly feeds: readonly Feed[];
  readonly bus: Pick<EventBus, "publish">;
  readonly records: Pick<Records, "find" | "write">;
  /** Which bus carries a device, for feeds that name devices. */
  readonly devices: DeviceDirectory;
  readonly producer: Producer;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
};

export type RunningFeed = {
  readonly name: string;
  /** Resolves when `signal` has stopped it; rejects for a fault of ours alone. */
  readonly stopped: Promise<void>;
  /** Why it tells nothing of now; undefined while it does. */
  findTrouble(): FeedLoss | "waiting" | undefined;
};

/**
 * Takes positions of other systems and puts them on the bus, topic `positions`, a `VehiclePosition` in JSON each, keyed by vehicle,
 * until `signal` aborts. One feed that is away or hostile holds up no other.
 * @throws AppError of the bus or the records.
 */
export async function startFeeds(
  options: FeedsOptions,
  signal: AbortSignal,
): Promise<readonly RunningFeed[]> {
  const { feeds, records, producer } = options;
  await closeForgottenLosses(
    producer,
    feeds.map(({ name }) => name),
  );
  const hiding_key = await openHidingKey(records);
  return feeds.map((feed) => {
    let trouble: FeedLoss | "waiting" | undefined = "waiting";
    const onChange = (change: FeedChange) => {
      trouble = change.kind === "lost" ? change.why : undefined;
    };
    const stopped = run(feed, { hiding_key, onChange }, options, signal);
    return { name: feed.name, stopped, findTrouble: () => trouble };
  });
}

async function run(
  feed: Feed,
  { hiding_key, onChange }: { readonly hiding_key: Uint8Array } & Pick<FeedParts, "onChange">,
  { bus, devices, producer, clock, random, log }: FeedsOptions,
  signal: AbortSignal,
): Promise<void> {
  const outbox = openOutbox(bus, `feed/${feed.name}`);
  const spacing_ms = feed.from.way === "mqtt" ? feed.every_ms : 0;
  const common = { feed: feed.name, ids: feed.ids, devices, hiding_key, clock };
  const losses = openLossTeller(feed.name, { producer, log }, signal);
  const parts: FeedParts = {
    intake: openIntake({ ...common, spacing_ms, outbox }),
    ...{ clock, random, log },
    onChange(change) {
      losses.take(change);
      onChange(change);
    },
  };
  if (feed.from.way === "poll") await pollFeed(feed, feed.from, parts, signal);
  else await followFeed(feed, feed.from, parts, signal);
  await losses.settled();
}

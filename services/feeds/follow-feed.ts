import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { FeedContent, FeedFix, LeftOut } from "@yardline/sources/feeds/feed";
import { listenOverMqtt } from "@yardline/sources/feeds/mqtt-subscription";
import { feedWaits } from "@yardline/telemetry/feeds";
import { backOff_ms, type Desk, type Feed, type FeedParts, openDesk } from "./feed.ts";

/** Messages that wait to be published; while so many do, the broker is not read on. */
const WAITING_MAX = 5_000;
/** What comes within so long goes to the bus together. */
const BATCH_EVERY_MS = 200;
const RETRY_MS = 1_000;
const BACK_OFF_MS = { first: 1_000, max: 60_000 } as const;

type Followed = Extract<Feed["from"], { way: "mqtt" }>;

/** Listens to a feed over MQTT, and connects again whenever it must, until `signal` aborts. Rejects for a fault of ours alone. */
export async function followFeed(
  feed: Feed,
  from: Followed,
  parts: FeedParts,
  signal: AbortSignal,
): Promise<void> {
  const desk = openDesk(feed, parts);
  const queue = openQueue(feed, desk, parts, signal);
  await Promise.all([
    connectAgain(feed, from, { desk, queue, random: parts.random }, signal),
    queue.publishing,
  ]);
}

type Line = { readonly desk: Desk; readonly queue: Queue; readonly random: () => number };

async function connectAgain(feed: Feed, from: Followed, { desk, queue, random }: Line, signal: AbortSignal) {
  let failures = 0;
  const line = {
    ...from,
    bytes_max: feed.format.bytes_max,
    onSubscribed() {},
    hear(topic: string, bytes: Uint8Array): Promise<void> {
      failures = 0;
      return queue.put(topic, bytes);
    },
  };
  while (!signal.aborted) {
    try {
      await listenOverMqtt(line, signal);
    } catch (failure) {
      if (!(failure instanceof AppError)) throw failure;
      desk.failed(failure);
    }
    const wait_ms = backOff_ms(failures++, BACK_OFF_MS.first, BACK_OFF_MS.max, random);
    await delay(wait_ms, undefined, { signal }).catch(() => undefined);
  }
}

type Queue = ReturnType<typeof openQueue>;

/** Gathers messages and publishes them together; a message that cannot be read costs itself alone. */
function openQueue(feed: Feed, desk: Desk, { log }: FeedParts, signal: AbortSignal) {
  let fixes: FeedFix[] = [];
  let left_out = new Map<LeftOut, number>();
  let drained = Promise.withResolvers<void>();

  async function publish(content: FeedContent): Promise<void> {
    while (!signal.aborted) {
      try {
        return await desk.take(content);
      } catch (failure) {
        if (!(failure instanceof AppError)) throw failure;
        feedWaits(log, feed.name, failure.code);
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await delay(BATCH_EVERY_MS, undefined, { signal }).catch(() => undefined);
      const content = { fixes, left_out };
      [fixes, left_out] = [[], new Map()];
      if (content.fixes.length + content.left_out.size > 0) await publish(content);
      else desk.look();
      drained.resolve();
      drained = Promise.withResolvers();
    }
    drained.resolve();
  }

  return {
    publishing: run(),
    /** Resolves when the next message may come. */
    async put(topic: string, bytes: Uint8Array): Promise<void> {
      try {
        const content = desk.read(bytes, topic);
        fixes.push(...content.fixes);
        for (const [why, count] of content.left_out) left_out.set(why, (left_out.get(why) ?? 0) + count);
      } catch (failure) {
        if (!(failure instanceof AppError)) throw failure;
        desk.failed(failure);
      }
      if (fixes.length < WAITING_MAX) return;
      feedWaits(log, feed.name, "TOO_MANY");
      await drained.promise;
    },
  };
}

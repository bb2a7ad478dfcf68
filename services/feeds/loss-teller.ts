import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import { dataOf } from "@yardline/events/event-type";
import { transitFeedLost } from "@yardline/events/transit-feed-lost";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Said } from "@yardline/records/revise";
import { feedLossUntold } from "@yardline/telemetry/feeds";
import type { Logger } from "pino";
import type { Static } from "typebox";
import type { FeedChange } from "./feed-watch.ts";

const RETRY_MS = 5_000;
/** Statements of one feed that wait for the bus; the oldest go first, since each is whole. */
const WAITING_MAX = 20;

type Loss = Static<typeof transitFeedLost.data>;

/** States that a feed is lost, and that it is back. One that was lost before a restart goes on being the same loss. */
export function openLossTeller(
  feed: string,
  { producer, log }: { readonly producer: Producer; readonly log: Logger },
  signal: AbortSignal,
) {
  const waiting: Said[] = [];
  let telling: Promise<void> | undefined;
  let open = listLosses(producer).find((loss) => loss.feed === feed);

  function say(data: Loss, state: Said["state"]): void {
    waiting.push(said(data, state));
    if (waiting.length > WAITING_MAX) waiting.shift();
    telling ??= tell().finally(() => {
      telling = undefined;
    });
  }

  async function tell(): Promise<void> {
    while (waiting.length > 0 && !signal.aborted) {
      try {
        await producer.state(waiting.slice(0, 1));
        waiting.shift();
      } catch (failure) {
        if (!(failure instanceof AppError)) throw failure;
        feedLossUntold(log, feed, failure.code);
        if (!failure.retryable) waiting.shift();
        else await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  return {
    take(change: FeedChange): void {
      if (change.kind === "lost") {
        const state = open ? "updated" : "open";
        open = { feed, since: open?.since ?? isoOf(change.since_ms), why: change.why };
        say(open, state);
      } else if (open) {
        say({ ...open, until: isoOf(change.at_ms), ended: "returned" }, "closed");
        open = undefined;
      }
    },
    /** Resolves when nothing is being told. */
    settled: async () => telling,
  };
}

/** Ends the losses of feeds that the settings name no more. */
export async function closeForgottenLosses(producer: Producer, feeds: readonly string[]): Promise<void> {
  const forgotten = listLosses(producer).filter(({ feed }) => !feeds.includes(feed));
  if (forgotten.length === 0) return;
  await producer.state(forgotten.map((loss) => said({ ...loss, ended: "lost" }, "closed")));
}

function listLosses(producer: Producer): readonly Loss[] {
  return producer.listOpen().flatMap((event) => dataOf(transitFeedLost, event) ?? []);
}

function said(data: Loss, state: Said["state"]): Said {
  return { eventType: transitFeedLost, source: `feed/${data.feed}`, data, state, severity: "notice" };
}

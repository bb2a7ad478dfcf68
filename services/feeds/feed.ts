import type { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { FeedLoss } from "@yardline/events/transit-feed-lost";
import type { FeedContent, FeedFormat } from "@yardline/sources/feeds/feed";
import type { MqttOptions } from "@yardline/sources/feeds/mqtt-subscription";
import {
  feedBehind,
  feedFailed,
  feedFresh,
  feedLost,
  feedTaken,
  feedUnchanged,
} from "@yardline/telemetry/feeds";
import type { Logger } from "pino";
import { AHEAD_MS_MAX, type FeedChange, FeedWatch } from "./feed-watch.ts";
import type { FeedIds, Intake } from "./intake.ts";

/** One feed of positions, as the settings and their secret files have it. */
export type Feed = {
  /** Lower-case letters, digits and hyphens: names it in logs, metrics and events. */
  readonly name: string;
  readonly format: FeedFormat;
  /** What the format itself must be told. */
  readonly settings: unknown;
  readonly ids: FeedIds;
  /** How often it is asked; over MQTT how often a vehicle's position is taken. */
  readonly every_ms: number;
  /** Data are fresh for so long. */
  readonly stale_after_ms: number;
  readonly from:
    | ({
        readonly way: "poll";
        readonly url: URL;
        readonly headers: Readonly<Record<string, string>>;
      } & Pick<MqttOptions, "trust">)
    | ({ readonly way: "mqtt" } & Pick<MqttOptions, "broker" | "topic" | "qos" | "credentials" | "trust">);
};

export type FeedParts = {
  readonly intake: Intake;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
  /** Told when a feed is lost, why has changed, or it is back. */
  onChange(change: FeedChange): void;
};

/** Takes whatever comes of a feed: counts it, tells what has changed, and hands on what is of now. */
export function openDesk(feed: Feed, { intake, clock, log, onChange }: FeedParts) {
  const { name } = feed;
  const watch = new FeedWatch(feed.stale_after_ms, clock.now_ms());
  const reader = feed.format.open(feed.settings);
  let made_at_ms: EpochMs | undefined;
  let told: string | undefined;

  function look(): void {
    const change = watch.look(clock.now_ms());
    if (!change) return;
    if (change.kind === "lost") feedLost(log, name, change.why);
    else {
      feedFresh(log, name);
      told = undefined;
    }
    onChange(change);
  }

  return {
    /** @throws AppError of the format. */
    read(bytes: Uint8Array, topic?: string): FeedContent {
      return reader({ bytes, received_at_ms: clock.now_ms(), ...(topic !== undefined && { topic }) });
    },
    /** To be called now and then, since silence tells nothing of itself. */
    look,
    /** @throws AppError of the bus or the records; then the same may be taken again. */
    async take(content: FeedContent): Promise<void> {
      const now_ms = clock.now_ms();
      // One without vehicles and without a time of its own says that no bus drives, and that is of now.
      made_at_ms = madeAt(content, now_ms) ?? now_ms;
      feedBehind(name, now_ms - made_at_ms);
      const isOfNow = watch.heard(made_at_ms, now_ms);
      const taken = isOfNow ? await intake.take(content, now_ms) : heldBack(content);
      feedTaken(log, name, taken);
      look();
    },
    /** The server has nothing newer than what was taken last. */
    unchanged(): void {
      const now_ms = clock.now_ms();
      feedUnchanged(name);
      if (made_at_ms !== undefined) {
        feedBehind(name, now_ms - made_at_ms);
        watch.heard(made_at_ms, now_ms);
      }
      look();
    },
    failed({ code, message }: AppError): void {
      feedFailed(log, name, { code, why: message, repeated: told === code });
      told = code;
      watch.failed(LOSS_BY_CODE[code] ?? "unreachable");
      look();
    },
  };
}

export type Desk = ReturnType<typeof openDesk>;

const LOSS_BY_CODE: Readonly<Record<string, FeedLoss>> = {
  FEED_BROKEN: "broken",
  FEED_MAPPING: "broken",
  FEED_TOO_MUCH: "broken",
  MQTT_TOO_MUCH: "broken",
  FEED_ANSWER: "refused",
  FEED_REFUSED: "refused",
  MQTT_FORBIDDEN: "refused",
  ADDRESS_FORBIDDEN: "refused",
};

/** When the content was made, by its own word or by its newest position; one vehicle whose clock is ahead speaks for itself alone. */
function madeAt({ made_at_ms, fixes }: FeedContent, now_ms: EpochMs): EpochMs | undefined {
  if (made_at_ms !== undefined) return made_at_ms;
  const times = fixes.flatMap(({ at_ms }) => at_ms ?? []);
  const believable = times.filter((at_ms) => at_ms <= now_ms + AHEAD_MS_MAX);
  const [first, ...others] = believable.length > 0 ? believable : times;
  return others.reduce<EpochMs | undefined>((newest, at_ms) => Math.max(newest ?? at_ms, at_ms), first);
}

function heldBack({ fixes, left_out }: FeedContent) {
  return { positions: 0, counts: new Map<string, number>([...left_out, ["not-of-now", fixes.length]]) };
}

/** How long to wait after so many failures in a row: twice as long with each, up to a limit; not all feeds at once. */
export function backOff_ms(failures: number, first_ms: number, max_ms: number, random: () => number): number {
  const wait_ms = Math.min(max_ms, first_ms * 2 ** Math.min(30, failures));
  return wait_ms * (0.9 + random() / 5);
}

import type { EpochMs } from "@yardline/domain/time";
import type { Entity, Message } from "./message.ts";
import { type Breach, breachesOf, type Look, type Rules } from "./rule.ts";

const VERSIONS = ["1.0", "2.0"];
/** Oldest and newest second that is believed to be POSIX time: the years 2005 and 2100. Milliseconds are far beyond. */
const [POSIX_MIN_S, POSIX_MAX_S] = [1_104_537_600, 4_102_444_800] as const;
/** A sender's clock may be ahead so far. */
const AHEAD_MAX_S = 60;
/** A feed older than this is stale; and how often it should come. */
const AGE_MAX_S = 65;
const REFRESH_MAX_S = 35;

/** What a feed says of itself. */
const HEADER: Rules<Message> = {
  E038: ({ header: { gtfsRealtimeVersion: version = "" } = {} }) =>
    !VERSIONS.includes(version) && `gtfs_realtime_version is ${version || "missing"}`,
  E048: ({ header }) => isSecond(header) && header?.timestamp === undefined && "timestamp is missing",
  E049: ({ header }) =>
    isSecond(header) && header?.incrementality === undefined && "incrementality is missing",
};

/** A time anywhere in the feed: of the header, of an entity, or that of an arrival. */
type Stamp = {
  readonly time: number | undefined;
  readonly now_ms: EpochMs;
  /** The header's own, for what lies below it. */
  readonly header?: number | undefined;
};

const POSIX = {
  E001: ({ time }: Stamp) =>
    time !== undefined &&
    (time < POSIX_MIN_S || time > POSIX_MAX_S) &&
    `${time} is not in seconds since 1970`,
};

const STAMPS = {
  ...POSIX,
  W001: ({ time }: Stamp) => time === undefined && "timestamp is not populated",
  E050: ({ time = 0, now_ms }: Stamp) =>
    time - now_ms / 1000 > AHEAD_MAX_S && `timestamp is ${Math.round(time - now_ms / 1000)} s ahead`,
};

const HEADER_STAMP: Rules<Stamp> = {
  ...STAMPS,
  W008: ({ time, now_ms }) =>
    time !== undefined &&
    now_ms / 1000 - time > AGE_MAX_S &&
    `timestamp is ${Math.round(now_ms / 1000 - time)} s old`,
};

const ENTITY_STAMP: Rules<Stamp> = {
  ...STAMPS,
  E012: ({ time = 0, header = Number.POSITIVE_INFINITY }) =>
    time > header && `timestamp ${time} is after the header's ${header}`,
};

const DELETED: Rules<{ readonly entity: Entity; readonly message: Message }> = {
  E039: ({ entity, message }) =>
    entity.isDeleted !== undefined &&
    message.header?.incrementality !== "DIFFERENTIAL" &&
    "is_deleted is for DIFFERENTIAL feeds only",
};

type Pair = { readonly was: Message; readonly is: Message; readonly later_s: number };

/** One fetch after another. */
const SEQUENCE: Rules<Pair> = {
  E017: ({ was, is, later_s }) =>
    later_s === 0 &&
    JSON.stringify(was.entity) !== JSON.stringify(is.entity) &&
    "the content changed, the timestamp did not",
  E018: ({ later_s }) => later_s < 0 && `timestamp went back by ${-later_s} s`,
  W007: ({ later_s }) => later_s > REFRESH_MAX_S && `${later_s} s since the feed before`,
};

/** E001, E012, E017, E018, E038, E039, E048 … E050, W001, W007, W008: the feed as a whole, and its times. */
export function* checkHeader({ message, before, now_ms }: Look): Iterable<Breach> {
  const header = message.header?.timestamp;
  yield* breachesOf(HEADER, "header", message);
  yield* breachesOf(HEADER_STAMP, "header", { time: header, now_ms });
  const was = before?.header?.timestamp;
  if (before && was !== undefined && header !== undefined)
    yield* breachesOf(SEQUENCE, "header", { was: before, is: message, later_s: header - was });
  for (const entity of message.entity ?? []) {
    yield* breachesOf(DELETED, entity.id, { entity, message });
    const stamped = entity.tripUpdate ?? entity.vehicle;
    if (stamped) yield* breachesOf(ENTITY_STAMP, entity.id, { time: stamped.timestamp, header, now_ms });
    for (const time of timesOf(entity)) yield* breachesOf(POSIX, entity.id, { time, now_ms });
  }
}

function isSecond(header: Message["header"]): boolean {
  return header?.gtfsRealtimeVersion !== "1.0";
}

function timesOf({ tripUpdate }: Entity): readonly number[] {
  return (tripUpdate?.stopTimeUpdate ?? []).flatMap(({ arrival, departure }) =>
    [arrival?.time, departure?.time].filter((time) => time !== undefined),
  );
}

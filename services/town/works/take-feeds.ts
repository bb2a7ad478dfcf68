import { AppError, messageOf } from "@yardline/domain/errors";
import type { Feed } from "@yardline/feeds/feed";
import { startFeeds } from "@yardline/feeds/run-feeds";
import { FEED_FORMATS } from "@yardline/sources/feeds/feeds";
import { openDeviceDirectory } from "@yardline/trackers/devices";
import { DEFAULT_EVERY_S, DEFAULT_STALE_AFTER_S, type FeedConfig } from "../feed-settings.ts";
import { readSecretText, type Site } from "../site.ts";
import { producerOf } from "./producer.ts";

/** Takes positions of other systems. @throws AppError `TOWN_CONFIG` for a feed whose files cannot be read. */
export async function startFeeding(site: Site, signal: AbortSignal): Promise<void> {
  const { config, stores, parts, clock, log } = site;
  if (config.feeds === undefined) return;
  const feeds = await Promise.all(config.feeds.map((feed) => readFeed(feed, site)));
  const [bus, records, producer] = await Promise.all([
    stores.bus(),
    stores.records(),
    producerOf(site, "feeds"),
  ]);
  const { devices: named = [], unknown_devices: unknown = "quarantine" } = config;
  const devices = openDeviceDirectory(records, clock, { devices: named, unknown });
  const options = { feeds, bus, records, devices, producer, clock, random: Math.random, log };
  for (const { name, stopped, findTrouble } of await startFeeds(options, signal)) {
    parts.run(`feed ${name}`, false, stopped, () => {
      const why = findTrouble();
      return why && { code: `feed-${why}`, message: why === "waiting" ? "nothing yet" : why };
    });
  }
}

async function readFeed(feed: FeedConfig, site: Site): Promise<Feed> {
  const format = FEED_FORMATS.find(({ name }) => name === feed.format);
  if (!format) throw new AppError("TOWN_CONFIG", `feed "${feed.name}": there is no format "${feed.format}"`);
  const secret = secretReader(feed.name, site);
  const { every_s = DEFAULT_EVERY_S[format.way], stale_after_s = DEFAULT_STALE_AFTER_S } = feed;
  return {
    name: feed.name,
    format,
    settings: feed,
    ids: feed.ids ?? "fleet",
    every_ms: every_s * 1000,
    stale_after_ms: stale_after_s * 1000,
    from: "broker" in feed ? await followed(feed, format.topic, secret) : await polled(feed, secret),
  };
}

type Secret = (path: string | undefined) => Promise<string | undefined>;

/** Reads a file of the settings; what it holds is in no error. */
function secretReader(feed: string, site: Site): Secret {
  return async (path) => {
    if (path === undefined) return undefined;
    try {
      return (await readSecretText(site, path)).trim();
    } catch (cause) {
      throw new AppError("TOWN_CONFIG", `feed "${feed}": ${messageOf(cause)}`, { cause });
    }
  };
}

async function trustOf({ ca_file }: FeedConfig, secret: Secret) {
  const ca = await secret(ca_file);
  return ca === undefined ? {} : { ca };
}

async function followed(
  feed: Extract<FeedConfig, { broker: string }>,
  usual_topic: string | undefined,
  secret: Secret,
): Promise<Feed["from"]> {
  const { broker, topic = usual_topic ?? "#", qos = 0, user, password_file } = feed;
  const password = await secret(password_file);
  return {
    way: "mqtt",
    broker: new URL(broker),
    topic,
    qos,
    ...(user !== undefined && { credentials: { username: user, password: password ?? "" } }),
    trust: await trustOf(feed, secret),
  };
}

async function polled(feed: Exclude<FeedConfig, { broker: string }>, secret: Secret): Promise<Feed["from"]> {
  const url = URL.parse(feed.url ?? (await secret(feed.url_file)) ?? "");
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    const why = "url_file must hold one address, https:// or http://, without a user and password in it";
    throw new AppError("TOWN_CONFIG", `feed "${feed.name}": ${why}`);
  }
  const line = await secret(feed.header_file);
  return {
    way: "poll",
    url,
    headers: line === undefined ? {} : headerOf(feed.name, line),
    trust: await trustOf(feed, secret),
  };
}

function headerOf(feed: string, line: string): Readonly<Record<string, string>> {
  const [, name, value] = /^([!#$%&'*+.^`|~\w-]+): *([\x20-\x7e]+)$/.exec(line) ?? [];
  if (name !== undefined && value !== undefined) return { [name.toLowerCase()]: value };
  throw new AppError(
    "TOWN_CONFIG",
    `feed "${feed}": header_file must hold one line, as in Authorization: Bearer …`,
  );
}

import { setTimeout as delay } from "node:timers/promises";
import type { Trouble } from "@yardline/api/health-codes";
import { SharedLines } from "@yardline/api/shared-lines";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import { fetchFeed } from "@yardline/sources/feeds/fetch-feed";
import { Compile } from "typebox/compile";
import type { NeighbourSettings } from "../neighbour-settings.ts";
import { readSecretText, type Site } from "../site.ts";

/** A neighbour is asked so often. */
const EVERY_MS = 10_000;
/** What a neighbour told stands so long while it cannot be asked; what it refuses is gone at once. */
const KEPT_MS = 45_000;
const BYTES_MAX = 8_000_000;
const validator = Compile(SharedLines);

type Neighbour = { readonly name: string; readonly url: URL; readonly token: string };

/**
 * What neighbours share with this town now, asked for again and again. One that has ended its share answers that it knows us no more,
 * and its lines are gone with that answer; one that is away keeps them for less than a minute.
 * @returns undefined where the settings name no neighbour.
 * @throws AppError `TOWN_CONFIG` for a token file that cannot be read.
 */
export async function followNeighbours(
  site: Pick<Site, "config" | "base" | "stores" | "keys" | "parts" | "clock">,
  signal: AbortSignal,
): Promise<((now_ms: EpochMs) => readonly SharedLines[]) | undefined> {
  const { config, parts, clock } = site;
  if (config.neighbours === undefined) return undefined;
  const neighbours = await Promise.all(config.neighbours.map((each) => readNeighbour(each, site)));
  const followed = neighbours.map((neighbour) => {
    const { stopped, findTrouble, find } = followOne(neighbour, clock, signal);
    parts.run(`neighbour ${neighbour.name}`, false, stopped, findTrouble);
    return find;
  });
  return (now_ms) => followed.flatMap((find) => find(now_ms) ?? []);
}

async function readNeighbour(
  { name, url, token_file }: NeighbourSettings,
  site: Pick<Site, "base" | "stores" | "keys">,
): Promise<Neighbour> {
  try {
    const token = (await readSecretText(site, token_file)).trim();
    return { name, url: new URL("v1/shared", url.endsWith("/") ? url : `${url}/`), token };
  } catch (cause) {
    throw new AppError("TOWN_CONFIG", `neighbour "${name}": ${messageOf(cause)}`, { cause });
  }
}

/** @param every_ms for tests, which have less patience. */
export function followOne(
  { url, token }: Neighbour,
  clock: Pick<Clock, "now_ms">,
  signal: AbortSignal,
  every_ms = EVERY_MS,
) {
  let told: { readonly shared: SharedLines; readonly heard_ms: EpochMs } | undefined;
  let trouble: Trouble | undefined = { code: "neighbour-waiting", message: "nothing yet" };

  async function ask(): Promise<void> {
    const headers = { authorization: `Bearer ${token}` };
    const request = { url, headers, trust: {}, accept: "application/json", bytes_max: BYTES_MAX, signal };
    const answer = await fetchFeed(request);
    if (answer === "unchanged") return;
    if ("refused" in answer) {
      told = undefined;
      throw answer.refused;
    }
    const shared: unknown = JSON.parse(Buffer.from(answer.bytes).toString());
    if (!validator.Check(shared))
      throw new AppError("FEED_BROKEN", "What it tells is not what neighbours share");
    told = { shared, heard_ms: clock.now_ms() };
    trouble = undefined;
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await ask().catch((thrown: unknown) => {
        if (!(thrown instanceof AppError || thrown instanceof SyntaxError)) throw thrown;
        trouble = { code: "neighbour-lost", message: messageOf(thrown) };
      });
      await delay(every_ms, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    stopped: run(),
    findTrouble: () => trouble,
    find(now_ms: EpochMs): SharedLines | undefined {
      if (!told || Math.abs(now_ms - told.heard_ms) >= KEPT_MS) return undefined;
      const { until } = told.shared;
      return until !== undefined && now_ms >= Date.parse(until) ? undefined : told.shared;
    },
  };
}

import { AppError } from "@yardline/domain/errors";
import type { Timetable } from "@yardline/timetable/timetable";
import { followTransit, startTransit, type Transit } from "@yardline/transit/transit";
import { timetableFeeds } from "../config.ts";
import type { Site } from "../site.ts";
import { TownTimetables } from "../timetables/town-timetables.ts";
import { producerOf } from "./producer.ts";

/** @throws AppError of a timetable that cannot be loaded; undefined where the settings name none. */
export async function openTimetables(site: Site, signal: AbortSignal): Promise<TownTimetables | undefined> {
  const feeds = timetableFeeds(site.config);
  if (feeds.length === 0) return undefined;
  const { base, folder, clock, log } = site;
  return TownTimetables.open(feeds, { base, folder, clock, log, signal });
}

/** Follows the buses and states what the rules find. */
export async function startStating(
  site: Site,
  timetables: TownTimetables,
  signal: AbortSignal,
): Promise<Transit> {
  const { stores } = site;
  const [bus, records, producer] = await Promise.all([
    stores.bus(),
    stores.records(),
    producerOf(site, "transit"),
  ]);
  const settings = { ...commonOf(site), bus, records, producer };
  return running(
    site,
    timetables,
    await startTransit({ ...settings, timetables: some(timetables) }, signal),
    signal,
  );
}

/** Follows the buses for whoever asks about them, and states nothing: another process does. */
export async function startFollowing(
  site: Site,
  timetables: TownTimetables,
  signal: AbortSignal,
): Promise<Transit> {
  const { stores } = site;
  const [bus, records] = await Promise.all([stores.bus(), stores.records()]);
  const settings = { ...commonOf(site), bus, records };
  return running(
    site,
    timetables,
    await followTransit({ ...settings, timetables: some(timetables) }, signal),
    signal,
  );
}

function commonOf({ config, clock, log }: Site) {
  const { public_vehicle_ids: public_ids } = config;
  return { tenant: config.town.tenant, ...(public_ids && { public_ids }), clock, log };
}

/** Newer timetables are followed as they come. */
function running(
  { parts }: Site,
  timetables: TownTimetables,
  transit: Transit,
  signal: AbortSignal,
): Transit {
  parts.run("transit", true, transit.stopped);
  parts.run(
    "timetables",
    false,
    timetables.follow(() => transit.adopt(some(timetables)), signal),
  );
  return transit;
}

function some({ now: [first, ...others] }: TownTimetables): readonly [Timetable, ...Timetable[]] {
  if (!first) throw new AppError("TIMETABLE_EMPTY", "There is no timetable.");
  return [first, ...others];
}

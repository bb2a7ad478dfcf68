import { followTransit, startTransit, type Transit } from "@yardline/transit/transit";
import { timetableFeeds } from "../config.ts";
import { ownerOfTimetables } from "../section-settings.ts";
import type { Site } from "../site.ts";
import { findTimetableTrouble } from "../timetables/timetable-trouble.ts";
import { TownTimetables } from "../timetables/town-timetables.ts";
import { producerOf } from "./producer.ts";

/** @throws AppError of a timetable that cannot be loaded; undefined where the settings name none. */
export async function openTimetables(site: Site, signal: AbortSignal): Promise<TownTimetables | undefined> {
  const feeds = timetableFeeds(site.config);
  if (feeds.length === 0) return undefined;
  const { base, folder, clock, log } = site;
  return TownTimetables.open(feeds, { base, folder, clock, log, signal });
}

/** The timetables that the settings name; where they name none, the one that people choose in the browser. @throws as `openTimetables`. */
export async function openOwnTimetables(
  site: Site,
  simulated: boolean,
  signal: AbortSignal,
): Promise<TownTimetables | undefined> {
  if (ownerOfTimetables(site, simulated).by !== "pages") return openTimetables(site, signal);
  const { base, folder, clock, log } = site;
  return TownTimetables.openChosen({ base, folder, clock, log, signal });
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
    await startTransit({ ...settings, timetables: timetables.now }, signal),
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
    await followTransit({ ...settings, timetables: timetables.now }, signal),
    signal,
  );
}

function commonOf({ config, clock, log }: Site) {
  const { public_vehicle_ids: public_ids, town } = config;
  const { tenant, timezone } = town;
  return { tenant, ...(public_ids && { public_ids }), ...(timezone && { timezone }), clock, log };
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
    timetables.follow(() => transit.adopt(timetables.now), signal),
    () => findTimetableTrouble(timetables.standing()),
  );
  return transit;
}

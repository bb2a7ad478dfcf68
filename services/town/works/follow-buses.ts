import type { Timetable } from "@yardline/timetable/timetable";
import { followTransit, startTransit, type Transit } from "@yardline/transit/transit";
import { loadFeed } from "../feed.ts";
import type { Site } from "../site.ts";
import { producerOf } from "./producer.ts";

/** @throws AppError of a timetable that cannot be loaded; undefined where the settings name none. */
export async function loadTimetables({ config, base }: Site): Promise<readonly [Timetable] | undefined> {
  return config.gtfs && [await loadFeed(config.gtfs.from, config.gtfs.feed, base)];
}

/** Follows the buses and states what the rules find. */
export async function startStating(
  site: Site,
  timetables: readonly [Timetable],
  signal: AbortSignal,
): Promise<Transit> {
  const { config, stores, parts, clock, log } = site;
  const [bus, records, producer] = await Promise.all([
    stores.bus(),
    stores.records(),
    producerOf(site, "transit"),
  ]);
  return running(
    parts,
    await startTransit(
      { tenant: config.town.tenant, bus, records, timetables, producer, clock, log },
      signal,
    ),
  );
}

/** Follows the buses for whoever asks about them, and states nothing: another process does. */
export async function startFollowing(
  { config, stores, parts, clock, log }: Site,
  timetables: readonly [Timetable],
  signal: AbortSignal,
): Promise<Transit> {
  const [bus, records] = await Promise.all([stores.bus(), stores.records()]);
  return running(
    parts,
    await followTransit({ tenant: config.town.tenant, bus, records, timetables, clock, log }, signal),
  );
}

function running(parts: Site["parts"], transit: Transit): Transit {
  parts.run("transit", true, transit.stopped);
  return transit;
}

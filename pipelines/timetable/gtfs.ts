import { AppError } from "@yardline/domain/errors";
import type { LatLon } from "@yardline/domain/geo";
import { type GtfsSource, openArchive } from "./archive.ts";
import { buildTrips } from "./build-trips.ts";
import { Notices, noticeText } from "./notices.ts";
import { planeAround } from "./path.ts";
import { readCalendar, readFeedInfo } from "./read-calendar.ts";
import { readAgencies, readRoutes, readShapes, readStops } from "./read-places.ts";
import { readContinuations } from "./read-transfers.ts";
import { readCalls, readStarts, readTrips } from "./read-trips.ts";
import { Timetable, type TimetableContents } from "./timetable.ts";

/**
 * Reads a GTFS static feed from a zip's path or bytes. Rows that are wrong are left out and told in `notices`.
 * @param feed the name by which events and pages call this timetable.
 * @throws AppError with a code `TIMETABLE_…` when the zip or a whole table cannot be used; the message names file and line.
 * @see https://gtfs.org/documentation/schedule/reference/
 */
export async function loadTimetable(source: GtfsSource, feed: string): Promise<Timetable> {
  return new Timetable(await readContents(source, feed));
}

/** What `loadTimetable` makes a timetable of: plain data. @param all_bytes_max of all files unpacked. @throws as it does. */
export async function readContents(
  source: GtfsSource,
  feed: string,
  all_bytes_max?: number,
): Promise<TimetableContents> {
  const notices = new Notices();
  const archive = await openArchive(source, undefined, all_bytes_max);
  try {
    const { timezone, agency_ids } = await readAgencies(archive);
    const stops = await readStops(archive, notices);
    const routes = await readRoutes(archive);
    const trip_rows = await readTrips(archive, routes, notices);
    const tables = {
      trips: trip_rows,
      calls: await readCalls(archive, trip_rows, stops, notices),
      shapes: await readShapes(archive, notices),
      starts: await readStarts(archive, notices),
    };
    const calendar = await readCalendar(archive, notices);
    const stated = await readFeedInfo(archive, notices);
    const continuations = await readContinuations(archive, trip_rows, notices);
    const middle = middleOf([...stops.values()]);
    const { trips, patterns } = buildTrips(tables, planeAround(middle), notices);
    if (trips.size === 0) throw nothingLeft(notices);
    const places = { agency_ids, middle, stops, routes };
    const runs = { trips, patterns, calendar, continuations, stated };
    return { feed, timezone, ...places, ...runs, notices: notices.list() };
  } finally {
    archive.close();
  }
}

function middleOf(places: readonly LatLon[]): LatLon {
  const sum = places.reduce(
    (a, b) => ({ latitude: a.latitude + b.latitude, longitude: a.longitude + b.longitude }),
    {
      latitude: 0,
      longitude: 0,
    },
  );
  const count = Math.max(1, places.length);
  return { latitude: sum.latitude / count, longitude: sum.longitude / count };
}

function nothingLeft(notices: Notices): AppError {
  const first = notices.list()[0];
  const why = first ? ` First of what is wrong: ${noticeText(first)}.` : " trips.txt has no trips.";
  return new AppError("TIMETABLE_EMPTY", `The timetable has no trip that can be driven.${why}`);
}

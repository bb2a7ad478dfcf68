import { AppError } from "@yardline/domain/errors";
import { type Archive, type GtfsSource, openArchive } from "../archive.ts";
import type { ServiceDate } from "../service-day.ts";
import { checkAgencies } from "./agencies.ts";
import { checkCalendars, checkFrequencies } from "./calendars.ts";
import { checkColumns, checkFiles, checkKeys } from "./columns.ts";
import { type CheckRule, Feed } from "./feed.ts";
import { checkFields } from "./fields.ts";
import { Findings, type Found } from "./findings.ts";
import { type RawTable, readRawTable } from "./raw-table.ts";
import { checkRoutes } from "./routes.ts";
import { TABLES } from "./schema.ts";
import { checkShapes } from "./shapes.ts";
import { checkSpeeds } from "./speeds.ts";
import { checkStops } from "./stops.ts";
import { checkTransfers } from "./transfers.ts";
import { checkBlocks, checkTrips } from "./trips.ts";

const RULES: readonly CheckRule[] = [
  checkColumns,
  checkFields,
  checkKeys,
  checkAgencies,
  checkRoutes,
  checkStops,
  checkTransfers,
  checkTrips,
  checkBlocks,
  checkSpeeds,
  checkShapes,
  checkCalendars,
  checkFrequencies,
];

/** Told of each table and rule before it is begun: a large feed takes seconds. */
type Report = (line: string) => void;

/**
 * Looks a GTFS zip over and finds everything that is wrong with it, in the words of the canonical validator's notices.
 * @param all_bytes_max of all files unpacked.
 * @throws AppError `TIMETABLE_…` when the zip cannot be read at all, or is too large.
 * @see https://gtfs-validator.mobilitydata.org/rules.html
 */
export async function checkGtfs(
  source: GtfsSource,
  today: ServiceDate,
  report: Report = () => undefined,
  all_bytes_max?: number,
): Promise<readonly Found[]> {
  const findings = new Findings();
  const feed = await readFeed(source, findings, report, all_bytes_max);
  for (const rule of RULES) {
    report(rule.name);
    rule(feed, findings, today);
  }
  return findings.list();
}

/** The tables of a GTFS zip as they stand. @throws AppError as `checkGtfs` does. */
export async function readFeed(
  source: GtfsSource,
  findings = new Findings(),
  report: Report = () => undefined,
  all_bytes_max?: number,
): Promise<Feed> {
  const archive = await openArchive(source, undefined, all_bytes_max);
  try {
    checkFiles(archive.files, findings);
    return new Feed(await readTables(archive, findings, report));
  } finally {
    archive.close();
  }
}

async function readTables(
  archive: Archive,
  findings: Findings,
  report: Report,
): Promise<ReadonlyMap<string, RawTable>> {
  const tables = new Map<string, RawTable>();
  for (const { file } of TABLES) {
    if (!archive.has(file)) continue;
    report(file);
    tables.set(file, await readRawTable(archive, file, findings));
  }
  if (tables.size === 0)
    throw new AppError("TIMETABLE_EMPTY", "The zip holds no table of GTFS; is it the right file?");
  return tables;
}

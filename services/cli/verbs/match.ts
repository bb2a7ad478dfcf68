import { readFile } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { Network } from "@yardline/matching/network";
import { type Followed, followAll, type Report } from "@yardline/matching/reports";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { noticeText } from "@yardline/timetable/notices";
import { parse } from "csv-parse/sync";
import { openOutput } from "../output-file.ts";
import { defineVerb, optionalFlag, textFlag } from "../verb.ts";
import { badRowsText, csvField, readPositions } from "./positions-csv.ts";

const COLUMNS = "made_at,vehicle_id,trip_id,confidence";
/** Rows handed to the disk at once. */
const ROWS_PER_WRITE = 1_000;

/** Which trip each vehicle was on at each of its reports, as the live service would have said. */
export const match = defineVerb({
  name: "match",
  summary: "Find the trips of recorded vehicles by their positions alone.",
  usage: "--gtfs ZIP --positions CSV[.gz] [--assignments CSV] --out FILE",
  example: "./yardline match --gtfs gtfs.zip --positions positions.csv.gz --out matches.csv",
  flags: {
    gtfs: { type: "string", help: "The timetable: a GTFS zip." },
    positions: {
      type: "string",
      help: "CSV with vehicle_id, timestamp, latitude, longitude; other columns are not looked at.",
    },
    assignments: {
      type: "string",
      help: "CSV with vehicle_id, trip_id: what people say each vehicle drives; its positions may overrule it.",
    },
    out: {
      type: "string",
      help: `CSV to write: ${COLUMNS}; made_at in epoch seconds, trip_id empty where the vehicle is on none.`,
    },
  },
  async run(given, world) {
    const timetable = await loadTimetable(textFlag(given, "gtfs"), "gtfs");
    for (const notice of timetable.notices) world.stderr.write(`gtfs: ${noticeText(notice)}\n`);
    const reading = { timezone: timetable.timezone, now_ms: world.clock.now_ms() };
    const { reports, bad } = await readPositions(textFlag(given, "positions"), reading);
    const assigned = optionalFlag(given, "assignments");
    const assignments = assigned === undefined ? new Map() : await readAssignments(assigned);
    await using out = await openOutput(textFlag(given, "out"));
    const counts = { rows: 0, placed: 0 };
    let text = `${COLUMNS}\n`;
    const network = new Network([timetable]);
    for (const followed of followAll(network, reports.map(unnamed), assignments)) {
      if (world.signal.aborted)
        throw new AppError("STOPPED", "stopped before the end; the file is not whole.");
      counts.rows += 1;
      counts.placed += followed.placement ? 1 : 0;
      text += rowOf(followed);
      if (counts.rows % ROWS_PER_WRITE > 0) continue;
      await out.write(text);
      text = "";
    }
    await out.write(text);
    world.stderr.write(`${counts.placed} of ${counts.rows} reports are on a trip${badRowsText(bad)}.\n`);
    return 0;
  },
});

/** @throws AppError `ASSIGNMENTS_UNREADABLE`. */
async function readAssignments(path: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const assignments = new Map<string, string[]>();
  try {
    const rows: Record<string, string>[] = parse(await readFile(path), {
      columns: true,
      bom: true,
      trim: true,
    });
    for (const { vehicle_id, trip_id } of rows) {
      if (!vehicle_id || !trip_id) throw new Error("a row lacks its vehicle_id or trip_id");
      assignments.set(vehicle_id, [...(assignments.get(vehicle_id) ?? []), trip_id]);
    }
  } catch (cause) {
    throw new AppError("ASSIGNMENTS_UNREADABLE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
  return assignments;
}

/** The positions alone count: what the source says of trips and lines is left out. */
function unnamed({ vehicle_id, fix: { at_ms, latitude, longitude } }: Report): Report {
  return { vehicle_id, fix: { at_ms, latitude, longitude } };
}

function rowOf({ report: { vehicle_id, fix }, placement }: Followed): string {
  const trip_id = placement ? csvField(placement.run.trip.trip_id) : "";
  const confidence = placement ? placement.confidence.toFixed(3) : "";
  return `${fix.at_ms / 1000},${csvField(vehicle_id)},${trip_id},${confidence}\n`;
}

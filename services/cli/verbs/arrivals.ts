import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { Network } from "@yardline/matching/network";
import type { Report } from "@yardline/matching/reports";
import { knowledgeOf, memoryOf, newKnowledge } from "@yardline/prediction/knowledge";
import { type Foreseen, replay } from "@yardline/prediction/replay";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { noticeText } from "@yardline/timetable/notices";
import { defineVerb, optionalFlag, textFlag, type World } from "../verb.ts";
import { readMemory, writeMemory } from "./memory-file.ts";
import { type BadRows, badRowsText, csvField, readPositions } from "./positions-csv.ts";

/** How far ahead arrivals are predicted. */
const HORIZON_MS = 45 * 60_000;
/** Something is said at least so often while it works. */
const PROGRESS_EVERY_MS = 2_000;
/** Reports between two looks at the clock. */
const REPORTS_PER_LOOK = 256;

const COLUMNS = "vehicle_id,made_at,start_date,trip_id,stop_id,stop_sequence,predicted_at,low,high";

/** Predictions for recorded positions, as the live service would have made them. */
export const arrivals = defineVerb({
  name: "arrivals",
  summary: "Predict arrivals from recorded vehicle positions and a GTFS timetable.",
  usage: "--gtfs ZIP --positions CSV[.gz] --out FILE [--memory FILE]",
  example: "./yardline arrivals --gtfs gtfs.zip --positions positions.csv.gz --out predictions.csv",
  flags: {
    gtfs: { type: "string", help: "The timetable: a GTFS zip." },
    positions: {
      type: "string",
      help: "CSV with vehicle_id, timestamp, latitude, longitude and, where known, trip_id, start_date, route_id.",
    },
    out: {
      type: "string",
      help: `CSV to write: ${COLUMNS}; times in epoch seconds, low and high hold 80 %.`,
    },
    memory: {
      type: "string",
      help: "What was learnt on days before; read where it is there, and written with what this day adds.",
    },
  },
  async run(given, world) {
    const out = textFlag(given, "out");
    const timetable = await loadTimetable(textFlag(given, "gtfs"), "gtfs");
    for (const notice of timetable.notices) world.stderr.write(`gtfs: ${noticeText(notice)}\n`);
    const reading = { timezone: timetable.timezone, now_ms: world.clock.now_ms() };
    const { reports, bad } = await readPositions(textFlag(given, "positions"), reading);
    const path = optionalFlag(given, "memory");
    const memory = path === undefined ? undefined : await readMemory(path);
    const [first_ms = 0, last_ms = 0] = [reports[0]?.fix.at_ms, reports.at(-1)?.fix.at_ms];
    const knowledge = memory ? knowledgeOf(memory, first_ms) : newKnowledge();
    const foreseen = replay(new Network([timetable]), knowledge, told(reports, world), HORIZON_MS);
    const rows = await written(out, foreseen);
    if (path !== undefined && reports.length > 0) await writeMemory(path, memoryOf(knowledge, last_ms));
    world.stderr.write(summaryText(reports.length, rows, bad));
    return 0;
  },
});

/** Writes beside the file and renames at the end: a broken run leaves no half of one. */
async function written(out: string, all: Iterable<Foreseen>) {
  const part = `${out}.part`;
  const file = createWriteStream(part);
  const failed = finished(file);
  failed.catch(() => undefined);
  try {
    let rows = 0;
    file.write(`${COLUMNS}\n`);
    for (const foreseen of all) {
      rows += foreseen.predictions.length;
      if (!file.write(rowsOf(foreseen))) await Promise.race([once(file, "drain"), failed]);
    }
    file.end();
    await failed;
    await rename(part, out);
    return rows;
  } catch (cause) {
    file.destroy();
    await rm(part, { force: true });
    if (cause instanceof AppError) throw cause;
    throw new AppError("OUT_UNWRITABLE", `${out} cannot be written: ${messageOf(cause)}.`, { cause });
  }
}

function* told(reports: readonly Report[], { clock, stderr, signal }: World): Generator<Report> {
  let said_ms = clock.monotonic_ms();
  for (const [i, report] of reports.entries()) {
    if (i % REPORTS_PER_LOOK === 0) {
      if (signal.aborted) throw new AppError("STOPPED", "stopped before the end; nothing was written.");
      if (clock.monotonic_ms() - said_ms > PROGRESS_EVERY_MS) {
        said_ms = clock.monotonic_ms();
        stderr.write(`${Math.floor((100 * i) / reports.length)} % of ${reports.length} reports\n`);
      }
    }
    yield report;
  }
}

function rowsOf({ report, placement, predictions }: Foreseen): string {
  const { trip, service_date } = placement.run;
  const { stops, stop_sequences } = trip.pattern;
  const head = `${csvField(report.vehicle_id)},${report.fix.at_ms / 1000},${service_date},${csvField(trip.trip_id)}`;
  return predictions
    .map(({ stop, predicted_at_ms, low_ms, high_ms }) => {
      const times = [predicted_at_ms, low_ms, high_ms].map((at_ms) => Math.round(at_ms / 1000));
      return `${head},${csvField(stops[stop]?.stop_id ?? "")},${stop_sequences[stop]},${times.join(",")}\n`;
    })
    .join("");
}

function summaryText(reports: number, rows: number, bad: BadRows): string {
  return `${rows} predictions at ${reports} reports${badRowsText(bad)}.\n`;
}

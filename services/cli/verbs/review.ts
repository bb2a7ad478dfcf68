import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import { lookInto, type Questions } from "@yardline/history/duckdb-questions";
import type { VisitFilter } from "@yardline/history/history";
import type { WasCancelled } from "@yardline/history/review/planned-calls";
import { paceOf, replayDay } from "@yardline/history/review/replay";
import { REPORT_OPTIONS, type ReportOptions } from "@yardline/history/review/report";
import { REPORTS } from "@yardline/history/review/reports";
import { runReport } from "@yardline/history/review/run-report";
import { readCancelled } from "@yardline/operations/cancelled-runs";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { loadTimetable } from "@yardline/timetable/gtfs";
import type { Timetable } from "@yardline/timetable/timetable";
import { dayOf } from "../day-flag.ts";
import { formOf, tellReport } from "../report-form.ts";
import { defineVerb, type Given, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

const REPLAY = "replay";
const NAMES = [...REPORTS.map(({ name }) => name), REPLAY];
/** A day in a second and a half; beyond it there is nothing to watch. */
const SPEED_MAX = 100_000;

/** What became of a timetable, for whoever makes the next one. */
export const review = defineVerb({
  name: "review",
  summary:
    "Compares past days with the timetable, suggests run times, plays a day again; the town may be running.",
  usage: `${NAMES.join("|")} --data FOLDER --gtfs FILE.zip --from DATE [--to DATE] [--route ID]… [--weekday 1..7]… [--hourly] [--json | --out FILE] …`,
  example: "./yardline review on-time --data town --gtfs town.zip --from 2026-10-01 --to 2026-10-31",
  flags: {
    data: { type: "string", help: "The town's data folder." },
    gtfs: { type: "string", help: "The timetable of those days." },
    feed: { type: "string", help: "What the town calls this timetable (default: town)." },
    tenant: { type: "string", help: "Whose days (default: town)." },
    from: { type: "string", help: "First service day, as 2026-10-01." },
    to: { type: "string", help: "Last service day (default: the first)." },
    route: { type: "string", multiple: true, help: "Only this route_id; may be repeated." },
    weekday: {
      type: "string",
      multiple: true,
      help: "Only this day of the week, 1 is Monday; may be repeated.",
    },
    hourly: { type: "boolean", help: "Each hour by itself, where a report can do that." },
    "before-from": { type: "string", help: "comparison: first day of the period before." },
    "before-to": { type: "string", help: "comparison: last day of the period before." },
    seed: { type: "string", help: "comparison: of its random numbers (default: 1)." },
    "limit-kmh": { type: "string", help: "speeding: what is too fast (default: 50)." },
    percentile: {
      type: "string",
      help: "suggested-run-times: fraction of the drives that stay within, 0.05 to 0.95 (default: the best).",
    },
    speed: { type: "string", help: "replay: so many times as fast as it was (default: as fast as it goes)." },
    json: { type: "boolean", help: "JSON with the definition and the completeness, instead of CSV." },
    out: { type: "string", help: "A file instead of standard output: .csv, .json or .parquet." },
  },
  positionals: { min: 1, max: 1 },
  async run(given, world) {
    const [name = ""] = given.positionals;
    const report = REPORTS.find((each) => each.name === name);
    if (!report && name !== REPLAY) {
      throw new UsageError(`review: there is no "${name}"; there are ${NAMES.join(", ")}`);
    }
    const [filter, options, speed] = [filterOf(given), optionsOf(given), speedOf(given)];
    const out = optionalFlag(given, "out");
    const form = formOf(out, Boolean(given.flags["json"]));
    const timetable = await loadTimetable(textFlag(given, "gtfs"), optionalFlag(given, "feed") ?? "town");
    const history = lookInto(join(resolve(textFlag(given, "data")), "history"), world.clock);
    try {
      if (!report) return await replay({ history, timetable, filter, speed }, world);
      const cancelled = await cancelledOf(given, filter, world);
      const asked = { history, timetables: [timetable], filter, options, cancelled, signal: world.signal };
      const told = await runReport(report, asked);
      await tellReport(told, form, out, world);
      const { seen_calls, planned_calls, seen_trips, planned_trips } = told.completeness;
      world.stderr.write(
        `${told.definition}\nSeen were ${seen_calls} of ${planned_calls} planned calls, ${seen_trips} of ${planned_trips} trips.\n`,
      );
    } finally {
      await history.close();
    }
    return 0;
  },
});

/** What a running town holds for itself, it is asked for over its API. */
async function cancelledOf(
  given: Given,
  filter: VisitFilter,
  { stderr }: World,
): Promise<WasCancelled | undefined> {
  const path = join(resolve(textFlag(given, "data")), "records.sqlite");
  if (!existsSync(path)) return undefined;
  try {
    const records = await openSqliteRecords({ path });
    return await readCancelled(records, filter).finally(() => records.close());
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === "STORE_IN_USE")) throw thrown;
    stderr.write(
      "The town is running: trips that dispatchers cancelled count as planned here; its own /v1/review knows them.\n",
    );
    return undefined;
  }
}

type Replayed = {
  readonly history: Questions;
  readonly timetable: Timetable;
  readonly filter: VisitFilter;
  readonly speed: number | undefined;
};

/** A day as JSON lines, each when its moment comes. */
async function replay(
  { history, timetable, filter: { from, to: _, ...narrowed }, speed }: Replayed,
  { signal, stdout, clock }: World,
): Promise<number> {
  const wait = (ms: number) => sleep(ms, undefined, { signal });
  const pace = speed === undefined ? undefined : paceOf(speed, wait, () => clock.monotonic_ms());
  for await (const moment of replayDay(history, [timetable], { ...narrowed, date: from }, signal)) {
    await pace?.(moment);
    const { at_ms, ...rest } = moment;
    stdout.write(`${JSON.stringify({ at: isoOf(at_ms), ...rest })}\n`);
  }
  return 0;
}

function filterOf(given: Given): VisitFilter {
  const list = (name: string) => {
    const values = given.flags[name];
    return Array.isArray(values) ? values.map(String) : [];
  };
  const from = dayOf(textFlag(given, "from"), "from");
  const to = optionalFlag(given, "to");
  const [route_ids, weekdays] = [list("route"), list("weekday")];
  return {
    tenant: optionalFlag(given, "tenant") ?? "town",
    ...{ from, to: to === undefined ? from : dayOf(to, "to") },
    ...(route_ids.length > 0 && { route_ids }),
    ...(weekdays.length > 0 && { days_of_week: weekdays.map((each) => numberIn(each, "weekday", 1, 7)) }),
  };
}

function optionsOf(given: Given): ReportOptions {
  const number = (name: string, other: number, min: number, max: number) => {
    const text = optionalFlag(given, name);
    return text === undefined ? other : numberIn(text, name, min, max);
  };
  const [first, last] = [optionalFlag(given, "before-from"), optionalFlag(given, "before-to")];
  const percentile = optionalFlag(given, "percentile");
  return {
    hourly: Boolean(given.flags["hourly"]),
    seed: number("seed", REPORT_OPTIONS.seed, 0, 2 ** 32 - 1),
    limit_kmh: number("limit-kmh", REPORT_OPTIONS.limit_kmh, 5, 150),
    ...(percentile !== undefined && { percentile: numberIn(percentile, "percentile", 0.05, 0.95) }),
    ...(first !== undefined && {
      before: { from: dayOf(first, "before-from"), to: dayOf(last ?? first, "before-to") },
    }),
  };
}

function speedOf(given: Given): number | undefined {
  const text = optionalFlag(given, "speed");
  return text === undefined ? undefined : numberIn(text, "speed", 1, SPEED_MAX);
}

/** @throws UsageError */
function numberIn(text: string, name: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a number from ${min} to ${max}, not ${text}`);
}

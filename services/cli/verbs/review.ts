import { join, resolve } from "node:path";
import { lookInto, type Questions } from "@yardline/history/duckdb-questions";
import type { Dimension, VisitFilter } from "@yardline/history/history";
import { completeness } from "@yardline/history/review/completeness";
import { HEADWAY_DEFINITION, headways } from "@yardline/history/review/headways";
import { onTimeDefinition, onTimePerformance } from "@yardline/history/review/on-time";
import { plannedCalls } from "@yardline/history/review/planned-calls";
import { RUN_TIME_DEFINITION, runTimes } from "@yardline/history/review/run-times";
import { loadTimetable } from "@yardline/timetable/gtfs";
import type { Timetable } from "@yardline/timetable/timetable";
import { dayOf } from "../day-flag.ts";
import { defineVerb, type Given, optionalFlag, textFlag, UsageError } from "../verb.ts";
import { csvField } from "./positions-csv.ts";

type Asked = {
  readonly history: Questions;
  readonly timetable: Timetable;
  readonly filter: VisitFilter;
  readonly hourly: boolean;
  readonly signal: AbortSignal;
};

/** Rows of a report, one object each with the same fields, and what its figures mean. */
type Report = { readonly definition: string; readonly rows: readonly Readonly<Record<string, unknown>>[] };

const REPORTS: Readonly<Record<string, (asked: Asked) => Promise<Report>>> = {
  async "on-time"({ history, filter, hourly, signal }) {
    const by: readonly Dimension[] = [
      "feed",
      "route_id",
      "direction_id",
      ...(hourly ? ["hour" as const] : []),
    ];
    const rows = await onTimePerformance(history, filter, by, undefined, signal);
    return {
      definition: onTimeDefinition(),
      rows: rows.map(({ group, ...figures }) => ({ ...group, ...figures })),
    };
  },
  async headways({ history, timetable, filter, signal }) {
    const rows = await headways(history, plannedCalls([timetable], filter), filter, signal);
    return { definition: HEADWAY_DEFINITION, rows };
  },
  async "run-times"({ history, timetable, filter, hourly, signal }) {
    const calls = plannedCalls([timetable], filter);
    const { rows, hidden } = await runTimes(history, calls, filter, { hourly, signal });
    return { definition: `${RUN_TIME_DEFINITION} Not shown here: ${hidden}.`, rows };
  },
  async completeness({ history, timetable, filter, signal }) {
    const rows = await completeness(history, plannedCalls([timetable], filter), filter, signal);
    return { definition: "Trips and calls of the timetable, and those that were seen.", rows };
  },
};

/** What became of a timetable, for whoever makes the next one. */
export const review = defineVerb({
  name: "review",
  summary:
    "Compares past days with the timetable: on time, headways, run times, completeness; the town may be running.",
  usage: `${Object.keys(REPORTS).join("|")} --data FOLDER --gtfs FILE.zip --from DATE --to DATE [--route ID]… [--hourly] [--json]`,
  example: "./yardline review on-time --data town --gtfs town.zip --from 2026-10-01 --to 2026-10-31",
  flags: {
    data: { type: "string", help: "The town's data folder." },
    gtfs: { type: "string", help: "The timetable of those days." },
    feed: { type: "string", help: "What the town calls this timetable (default: town)." },
    tenant: { type: "string", help: "Whose days (default: town)." },
    from: { type: "string", help: "First service day, as 2026-10-01." },
    to: { type: "string", help: "Last service day." },
    route: { type: "string", multiple: true, help: "Only this route_id; may be repeated." },
    hourly: { type: "boolean", help: "Each hour by itself, where a report can do that." },
    json: { type: "boolean", help: "JSON with the definition, instead of CSV." },
  },
  positionals: { min: 1, max: 1 },
  async run(given, { clock, signal, stdout, stderr }) {
    const [name = ""] = given.positionals;
    const report = REPORTS[name];
    if (!report) {
      throw new UsageError(`review: there is no "${name}"; there are ${Object.keys(REPORTS).join(", ")}`);
    }
    const filter = filterOf(given);
    const timetable = await loadTimetable(textFlag(given, "gtfs"), optionalFlag(given, "feed") ?? "town");
    const history = lookInto(join(resolve(textFlag(given, "data")), "history"), clock);
    try {
      const hourly = Boolean(given.flags["hourly"]);
      const { definition, rows } = await report({ history, timetable, filter, hourly, signal });
      if (given.flags["json"]) stdout.write(`${JSON.stringify({ definition, rows }, undefined, 2)}\n`);
      else stdout.write(csvOf(rows));
      stderr.write(`${definition}\n`);
    } finally {
      await history.close();
    }
    return 0;
  },
});

function filterOf(given: Given): VisitFilter {
  const routes = given.flags["route"];
  const route_ids = Array.isArray(routes) ? routes.map(String) : [];
  return {
    tenant: optionalFlag(given, "tenant") ?? "town",
    from: dayOf(textFlag(given, "from"), "from"),
    to: dayOf(textFlag(given, "to"), "to"),
    ...(route_ids.length > 0 && { route_ids }),
  };
}

/** Columns are those of all rows, in the order in which they come. */
function csvOf(rows: Report["rows"]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => textOf(row[column])).join(","));
  return [columns.join(","), ...lines, ""].join("\n");
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "number" ? String(Math.round(value * 1000) / 1000) : csvField(String(value));
}

import { join, resolve } from "node:path";
import { exportHistory, findTable } from "@yardline/history/export";
import { TABLES, type Table } from "@yardline/history/history";
import { dayOf } from "../day-flag.ts";
import { defineVerb, type Given, optionalFlag, textFlag, UsageError } from "../verb.ts";

/** What was seen of every bus at every stop, for a spreadsheet or another program. */
export const history = defineVerb({
  name: "history",
  summary: "Writes the stop visits of past days into a file; the town may be running.",
  usage: "export --data FOLDER --from DATE --to DATE --out FILE.csv|FILE.parquet",
  example: "./yardline history export --data town --from 2026-10-01 --to 2026-10-31 --out october.csv",
  flags: {
    data: { type: "string", help: "The town's data folder." },
    from: { type: "string", help: "First service day, as 2026-10-01." },
    to: { type: "string", help: "Last service day." },
    out: { type: "string", help: "File to write: .csv, or .parquet for large ones." },
    table: {
      type: "string",
      help: `TIDES table: ${TABLES.join(" or ")}; stop_visits where it is not given.`,
    },
    route: { type: "string", multiple: true, help: "Only this route_id; may be repeated." },
    tenant: { type: "string", help: "Whose, where the folder holds several." },
  },
  positionals: { min: 1, max: 1 },
  async run(given, { clock, signal, stderr }) {
    if (given.positionals[0] !== "export") {
      throw new UsageError(`history: there is no "${given.positionals[0]}"; there is "export"`);
    }
    const table = tableOf(given);
    const route_ids = routesOf(given);
    const tenant = optionalFlag(given, "tenant");
    const filter = {
      ...(tenant !== undefined && { tenant }),
      from: dayOf(textFlag(given, "from"), "from"),
      to: dayOf(textFlag(given, "to"), "to"),
      ...(route_ids.length > 0 && { route_ids }),
    };
    const path = resolve(textFlag(given, "out"));
    const folder = join(resolve(textFlag(given, "data")), "history");
    const rows = await exportHistory({ table, filter, path }, { folder, clock, signal });
    stderr.write(`${rows} rows of ${table} in ${path}\n`);
    return 0;
  },
});

function tableOf(given: Given): Table {
  const name = optionalFlag(given, "table") ?? "stop_visits";
  const table = findTable(name);
  if (!table) throw new UsageError(`--table must be ${TABLES.join(" or ")}, not ${name}`);
  return table;
}

function routesOf({ flags }: Given): readonly string[] {
  const given = flags["route"];
  return Array.isArray(given) ? given.map(String) : [];
}

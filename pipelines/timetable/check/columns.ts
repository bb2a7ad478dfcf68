import type { CheckRule, Feed } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawTable } from "./raw-table.ts";
import { OTHER_FILES, TABLES, type TableSpec } from "./schema.ts";

/** Which files and columns are there, should be there, and should not. */
export const checkColumns: CheckRule = (feed, findings) => {
  for (const spec of TABLES) {
    if (feed.has(spec.file)) checkHeader(feed.table(spec.file), spec, findings);
    else missingFile(spec, findings);
  }
  if (!feed.has("calendar.txt") && !feed.has("calendar_dates.txt")) {
    const text = "one of calendar.txt and calendar_dates.txt must be there, else no day has service";
    findings.error("missing_calendar_and_calendar_date_files", "calendar.txt", 0, text);
  }
};

/** What else lies in the zip. */
export function checkFiles(files: readonly string[], findings: Findings): void {
  const known = new Set(TABLES.map(({ file }) => file));
  for (const path of files) {
    const name = path.split("/").at(-1) ?? "";
    const isOurs = known.has(name) || OTHER_FILES.has(name);
    if (path !== name && isOurs) {
      const text = `${path} lies in a folder; GTFS files lie at the top of the zip`;
      findings.error("invalid_input_files_in_subfolder", name, 0, text);
    } else if (!isOurs && name !== "") {
      findings.info("unknown_file", name, 0, "GTFS knows no such file; it is not read");
    }
  }
}

function missingFile({ file, presence }: TableSpec, findings: Findings): void {
  if (presence === "required") findings.error("missing_required_file", file, 0, "GTFS requires this file");
  if (presence === "recommended")
    findings.warning("missing_recommended_file", file, 0, "GTFS recommends this file");
}

function checkHeader({ file, header, has }: RawTable, { fields }: TableSpec, findings: Findings): void {
  for (const { name, presence } of fields) {
    if (has(name)) continue;
    if (presence === "required")
      findings.error("missing_required_column", file, 1, `column ${name} is missing`);
    if (presence === "recommended")
      findings.warning("missing_recommended_column", file, 1, `column ${name} should be there`);
  }
  const known = new Set(fields.map(({ name }) => name));
  for (const name of header) {
    if (name !== "" && !known.has(name))
      findings.info("unknown_column", file, 1, `GTFS knows no column ${name} here; it is not read`);
  }
}

/** Values that name another table's row, and keys that stand twice. */
export const checkKeys: CheckRule = (feed, findings) => {
  for (const spec of TABLES) {
    checkUnique(feed, spec, findings);
    for (const { name, to } of spec.fields)
      if (to !== undefined) checkReference(feed, spec, name, to, findings);
  }
  checkServices(feed, findings);
  checkParents(feed, findings);
};

function checkUnique(feed: Feed, { file, key }: TableSpec, findings: Findings): void {
  const rows = feed.rows(file);
  const [, second] = rows;
  if (key.length === 0 && second)
    findings.warning("more_than_one_entity", file, second.line, "the file should have one row only");
  const first = new Map<string, number>();
  for (const row of rows) {
    const values = key.map((column) => row.text(column));
    if (values.every((value) => value === "")) continue;
    const name = values.join("\t");
    const before = first.get(name);
    if (before === undefined) first.set(name, row.line);
    else {
      const text = `${key.join(", ")} ${values.join(", ")} stands already in line ${before}`;
      findings.error("duplicate_key", file, row.line, text);
    }
  }
}

function checkReference(feed: Feed, { file }: TableSpec, name: string, to: string, findings: Findings): void {
  const [key = ""] = TABLES.find((each) => each.file === to)?.key ?? [];
  const known = feed.byId(to, key);
  for (const row of feed.rows(file)) {
    const value = row.text(name);
    if (value !== "" && !known.has(value))
      findings.error("foreign_key_violation", file, row.line, `${name} ${value} is not in ${to}`);
  }
}

/** A service may be named by either of two files. */
function checkServices(feed: Feed, findings: Findings): void {
  const weekly = feed.byId("calendar.txt", "service_id");
  const single = feed.byId("calendar_dates.txt", "service_id");
  for (const row of feed.rows("trips.txt")) {
    const service = row.text("service_id");
    if (service === "" || weekly.has(service) || single.has(service)) continue;
    const text = `service_id ${service} is neither in calendar.txt nor in calendar_dates.txt`;
    findings.error("foreign_key_violation", "trips.txt", row.line, text);
  }
}

/** A table that refers to itself, so that its key cannot be asked for by its own specification. */
function checkParents(feed: Feed, findings: Findings): void {
  const stops = feed.byId("stops.txt", "stop_id");
  for (const row of feed.rows("stops.txt")) {
    const parent = row.text("parent_station");
    if (parent !== "" && !stops.has(parent))
      findings.error(
        "foreign_key_violation",
        "stops.txt",
        row.line,
        `parent_station ${parent} is not in stops.txt`,
      );
  }
}

import type { CheckRule } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawRow } from "./raw-table.ts";

const FILE = "routes.txt";
/** More do not fit a stop's sign or a map. */
const SHORT_NAME_MAX = 12;
/** Least difference of luma (0–255) between text and its background; the canonical validator's. */
const CONTRAST_MIN = 72;

export const checkRoutes: CheckRule = (feed, findings) => {
  const names = new Map<string, number>();
  for (const row of feed.rows(FILE)) {
    checkNames(row, findings);
    checkContrast(row, findings);
    const name = ["route_short_name", "route_long_name", "route_type", "agency_id"]
      .map((column) => row.text(column))
      .join("\t");
    const before = names.get(name);
    if (before === undefined) names.set(name, row.line);
    else
      findings.warning(
        "duplicate_route_name",
        FILE,
        row.line,
        `both names are those of the route in line ${before}`,
      );
  }
  checkUrls(feed.rows("agency.txt"), feed.rows(FILE), feed.rows("stops.txt"), findings);
};

function checkNames(row: RawRow, findings: Findings): void {
  const [short, long] = [row.text("route_short_name"), row.text("route_long_name")];
  const description = row.text("route_desc");
  if (short === "" && long === "")
    findings.error("route_both_short_and_long_name_missing", FILE, row.line, "the route has no name at all");
  if (short.length > SHORT_NAME_MAX)
    findings.warning(
      "route_short_name_too_long",
      FILE,
      row.line,
      `${short} is longer than ${SHORT_NAME_MAX} characters`,
    );
  const begins = short !== "" && long.toLowerCase().startsWith(short.toLowerCase());
  if (begins && !/[\p{L}\p{N}]/u.test(long.charAt(short.length)))
    findings.warning(
      "route_long_name_contains_short_name",
      FILE,
      row.line,
      `${long} repeats the short name ${short}`,
    );
  if (description !== "" && (description === short || description === long))
    findings.warning(
      "same_name_and_description_for_route",
      FILE,
      row.line,
      "route_desc only repeats the name",
    );
}

function checkContrast(row: RawRow, findings: Findings): void {
  const [back, front] = [row.text("route_color"), row.text("route_text_color")].map(lumaOf);
  if (back === undefined || front === undefined || Math.abs(back - front) >= CONTRAST_MIN) return;
  const text = `${row.text("route_text_color")} on ${row.text("route_color")} cannot be read well`;
  findings.warning("route_color_contrast", FILE, row.line, text);
}

/** Rec. 601 luma, 0–255. */
function lumaOf(color: string): number | undefined {
  if (!/^[0-9a-f]{6}$/i.test(color)) return undefined;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}

/** A stop's page should say more than its route's, and that more than the agency's. */
function checkUrls(
  agencies: readonly RawRow[],
  routes: readonly RawRow[],
  stops: readonly RawRow[],
  findings: Findings,
): void {
  const ofAgency = urlsOf(agencies, "agency_url");
  const ofRoute = urlsOf(routes, "route_url");
  for (const [rows, file, column, others, code] of [
    [routes, FILE, "route_url", ofAgency, "same_route_and_agency_url"],
    [stops, "stops.txt", "stop_url", ofAgency, "same_stop_and_agency_url"],
    [stops, "stops.txt", "stop_url", ofRoute, "same_stop_and_route_url"],
  ] as const) {
    for (const row of rows) {
      const url = row.text(column);
      if (others.has(url))
        findings.warning(code, file, row.line, `${column} ${url} leads to a more general page`);
    }
  }
}

function urlsOf(rows: readonly RawRow[], column: string): ReadonlySet<string> {
  return new Set(rows.map((row) => row.text(column)).filter((url) => url !== ""));
}

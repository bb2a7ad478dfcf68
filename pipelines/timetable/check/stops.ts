import type { LatLon } from "@yardline/domain/geo";
import type { CheckRule, Feed } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawRow } from "./raw-table.ts";

const FILE = "stops.txt";
/** Values of location_type. */
export const PLATFORM = "0";
export const STATION = "1";
const [ENTRANCE, NODE, BOARDING_AREA] = ["2", "3", "4"] as const;
/** What a location of each type may lie in. */
const PARENTS: Readonly<Record<string, string>> = {
  [PLATFORM]: STATION,
  [ENTRANCE]: STATION,
  [NODE]: STATION,
  [BOARDING_AREA]: PLATFORM,
};

export const checkStops: CheckRule = (feed, findings) => {
  const stops = feed.byId(FILE, "stop_id");
  for (const row of feed.rows(FILE)) {
    checkDescription(row, findings);
    checkParent(row, stops, findings);
  }
  checkUse(feed, findings);
};

/** `stop_lat`, `stop_lon` of a row of stops.txt. */
export function placeOf(row: RawRow | undefined): LatLon | undefined {
  const [latitude, longitude] = [row?.number("stop_lat"), row?.number("stop_lon")];
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** Of a row of stops.txt; an empty one is a platform. */
export function typeOf(row: RawRow): string {
  return row.text("location_type") || PLATFORM;
}

function checkDescription(row: RawRow, findings: Findings): void {
  const isPublic = [PLATFORM, STATION, ENTRANCE].some((type) => type === typeOf(row));
  const name = row.text("stop_name");
  if (isPublic && name === "")
    findings.error("missing_stop_name", FILE, row.line, "passengers read stop_name");
  if (isPublic && !placeOf(row))
    findings.error("stop_without_location", FILE, row.line, "stop_lat and stop_lon are needed");
  if (name !== "" && row.text("stop_desc") === name)
    findings.warning("same_name_and_description_for_stop", FILE, row.line, "stop_desc only repeats the name");
}

function checkParent(row: RawRow, stops: ReadonlyMap<string, RawRow>, findings: Findings): void {
  const [type, parent_id] = [typeOf(row), row.text("parent_station")];
  if (parent_id === "") {
    const needsOne = type === ENTRANCE || type === NODE || type === BOARDING_AREA;
    if (needsOne)
      findings.error(
        "location_without_parent_station",
        FILE,
        row.line,
        `location_type ${type} lies in a station`,
      );
    if (type === PLATFORM && row.text("platform_code") !== "")
      findings.info(
        "platform_without_parent_station",
        FILE,
        row.line,
        "a platform with a code lies in a station",
      );
    return;
  }
  if (type === STATION) {
    findings.error("station_with_parent_station", FILE, row.line, "a station lies in no other station");
    return;
  }
  const parent = stops.get(parent_id);
  const wanted = PARENTS[type];
  if (parent && wanted !== undefined && typeOf(parent) !== wanted)
    findings.error(
      "wrong_parent_location_type",
      FILE,
      row.line,
      `parent_station ${parent_id} has location_type ${typeOf(parent)}, not ${wanted}`,
    );
}

/** Stops where nobody calls, and stations in which no stop lies. */
function checkUse(feed: Feed, findings: Findings): void {
  const visited = new Set(feed.rows("stop_times.txt").map((row) => row.text("stop_id")));
  const parents = new Set(feed.rows(FILE).map((row) => row.text("parent_station")));
  for (const row of feed.rows(FILE)) {
    const [stop_id, type] = [row.text("stop_id"), typeOf(row)];
    if (type === PLATFORM && !visited.has(stop_id) && !parents.has(stop_id))
      findings.warning("stop_without_stop_time", FILE, row.line, `no trip calls at ${stop_id}`);
    if (type === STATION && !parents.has(stop_id))
      findings.info("unused_station", FILE, row.line, `no stop lies in ${stop_id}`);
    if (type === STATION && visited.has(stop_id))
      findings.error(
        "location_with_unexpected_stop_time",
        FILE,
        row.line,
        `trips call at the platforms of a station, not at ${stop_id} itself`,
      );
  }
}

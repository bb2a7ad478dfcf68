import { smallTown, type Tables, zipOf } from "../testing.ts";
import { checkGtfs } from "./check-gtfs.ts";

/** The day on which the town's timetable is looked over. */
const TODAY = "20260315";

/** A change to one table: a row appended, or text replaced. */
export type Change =
  | { readonly file: string; readonly row: string }
  | { readonly file: string; readonly from: string | RegExp; readonly to: string }
  | { readonly file: string; readonly all: string | undefined };

/** The small town's feed with everything that GTFS recommends, so that nothing is found in it. */
export function soundTown(): Tables {
  const town = smallTown();
  return {
    ...town,
    "agency.txt":
      "agency_id,agency_name,agency_url,agency_timezone,agency_lang,agency_email\nA,Town,https://example.org,Europe/Kyiv,uk,bus@example.org\n",
    "stops.txt": (town["stops.txt"] ?? "").replace(/^nobody,.*\n/m, ""),
    "feed_info.txt":
      "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version,feed_contact_email\nTown,https://example.org/feed,uk,20260101,20261231,1,bus@example.org\n",
  };
}

/** What is found in the sound town after some changes, as `code file:line`, in the order of the report. */
export async function foundAfter(...changes: readonly Change[]): Promise<readonly string[]> {
  const tables: Record<string, string> = { ...soundTown() };
  for (const change of changes) {
    const before = tables[change.file] ?? "";
    if ("row" in change) tables[change.file] = `${before}${change.row}\n`;
    else if ("from" in change) tables[change.file] = replaced(before, change.from, change.to);
    else if (change.all === undefined) delete tables[change.file];
    else tables[change.file] = change.all;
  }
  const found = await checkGtfs(await zipOf(tables), TODAY);
  return found.flatMap(({ code, examples }) => examples.map(({ file, line }) => `${code} ${file}:${line}`));
}

function replaced(text: string, from: string | RegExp, to: string): string {
  const after = text.replace(from, to);
  if (after === text) throw new Error(`The change ${String(from)} finds nothing to change.`);
  return after;
}

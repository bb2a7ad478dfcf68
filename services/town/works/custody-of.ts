import type { Audit } from "@yardline/audit/audit";
import type { AuditEntry } from "@yardline/audit/entry";
import { isoOf } from "@yardline/domain/time";
import type { ExportRow } from "@yardline/evidence/export-row";
import type { CustodyEntry } from "@yardline/evidence/statement";

const PAGE = 500;
/** Pages that are looked through, and entries that a bundle names: the newest, where there are more. */
const PAGES_MAX = 100;
const ENTRIES_MAX = 2_000;

type Exported = Pick<ExportRow, "id" | "periods" | "events">;

/** Who did what with these cameras' recordings, these events and this export since the first of it was recorded, oldest first. */
export async function custodyOf(
  audit: Pick<Audit, "search">,
  tenant: string,
  row: Exported,
): Promise<readonly CustodyEntry[]> {
  const from_ms = Math.min(...row.periods.map((period) => period.from_ms));
  const found: AuditEntry[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX && found.length < ENTRIES_MAX; page++) {
    const read = await audit.search({ tenant, from_ms }, { limit: PAGE, ...(cursor && { cursor }) });
    found.push(...read.entries.filter((entry) => concerns(entry, row)));
    cursor = read.cursor;
    if (cursor === undefined) break;
  }
  const newest = found.slice(0, ENTRIES_MAX).toReversed();
  return newest.map(({ at_ms, who, action, object, purpose, seq }) => ({
    ...{ at: isoOf(at_ms), who, action, object: `${object.kind} ${object.id}`, seq },
    ...(purpose !== undefined && { purpose }),
  }));
}

function concerns(
  { object: { kind, id } }: AuditEntry,
  { id: evidence, periods, events }: Exported,
): boolean {
  if (kind === "camera") return periods.some(({ camera }) => camera === id);
  if (kind === "event") return events.includes(id);
  return kind === "evidence" && id === evidence;
}

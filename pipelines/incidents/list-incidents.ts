import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { kindOfMonth, listMonths, monthOf } from "./by-month.ts";
import type { Incident } from "./incident.ts";
import { findIncidents, INCIDENTS, incidentOf, listEntries, OPEN } from "./incident-log.ts";

/** Incidents that one page goes through for words; the next page goes on. */
const READ_MAX = 500;
/** `2026-11-22T12:00:00.000Z_2026-11-k7m2qdx4`: the last that was shown, or gone through. */
export const CURSOR_PATTERN =
  "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z_\\d{4}-\\d{2}-[0-9a-z]{8}$";

export type IncidentQuery = {
  readonly states?: readonly Incident["state"][];
  readonly claimed_by?: string;
  /** When they were opened: from inclusive, to exclusive. */
  readonly from_ms?: EpochMs;
  readonly to_ms?: EpochMs;
  /** All of its words occur in the title, the purpose or what was written later, in any case. */
  readonly text?: string;
  /** Only what whoever asks may know of. */
  readonly may: (incident: Incident) => boolean;
  readonly limit: number;
  readonly cursor?: string;
};

export type IncidentPage = { readonly incidents: readonly Incident[]; readonly cursor?: string };

/** The last opened first. Incidents that come meanwhile neither repeat nor hide others. */
export async function listIncidents(
  records: Pick<Records, "list" | "findAll">,
  query: IncidentQuery,
): Promise<IncidentPage> {
  const incidents: Incident[] = [];
  let read = 0;
  let last: Incident | undefined;
  for await (const incident of candidates(records, query)) {
    if (!fits(incident, query)) continue;
    if (last && (incidents.length === query.limit || read === READ_MAX)) {
      return { incidents, cursor: placeOf(last) };
    }
    last = incident;
    if (query.text !== undefined) {
      read += 1;
      if (!(await says(records, incident, query.text))) continue;
    }
    incidents.push(incident);
  }
  return { incidents };
}

/** All that may be meant, in order. Of those that are closed a month is read at a time. */
async function* candidates(
  records: Pick<Records, "list" | "findAll">,
  { states, cursor, from_ms, to_ms }: IncidentQuery,
): AsyncGenerator<Incident> {
  const isAfter = (incident: Incident) => cursor === undefined || placeOf(incident) < cursor;
  if (states && !states.includes("closed")) {
    const open = (await records.list(OPEN)).map(({ id }) => id);
    yield* (await findIncidents(records, open)).toSorted(newestFirst).filter(isAfter);
    return;
  }
  const newest = [cursor, to_ms === undefined ? undefined : isoOf(to_ms)]
    .flatMap((each) => each ?? [])
    .toSorted()[0];
  const oldest = from_ms === undefined ? "" : isoOf(from_ms);
  for (const month of await listMonths(records, INCIDENTS)) {
    if ((newest !== undefined && month > monthOf(newest)) || month < monthOf(oldest)) continue;
    const rows = await records.list(kindOfMonth(INCIDENTS, month));
    yield* rows.map(incidentOf).toSorted(newestFirst).filter(isAfter);
  }
}

function fits(incident: Incident, { states, claimed_by, from_ms = 0, to_ms, may }: IncidentQuery): boolean {
  const opened_ms = Date.parse(incident.opened_at);
  if (opened_ms < from_ms || (to_ms !== undefined && opened_ms >= to_ms)) return false;
  if (states && !states.includes(incident.state)) return false;
  if (claimed_by !== undefined && incident.claimed_by !== claimed_by) return false;
  return may(incident);
}

async function says(records: Pick<Records, "list">, incident: Incident, text: string): Promise<boolean> {
  const words = folded(text).split(/\s+/);
  const own = folded([incident.id, incident.title, incident.purpose].join(" "));
  if (words.every((word) => own.includes(word))) return true;
  const written = (await listEntries(records, incident.id)).flatMap(({ change }) => [
    "text" in change ? change.text : "",
    "why" in change ? change.why : "",
    "title" in change ? (change.title ?? "") : "",
  ]);
  const all = `${own} ${folded(written.join(" "))}`;
  return words.every((word) => all.includes(word));
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}

function placeOf({ opened_at, id }: Incident): string {
  return `${opened_at}_${id}`;
}

function newestFirst(one: Incident, other: Incident): number {
  return placeOf(one) < placeOf(other) ? 1 : -1;
}

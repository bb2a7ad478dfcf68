import { randomBytes } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import type { Records, Row, Change as RowChange } from "@yardline/records/records";
import { Value } from "typebox/value";
import { findByMonth, kindOfMonth, monthOf, monthsKind } from "./by-month.ts";
import { changeIncident, type Hand, openIncident } from "./change-incident.ts";
import { writeAndTell } from "./feed.ts";
import { type Change, Entry, Incident, type Opening } from "./incident.ts";
import { isRecordId, newRecordId, type Random } from "./record-id.ts";

/** Incidents by the month they were opened in; their value is an `Incident`. */
export const INCIDENTS = "incident";
/** The ids of those that are not closed. */
export const OPEN = "incident-open";
const REVISION_DIGITS = 6;

type Store = Pick<Records, "find" | "findAll" | "list" | "write" | "dropBefore">;

/** What may be asked of it at once; `expected`: the revision that the person saw. */
export type Wish = { readonly change: Change; readonly hand: Hand; readonly expected?: number };

/** An incident by its id. @throws as `Records.find`. */
export async function findIncident(
  records: Pick<Records, "find">,
  id: string,
): Promise<Incident | undefined> {
  if (!isRecordId(id)) return undefined;
  const row = await records.find(kindOfMonth(INCIDENTS, monthOf(id)), id);
  return row && incidentOf(row);
}

/** Those of the ids that there are, in the order asked for. */
export async function findIncidents(
  records: Pick<Records, "findAll">,
  ids: readonly string[],
): Promise<readonly Incident[]> {
  return (await findByMonth(records, INCIDENTS, ids)).map(incidentOf);
}

/** The ids of the incidents that an event is attached to. */
export async function listIncidentsOf(
  records: Pick<Records, "list">,
  occurrence: string,
): Promise<readonly string[]> {
  return (await records.list(eventKind(occurrence))).map(({ id }) => id);
}

/** Everything that was ever done to an incident, oldest first. */
export async function listEntries(records: Pick<Records, "list">, id: string): Promise<readonly Entry[]> {
  const rows = await records.list(logKind(id));
  return rows.flatMap(({ value }) => (Value.Check(Entry, value) ? [value] : []));
}

/** Opens an incident. @throws as `openIncident` and `Records.write`. */
export async function writeOpening(
  records: Store,
  tenant: string,
  opening: Opening,
  hand: Hand,
  random: Random = randomBytes,
): Promise<Incident> {
  const id = newRecordId(hand.at_ms, random);
  const is = openIncident({ id, tenant }, opening, hand);
  const month: RowChange = { kind: monthsKind(INCIDENTS), id: monthOf(id), value: {} };
  const rows = [...rowsOf({ was: undefined, is, change: opening }, hand), month];
  const news = { incident: id, revision: 1, what: opening.do, hand };
  return writeAndTell(records, async () => ({ rows, news, result: is }));
}

/**
 * Changes an incident, as one transaction with its entry.
 * @throws AppError `INCIDENT_UNKNOWN`; `INCIDENT_CHANGED` when it is not what the person saw any more; as `changeIncident`.
 */
export async function writeChange(
  records: Store,
  id: string,
  { change, hand, expected }: Wish,
): Promise<Incident> {
  return writeAndTell(records, async () => {
    const was = await findIncident(records, id);
    if (!was) throw new AppError("INCIDENT_UNKNOWN", "There is no such incident.");
    if (expected !== undefined && expected !== was.revision) {
      const message = `It was changed meanwhile, at ${was.changed_at}; read it again.`;
      throw new AppError("INCIDENT_CHANGED", message);
    }
    const is = changeIncident(was, change, hand);
    const news = { incident: id, revision: is.revision, what: change.do, hand };
    return { rows: rowsOf({ was, is, change }, hand), news, result: is };
  });
}

type Step = { readonly was: Incident | undefined; readonly is: Incident; readonly change: Change };

function rowsOf({ was, is, change }: Step, { by, at_ms }: Hand): readonly RowChange[] {
  const { id, revision } = is;
  const entry: Entry = { revision, at: isoOf(at_ms), by, change };
  const [wasOpen, isOpen] = [was !== undefined && was.state !== "closed", is.state !== "closed"];
  const [before, after] = [occurrencesOf(was), occurrencesOf(is)];
  const linked = [...after].filter((each) => !before.has(each));
  const parted = [...before].filter((each) => !after.has(each));
  return [
    { kind: kindOfMonth(INCIDENTS, monthOf(id)), id, expected: was?.revision ?? 0, value: is },
    { kind: logKind(id), id: String(revision).padStart(REVISION_DIGITS, "0"), expected: 0, value: entry },
    ...(wasOpen === isOpen ? [] : [{ kind: OPEN, id, value: isOpen ? {} : undefined }]),
    ...linked.map((each) => ({ kind: eventKind(each), id, value: {} })),
    ...parted.map((each) => ({ kind: eventKind(each), id, value: undefined })),
  ];
}

function occurrencesOf(incident: Incident | undefined): ReadonlySet<string> {
  return new Set(incident?.events.map(({ occurrence }) => occurrence));
}

/** @throws AppError `RECORDS_REFUSED` for a row that no release of ours wrote. */
export function incidentOf({ id, value }: Row): Incident {
  if (Value.Check(Incident, value)) return value;
  throw new AppError("RECORDS_REFUSED", `The incident "${id}" cannot be read; restore it from a backup.`);
}

function logKind(id: string): string {
  return `incident-log:${id}`;
}

function eventKind(occurrence: string): string {
  return `incident-of-event:${occurrence}`;
}

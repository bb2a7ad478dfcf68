import type { Hand } from "@yardline/incidents/change-incident";
import type { EventRef, Incident } from "@yardline/incidents/incident";
import { findIncident, findIncidents, listIncidentsOf } from "@yardline/incidents/incident-log";
import { type Asker, type Known, maySeeIncident } from "@yardline/incidents/reach";
import { RECORD_ID_PATTERN } from "@yardline/incidents/record-id";
import type { Right } from "@yardline/permission/rights";
import { Type } from "typebox";
import { getEvent } from "./find-event.ts";
import type { Parts } from "./parts.ts";
import { Refusal, refuseBy, type Statuses } from "./problem.ts";
import { getCamera } from "./recorded-period.ts";
import { mayAny, type Visitor } from "./visitor.ts";

/** Who keeps the incident log at all; which incidents, is decided by what is attached to each. */
export const DESK = ["live", "archive", "dispatch"] as const satisfies readonly [Right, ...Right[]];
/** Of routes that only read it. */
export const DESK_READ = { access: DESK, audits: { not: "The log names events and shows none." } } as const;

export const IncidentParams = Type.Object({
  id: Type.String({ pattern: RECORD_ID_PATTERN, description: "`id` of an incident." }),
});

/** The name of whoever acts where nobody signs in. */
const GUEST = "guest";

/** Refusals of the desk, each with its status; the message says what to do. */
const STATUSES: Statuses = {
  INCIDENT_UNKNOWN: 404,
  INCIDENT_CHANGED: 412,
  INCIDENT_CLOSED: 409,
  INCIDENT_NOT_CLOSED: 409,
  INCIDENT_CLAIMED: 409,
  INCIDENT_NOT_CLAIMED: 409,
  INCIDENT_NOTHING: 409,
  INCIDENT_FULL: 409,
  INCIDENT_BEING_EDITED: 409,
  SHIFT_UNKNOWN: 404,
  SHIFT_OPEN: 409,
  SHIFT_OVER: 409,
  SHIFT_NOT_OVER: 409,
  SHIFT_OTHERS: 409,
  SHIFT_ACCEPTED: 409,
  SEARCHES_FULL: 409,
  RECORDS_CONFLICT: 409,
};

/** Carries out what somebody wants at the desk, and says no in words for that person. */
export async function atDesk<Done>(work: () => Promise<Done>): Promise<Done> {
  return await Promise.try(work).catch(refuseBy(STATUSES));
}

export function askerOf({ person, ...holder }: Visitor): Asker {
  return { ...holder, login: person?.login ?? GUEST };
}

/** Under which name somebody acts, and when. */
export function handOf(visitor: Visitor, clock: Parts["clock"]): Hand {
  return { by: askerOf(visitor).login, at_ms: clock.now_ms() };
}

/** Whose town it is, and where its cameras are now. */
export function knownOf({ town, cameras }: Pick<Parts, "town" | "cameras">): Known {
  return { tenant: town.tenant, cameras: cameras.listCameras() };
}

/**
 * The incident of an id, if whoever asks may know of it.
 * @throws Refusal 404
 */
export async function getIncident(
  parts: Pick<Parts, "records" | "town" | "cameras">,
  id: string,
  visitor: Visitor,
): Promise<Incident> {
  const incident = await findIncident(parts.records, id);
  if (!incident || !maySeeIncident(incident, askerOf(visitor), knownOf(parts))) {
    throw new Refusal(404, "INCIDENT_UNKNOWN", "There is no such incident.");
  }
  return incident;
}

type Attached = { readonly events?: readonly string[]; readonly cameras?: readonly string[] };

/**
 * What is to be attached, as whoever attaches it may know of it. Of a partner's that is an alarm while the agreement tells of alarms, and the camera itself
 * where it gives anything for an incident: this is one.
 * @throws Refusal 404 for what they may not know of; 403 where the agreement gives it for no incident.
 */
export async function attachable(
  parts: Pick<Parts, "index" | "town" | "cameras" | "clock">,
  { events, cameras }: Attached,
  visitor: Visitor,
): Promise<{ events?: EventRef[]; cameras?: string[] }> {
  for (const camera of cameras ?? []) {
    getCamera(parts, camera, visitor, ["live", "archive"], { incident: true });
  }
  const refs: EventRef[] = [];
  for (const each of events ?? []) {
    const { occurrence, source, type, time } = await getEvent(parts, each, visitor);
    refs.push({ occurrence, source, type, time });
  }
  return { ...(events && { events: refs }), ...(cameras && { cameras: [...cameras] }) };
}

/** What is attached or taken off, by name, for the audit log. */
export function namesOf({ events, cameras }: Attached): { events?: string; cameras?: string } {
  return { ...(events && { events: events.join(" ") }), ...(cameras && { cameras: cameras.join(" ") }) };
}

/** The incidents that an event is attached to, as far as whoever asks may know of them. */
export async function incidentsOf(
  parts: Pick<Parts, "records" | "town" | "cameras">,
  occurrence: string,
  visitor: Visitor,
): Promise<Pick<Incident, "id" | "title" | "state">[]> {
  if (!mayAny(visitor, DESK, parts.town.tenant)) return [];
  const ids = await listIncidentsOf(parts.records, occurrence);
  const [asker, known] = [askerOf(visitor), knownOf(parts)];
  const found = await findIncidents(parts.records, ids);
  return found
    .filter((incident) => maySeeIncident(incident, asker, known))
    .map(({ id, title, state }) => ({ id, title, state }));
}

import type { ApiEvent, Incident } from "../api/types.ts";
import { sceneOf } from "../events/kinds.ts";

/** What somebody has to look at once: an incident, or events that are about the same thing. */
export type QueueGroup = {
  readonly key: string;
  readonly incident?: Incident | undefined;
  /** Newest first; none for an incident whose events are older than the queue. */
  readonly events: readonly ApiEvent[];
  /** What the row shows: the gravest, with the best picture. */
  readonly lead?: ApiEvent | undefined;
  readonly severity: ApiEvent["severity"];
  /** When it last changed, epoch milliseconds. */
  readonly at_ms: number;
};

const GRAVITY: Readonly<Record<ApiEvent["severity"], number>> = { info: 0, notice: 1, alarm: 2 };

/**
 * The queue: incidents first, urgent ones before others, then what nobody has taken, the newest first. What was attached to an incident that is
 * closed has been dealt with.
 * @param incidents of the same time, closed ones too.
 */
export function groupQueue(
  events: readonly ApiEvent[],
  incidents: readonly Incident[],
): readonly QueueGroup[] {
  const holders = holdersOf(events, incidents);
  const loose = new Map<string, ApiEvent[]>();
  const attached = new Map<string, ApiEvent[]>();
  for (const event of events) {
    const subject = subjectOf(event);
    const incident = holders.get(event.occurrence) ?? holders.get(subject);
    const [into, key] = incident ? [attached, incident.id] : [loose, subject];
    const about = into.get(key);
    if (about) about.push(event);
    else into.set(key, [event]);
  }
  const open = incidents.filter(({ state }) => state !== "closed");
  return [
    ...open.map((each) => groupOf(`incident ${each.id}`, attached.get(each.id) ?? [], each)).sort(byUrgency),
    ...[...loose].map(([key, about]) => groupOf(key, about)).sort((a, b) => b.at_ms - a.at_ms),
  ];
}

/** The incident that holds each occurrence, and the open one that is about each subject. */
function holdersOf(
  events: readonly ApiEvent[],
  incidents: readonly Incident[],
): ReadonlyMap<string, Incident> {
  const holders = new Map<string, Incident>();
  for (const incident of incidents) {
    for (const { occurrence } of incident.events) {
      // Of several the one that is still worked on counts.
      if (incident.state !== "closed" || !holders.has(occurrence)) holders.set(occurrence, incident);
    }
  }
  for (const event of events) {
    const holder = holders.get(event.occurrence);
    if (holder && holder.state !== "closed") holders.set(subjectOf(event), holder);
  }
  return holders;
}

/** What belongs to an incident, and that nobody has attached to it yet. */
export function unattached(group: QueueGroup | undefined): readonly ApiEvent[] {
  const held = new Set(group?.incident?.events.map(({ occurrence }) => occurrence));
  return group?.incident ? group.events.filter(({ occurrence }) => !held.has(occurrence)) : [];
}

/** What an event is about: several rules may say something of one person in one yard, or of one bus on its run. */
export function subjectOf({ correlationid, source, occurrence, data }: ApiEvent): string {
  if (correlationid !== undefined) return `correlated ${correlationid}`;
  const { track, trip_id, service_date, start_time } = data;
  if (typeof track === "string") return `track ${source} ${track}`;
  if (typeof trip_id === "string") return `run ${source} ${service_date} ${trip_id} ${start_time ?? ""}`;
  return `occurrence ${occurrence}`;
}

/** The group that an address names, whatever it has become since. */
export function findGroup(
  groups: readonly QueueGroup[],
  named: { readonly incident: string } | { readonly occurrence: string },
): QueueGroup | undefined {
  return groups.find(({ incident, events }) =>
    "incident" in named
      ? incident?.id === named.incident
      : events.some(({ occurrence }) => occurrence === named.occurrence),
  );
}

function groupOf(key: string, about: readonly ApiEvent[], incident?: Incident): QueueGroup {
  const events = about.toSorted((a, b) => (a.occurrence < b.occurrence ? 1 : -1));
  const lead = events.toSorted((a, b) => worthOf(b) - worthOf(a))[0];
  const newest_ms = Math.max(0, ...events.map(({ time }) => Date.parse(time)));
  return {
    key,
    incident,
    events,
    lead,
    severity: lead?.severity ?? "notice",
    at_ms: incident ? Math.max(Date.parse(incident.changed_at), newest_ms) : newest_ms,
  };
}

/** Gravity first, then whether there is a picture, then how sure the detector was of it. */
function worthOf(event: ApiEvent): number {
  const picture = event.links.snapshot === undefined ? 0 : 2;
  return GRAVITY[event.severity] * 10 + picture + (sceneOf(event)?.score ?? 0);
}

function byUrgency(a: QueueGroup, b: QueueGroup): number {
  const urgent = Number(b.incident?.priority === "high") - Number(a.incident?.priority === "high");
  return urgent || Date.parse(b.incident?.opened_at ?? "") - Date.parse(a.incident?.opened_at ?? "");
}

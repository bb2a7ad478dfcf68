import { LABELS, type Label } from "@yardline/domain/detection";
import type { LatLon } from "@yardline/domain/geo";
import { isoOf } from "@yardline/domain/time";
import type { State, YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { yardPresence } from "@yardline/events/yard-presence";
import type { Vocabulary } from "./testing/questions.ts";

/** A small town's worth of statements for the tests of an index. What a number makes is always the same. */

const HOUR_MS = 3_600_000;
const BEGIN_MS = Date.parse("2026-11-08T22:00:00Z"); // Two hours before a week ends.
const STOPS = ["Ринок", "Вокзал", "Школа №3", "Площа Героїв"] as const;
const ZONES = ["all", "гойдалки", "parking"] as const;
const CAMERAS = ["yard-1", "yard-2", "АВ-12"] as const;
const TENANTS = ["town", "district"] as const;
const REVISIONS = 4;
const OCCURRENCES = 60;

const pick = <Item>(items: readonly [Item, ...Item[]], number: number): Item =>
  items[number % items.length] ?? items[0];

function placeOfNumber(n: number): LatLon | undefined {
  if (n % 5 === 4) return undefined;
  return { latitude: 50.45 + (n % 7) * 0.003, longitude: 30.5 + (n % 11) * 0.004 };
}

/** One statement; the same numbers give the same statement. */
export function statementOf(n: number, revision: number): YardlineEvent {
  const place = placeOfNumber(n);
  // Some occurrences are taken back by their last revision, and some of those were wrongly taken back before.
  const withdrawn = n % 6 === 0 && revision >= 2 && (n + revision) % 2 === 0;
  const state: State = withdrawn ? "withdrawn" : revision === 0 ? "open" : "updated";
  const statement = {
    tenant: pick(TENANTS, n),
    revision,
    state,
    severity: "info",
    ...(place && { place }),
  } as const;
  // Every third shares its millisecond with the one before.
  const at_ms = BEGIN_MS + (n - (n % 3 === 2 ? 1 : 0)) * 7 * HOUR_MS;
  if (n % 3 === 0) return presence(n, revision, at_ms, statement);
  if (n % 3 === 1) return visit(n, revision, at_ms, statement);
  return barking(n, revision, at_ms, statement);
}

type Statement = Omit<Parameters<typeof stateEvent>[2], "source">;

function presence(n: number, revision: number, at_ms: number, statement: Statement): YardlineEvent {
  const data = presenceData(n, revision, at_ms);
  return stateEvent(yardPresence, data, { ...statement, source: `camera/${data.camera}` });
}

function presenceData(n: number, revision: number, at_ms: number) {
  return {
    camera: pick(CAMERAS, n),
    rule: "presence",
    zone: pick(ZONES, n),
    track: `0192f0c1-7c4e-4c3e-9a57-${String(n).padStart(12, "0")}`,
    label: pick(LABELS, n + revision),
    since: isoOf(at_ms),
    until: isoOf(at_ms + revision * 30_000),
    score: 0.5,
    sightings: 1 + revision,
    box: [0, 0, 1, 1] as [number, number, number, number],
  };
}

function visit(n: number, revision: number, at_ms: number, statement: Statement): YardlineEvent {
  const stop_name = pick(STOPS, n + revision);
  const data = {
    feed: "town",
    service_date: "20261109",
    trip_id: `${n}`,
    route_id: "r",
    route_short_name: pick(["7", "12А", "К-3"], n),
    stop_id: "s",
    stop_name,
    stop_sequence: n,
    vehicle_id: `04${n}`,
    scheduled_at: isoOf(at_ms),
    arrived_at: isoOf(at_ms + 60_000),
    delay_s: 60 * revision,
  };
  return stateEvent(transitStopVisit, data, { ...statement, source: "feed/town" });
}

/** A stay in a zone at an instant of one's choice. */
export function stayAt(
  at_ms: number,
  { zone = "all", label = "person", revision = 0 }: { zone?: string; label?: Label; revision?: number } = {},
): YardlineEvent {
  const data = { ...presenceData(0, revision, at_ms), zone, label };
  const statement = { tenant: "town", revision, state: "open", severity: "info" } as const;
  return stateEvent(yardPresence, data, { ...statement, source: "camera/yard-1" });
}

/** Of a kind that this release does not know, in the very slot of the occurrence before. */
function barking(n: number, revision: number, at_ms: number, statement: Statement): YardlineEvent {
  const { occurrence: neighbour } = statementOf(n - 1, 0);
  const occurrence = neighbour.slice(0, 20) + String(n).padStart(12, "0");
  const { place, ...rest } = statement;
  return {
    ...rest,
    specversion: "1.0",
    id: `${occurrence}.${revision}`,
    source: "camera/yard-1",
    type: "yard.barking",
    time: isoOf(at_ms),
    datacontenttype: "application/json",
    dataschema: "urn:yardline:yard.barking:v1",
    occurrence,
    ...(place && { place: `geo:${place.latitude},${place.longitude}` }),
    data: { loud: "дуже" },
  };
}

export const everyStatement: readonly YardlineEvent[] = Array.from({ length: OCCURRENCES }, (_, n) =>
  Array.from({ length: REVISIONS }, (__, revision) => statementOf(n, revision)),
).flat();

/** What the statements are about, and some that they nearly are. */
export const VOCABULARY: Vocabulary = {
  names: {
    source: ["camera/yard-1", "camera/АВ-12", "feed/town", "feed/TOWN"],
    type: ["yard.presence", "transit.stop-visit", "yard.barking"],
    tenant: TENANTS,
    state: ["open", "updated", "closed"],
    label: ["person", "bicycle", "CAR", "7"],
    zone: ["Гойдалки", "parking", "nowhere"],
    route: ["12A", "12а", "к-3", "r"],
    stop: ["ринок", "площа  героїв", "s"],
    vehicle: ["041", "0410"],
    camera: ["AB-12", "yard-1"],
  },
  texts: [
    "зупинкам",
    "остановка ринок",
    "людина",
    "person zone",
    "гойдалок",
    "вокзалі запізненням",
    "043",
    "AB-12",
    "12A",
    "к3",
    "bus 7",
    "barking",
    "дуже",
    "...",
  ],
  area: { west: 30.49, south: 50.44, east: 30.55, north: 50.48 },
  from_ms: BEGIN_MS,
  to_ms: BEGIN_MS + OCCURRENCES * 7 * HOUR_MS,
};

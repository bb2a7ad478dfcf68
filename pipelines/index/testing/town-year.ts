import { LABELS } from "@yardline/domain/detection";
import type { LatLon } from "@yardline/domain/geo";
import { isoOf } from "@yardline/domain/time";
import { cameraLost } from "@yardline/events/camera-lost";
import type { State, YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { transitDelayChanged } from "@yardline/events/transit-delay-changed";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { yardPresence } from "@yardline/events/yard-presence";
import type { Vocabulary } from "./questions.ts";

/** A year of a town in statements of every kind, for putting two indexes side by side. */

const FROM_MS = Date.parse("2026-01-01T00:00:00Z");
const TO_MS = Date.parse("2027-01-01T00:00:00Z");
const MONTHS = 12;
const MONTH_MS = (TO_MS - FROM_MS) / MONTHS;
/** Something happens on two days of each month, so that an index need not make a place for every week. */
const BUSY_MS = 2 * 86_400_000;
const ZONES = ["all", "дитячий майданчик", "в'їзд", "parking", "Гойдалки", "bins"] as const;
const STOPS = ["Ринок", "Вокзал", "Школа №3", "Площа Героїв", "Ёлочная", "ТЦ «Мрія»"] as const;
const ROUTES = ["7", "12А", "К-3", "21", "N1"] as const;
const TENANTS = ["town", "district"] as const;
const CAMERAS_MAX = 40;
const VEHICLES_MAX = 60;
const REVISIONS_MAX = 3;

export const TOWN_YEAR: Vocabulary = {
  names: {
    source: ["camera/c1", "camera/c2", "camera/c7", "feed/town"],
    type: ["yard.presence", "camera.lost", "transit.stop-visit", "transit.delay-changed"],
    tenant: TENANTS,
    severity: ["info", "notice", "alarm"],
    state: ["open", "updated", "closed"],
    label: [...LABELS, "PERSON"],
    zone: [...ZONES, "вїзд", "гойдалки"],
    camera: ["c1", "c3", "C3", "с3"],
    route: [...ROUTES, "12a", "к3"],
    stop: [...STOPS, "елочная"],
    vehicle: ["1", "12", "40"],
  },
  texts: [
    "людина",
    "собаки в зоні",
    "ринку",
    "bus late",
    "запізнення",
    "12А",
    "елочной",
    "в'їзді",
    "c3",
    "no such word",
  ],
  area: { west: 30.45, south: 50.42, east: 30.6, north: 50.5 },
  from_ms: FROM_MS,
  to_ms: TO_MS,
};

/** Numbers below 1 that the same seed gives again (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many statements; most occurrences have several revisions, in any order, and one in ten statements comes twice. */
export function townYear(count: number, seed: number): YardlineEvent[] {
  const random = randomOf(seed);
  const statements: YardlineEvent[] = [];
  while (statements.length < count * 0.9) statements.push(...occurrence(random));
  const repeated = Array.from({ length: count - statements.length }, () => pick(random, statements));
  return shuffled([...statements, ...repeated], random);
}

/** The same statements in another order. */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const order = items.map((item) => ({ item, at: random() }));
  return order.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

/** Squared, so that the first names come often and the last ones seldom. */
const number = (random: () => number, max: number): number => Math.floor(random() ** 2 * max);

function occurrence(random: () => number): YardlineEvent[] {
  const at_ms = FROM_MS + Math.floor(random() * MONTHS) * MONTH_MS + Math.floor(random() * BUSY_MS);
  const state = pick(random, [stays, stays, visits, visits, delays, gaps]);
  const make = state(at_ms, random);
  const last = Math.floor(random() * REVISIONS_MAX);
  const tenant = pick(random, TENANTS);
  const place = random() < 0.8 ? placeIn(TOWN_YEAR.area, random) : undefined;
  return Array.from({ length: last + 1 }, (_, revision) => {
    const states: readonly State[] = revision === 0 ? ["open"] : ["updated", "closed", "withdrawn"];
    return make(revision, {
      tenant,
      revision,
      state: pick(random, states),
      severity: pick(random, ["info", "notice", "alarm"]),
      ...(place && { place }),
    });
  });
}

type Statement = Omit<Parameters<typeof stateEvent>[2], "source">;
type Make = (revision: number, statement: Statement) => YardlineEvent;

function placeIn({ west, south, east, north }: Vocabulary["area"], random: () => number): LatLon {
  return { latitude: south + random() * (north - south), longitude: west + random() * (east - west) };
}

function stays(at_ms: number, random: () => number): Make {
  const camera = `c${number(random, CAMERAS_MAX)}`;
  const data = {
    camera,
    rule: "presence",
    zone: pick(random, ZONES),
    track: `0192f0c1-7c4e-4c3e-9a57-${String(Math.floor(random() * 1e12)).padStart(12, "0")}`,
    label: pick(random, LABELS),
    since: isoOf(at_ms),
    score: 0.5,
    sightings: 1,
    box: [0, 0, 1, 1] as [number, number, number, number],
  };
  return (revision, statement) => {
    const until = isoOf(at_ms + revision * 45_000);
    return stateEvent(yardPresence, { ...data, until }, { ...statement, source: `camera/${camera}` });
  };
}

function gaps(at_ms: number, random: () => number): Make {
  const camera = `c${number(random, CAMERAS_MAX)}`;
  const data = { camera, since: isoOf(at_ms), why: "silent", attempts: 1 } as const;
  return (revision, statement) => {
    const until = revision > 0 ? { until: isoOf(at_ms + revision * 60_000) } : {};
    return stateEvent(cameraLost, { ...data, ...until }, { ...statement, source: `camera/${camera}` });
  };
}

function visits(at_ms: number, random: () => number): Make {
  const run = runOf(at_ms, random);
  const delay_s = Math.floor(random() * 600) - 120;
  return (revision, statement) => {
    const data = {
      ...run,
      delay_s: delay_s + revision,
      arrived_at: isoOf(at_ms + (delay_s + revision) * 1_000),
    };
    return stateEvent(transitStopVisit, data, { ...statement, source: "feed/town" });
  };
}

function delays(at_ms: number, random: () => number): Make {
  const run = { ...runOf(at_ms, random), delay_before_s: 0 };
  const delay_s = Math.floor(random() * 600);
  return (revision, statement) =>
    stateEvent(
      transitDelayChanged,
      { ...run, delay_s: delay_s + revision },
      { ...statement, source: "feed/town" },
    );
}

function runOf(at_ms: number, random: () => number) {
  const route = number(random, ROUTES.length);
  const stop_name = pick(random, STOPS);
  return {
    feed: "town",
    service_date: isoOf(at_ms).slice(0, 10).replaceAll("-", ""),
    trip_id: `${Math.floor(random() * 1e6)}`,
    route_id: `r${route}`,
    route_short_name: pick(random, ROUTES),
    stop_id: `s${STOPS.indexOf(stop_name)}`,
    stop_name,
    stop_sequence: Math.floor(random() * 30),
    vehicle_id: `${number(random, VEHICLES_MAX)}`,
    scheduled_at: isoOf(at_ms),
  };
}

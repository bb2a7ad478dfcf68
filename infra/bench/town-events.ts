import { LABELS } from "@yardline/domain/detection";
import type { LatLon } from "@yardline/domain/geo";
import { isoOf } from "@yardline/domain/time";
import { cameraLost } from "@yardline/events/camera-lost";
import type { YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { transitDelayChanged } from "@yardline/events/transit-delay-changed";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { yardPresence } from "@yardline/events/yard-presence";

/**
 * What a small town states in a year, for measuring: the same numbers give the same events. Names come as they do in a town:
 * a few of them all the time, most of them seldom (Zipf's law, with exponent 1).
 */

const TENANT = "town";
const CENTRE: LatLon = { latitude: 50.45, longitude: 30.52 };
/** Half of the town's width, degrees. */
const REACH = 0.06;
const CAMERAS = 48;
const ROUTES = 25;
const STOPS = 320;
const VEHICLES = 60;
const YARDS = ["Садова", "Шкільна", "Миру", "Лесі Українки", "Набережна", "Польова", "Ринкова", "Вокзальна"];
const CORNERS = [
  "двір",
  "в'їзд",
  "дитячий майданчик",
  "гойдалки",
  "стоянка",
  "сміттєві баки",
  "під'їзд",
  "сквер",
];
const WHYS = ["silent", "ended", "refused"] as const;
/** One call in so many is by a vehicle lent from elsewhere, which hardly anybody sees twice. */
const LENT_EVERY = 20_000;
/** Metres that a GPS fix is off, in degrees. */
const GPS_DEGREES = 0.0002;

/** How the events of a span are shared out between the kinds. */
const SHARES = [
  [0.55, presence],
  [0.93, visit],
  [0.98, delayChange],
  [1, gap],
] as const;

/** Numbers below 1 that the same seed gives again (xorshift32). */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** So many first and last statements, spread evenly over the span, oldest first. */
export function* townEvents(
  count: number,
  from_ms: number,
  to_ms: number,
  seed = 1,
): Generator<YardlineEvent> {
  const random = randomOf(seed);
  const step_ms = (to_ms - from_ms) / count;
  for (let n = 0; n < count; n++) {
    const at_ms = Math.floor(from_ms + n * step_ms);
    const kind = random();
    const [, make] = SHARES.find(([share]) => kind < share) ?? SHARES[0];
    yield make(at_ms, random);
  }
}

/** The name of a camera, by its rank: 0 is the busiest. */
export const cameraName = (rank: number): string => `yard-${String(rank + 1).padStart(2, "0")}`;
/** What a camera calls a corner of its picture. */
export const zoneName = (camera: number, corner: number): string =>
  `${CORNERS[corner % CORNERS.length]} ${YARDS[camera % YARDS.length]} ${Math.floor(camera / YARDS.length) + 1}`;
/** Where a camera hangs. */
export const cameraPlace = (rank: number): LatLon => scattered(rank, 0.618_034, 0.754_878);

/** The number of a vehicle that is lent. */
export const lentVehicle = (random: Random): string => `KX-${1_000 + Math.floor(random() * 9_000)}`;

const stopPlace = (stop: number): LatLon => scattered(stop, 0.569_84, 0.819_173);
const stopName = (stop: number): string =>
  stop % 3 === 0
    ? `${YARDS[stop % YARDS.length]} вулиця`
    : `Зупинка ${YARDS[(stop * 5) % YARDS.length]} ${stop}`;

/** Spread over the town without a pattern that a grid of squares could be lucky with. */
function scattered(n: number, a: number, b: number): LatLon {
  const share = (factor: number) => ((((n + 1) * factor) % 1) * 2 - 1) * REACH;
  return { latitude: CENTRE.latitude + share(a), longitude: CENTRE.longitude + share(b) * 1.5 };
}

/** A rank below `count`; the first is twice as likely as the second, three times as the third. */
function ranked(random: Random, count: number): number {
  return Math.min(count - 1, Math.floor(count ** random() * (1 + 1e-9)) - 1);
}

const hex = (random: Random, digits: number): string =>
  Math.floor(random() * 16 ** digits)
    .toString(16)
    .padStart(digits, "0");
const uuid = (random: Random): string =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 6)}${hex(random, 6)}`;
const share = (random: Random): number => Math.floor(random() * 10_000) / 10_000;

function presence(at_ms: number, random: Random): YardlineEvent {
  const rank = ranked(random, CAMERAS);
  const camera = cameraName(rank);
  const stay_ms = Math.floor(2_000 + 60_000 * random() ** 3);
  const revision = 1 + Math.floor(stay_ms / 30_000);
  const until_ms = at_ms + stay_ms;
  const data = {
    camera,
    rule: "presence",
    zone: random() < 0.4 ? "all" : zoneName(rank, ranked(random, CORNERS.length)),
    track: uuid(random),
    label: LABELS[ranked(random, LABELS.length)] ?? "person",
    since: isoOf(at_ms),
    until: isoOf(until_ms),
    score: share(random),
    sightings: 1 + Math.floor(stay_ms / 400),
    box: [share(random), share(random), share(random), share(random)] as [number, number, number, number],
    snapshot: uuid(random),
    clip: { from: isoOf(at_ms - 5_000), to: isoOf(until_ms + 5_000) },
    ended: "left" as const,
  };
  const statement = { revision, state: "closed", severity: "info", tenant: TENANT } as const;
  const source = `camera/${camera}`;
  return stateEvent(yardPresence, data, { ...statement, source, place: cameraPlace(rank) });
}

function gap(at_ms: number, random: Random): YardlineEvent {
  const rank = ranked(random, CAMERAS);
  const camera = cameraName(rank);
  const data = {
    camera,
    since: isoOf(at_ms),
    until: isoOf(at_ms + Math.floor(random() * 600_000)),
    why: WHYS[ranked(random, WHYS.length)] ?? "silent",
    attempts: Math.floor(random() * 9),
    ended: "returned" as const,
  };
  const statement = { revision: 1, state: "closed", severity: "notice", tenant: TENANT } as const;
  return stateEvent(cameraLost, data, { ...statement, source: `camera/${camera}`, place: cameraPlace(rank) });
}

/** A call at a stop is scheduled at whole half minutes: many share their instant. */
function runAt(at_ms: number, random: Random) {
  const scheduled_ms = Math.floor(at_ms / 30_000) * 30_000;
  const route = ranked(random, ROUTES);
  const stop = (route * 13 + Math.floor(random() * 26)) % STOPS;
  const vehicle_id =
    random() < 1 / LENT_EVERY
      ? lentVehicle(random)
      : `BC ${4_400 + ((route * 2 + ranked(random, 5)) % VEHICLES)} AA`;
  const run = {
    feed: "town",
    service_date: isoOf(at_ms).slice(0, 10).replaceAll("-", ""),
    trip_id: `${route + 1}-${Math.floor(random() * 2)}-${Math.floor((at_ms / 1_200_000) % 72)}`,
    route_id: `r${route + 1}`,
    route_short_name: route % 4 === 3 ? `${route + 1}А` : `${route + 1}`,
    stop_id: `s${stop}`,
    stop_name: stopName(stop),
    stop_sequence: stop % 26,
    vehicle_id,
    scheduled_at: isoOf(scheduled_ms),
  };
  const { latitude, longitude } = stopPlace(stop);
  const off = () => (random() - 0.5) * GPS_DEGREES;
  return { run, scheduled_ms, place: { latitude: latitude + off(), longitude: longitude + off() } };
}

const delayOf = (random: Random): number => Math.floor(900 * random() ** 3) - 60;

function visit(at_ms: number, random: Random): YardlineEvent {
  const { run, scheduled_ms, place } = runAt(at_ms, random);
  const delay_s = delayOf(random);
  const arrived_ms = scheduled_ms + delay_s * 1_000;
  const data = {
    ...run,
    arrived_at: isoOf(arrived_ms),
    departed_at: isoOf(arrived_ms + 8_000 + Math.floor(random() * 30_000)),
    delay_s,
    ended: "departed" as const,
  };
  const statement = { revision: 1, state: "closed", severity: "info", tenant: TENANT } as const;
  return stateEvent(transitStopVisit, data, { ...statement, source: "feed/town", place });
}

function delayChange(at_ms: number, random: Random): YardlineEvent {
  const { run, place } = runAt(at_ms, random);
  const data = { ...run, delay_before_s: delayOf(random), delay_s: delayOf(random) };
  const statement = { revision: 0, state: "closed", severity: "notice", tenant: TENANT } as const;
  return stateEvent(transitDelayChanged, data, { ...statement, source: "feed/town", place });
}

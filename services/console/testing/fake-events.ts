import { cameraLost } from "@yardline/events/camera-lost";
import { type EventType, stateEvent } from "@yardline/events/event-type";
import { transitDelayChanged } from "@yardline/events/transit-delay-changed";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { yardPresence } from "@yardline/events/yard-presence";
import type { Static, TObject } from "typebox";
import type { ApiEvent } from "../api/types.ts";

const MINUTE_MS = 60_000;
const STATEMENT = { tenant: "verba", severity: "info" } as const;
const YARD = { latitude: 50.2115, longitude: 30.312 };
const iso = (at_ms: number) => new Date(at_ms).toISOString();

type Said = {
  readonly source: string;
  readonly revision?: number;
  readonly state?: ApiEvent["state"];
  readonly place?: typeof YARD;
};

function apiEvent<Data extends TObject>(type: EventType<Data>, data: Static<Data>, said: Said): ApiEvent {
  const event = stateEvent(type, data, { ...STATEMENT, revision: 0, state: "closed", ...said });
  const self = `/v1/events/${event.occurrence}`;
  return {
    ...event,
    sentence: { uk: type.sentence(data, "uk"), ru: type.sentence(data, "ru"), en: type.sentence(data, "en") },
    links: {
      self,
      ...(type.media && {
        snapshot: `${self}/snapshot`,
        clip: `${self}/clip`,
        filmstrip: `${self}/filmstrip`,
      }),
    },
  };
}

type PresenceChange = Partial<Static<(typeof yardPresence)["data"]>> & Pick<Said, "revision" | "state">;

/** Somebody in the yard, as the real catalogue states it. */
export function presence(
  track: string,
  since_ms: number,
  { revision, state, ...change }: PresenceChange = {},
): ApiEvent {
  const data = {
    camera: "yard",
    rule: "presence",
    zone: "all",
    track,
    label: "person",
    since: iso(since_ms),
    until: iso(since_ms + 14_000),
    score: 0.87,
    sightings: 23,
    box: [0.4, 0.3, 0.52, 0.8],
    snapshot: `snap-${track}`,
    clip: { from: iso(since_ms - 5_000), to: iso(since_ms + 20_000) },
    recorded: true,
    ended: "left",
    ...change,
  } satisfies Static<(typeof yardPresence)["data"]>;
  return apiEvent(yardPresence, data, {
    source: "camera/yard",
    place: YARD,
    ...(revision !== undefined && { revision }),
    ...(state && { state }),
  });
}

export function stopVisit(trip_id: string, scheduled_ms: number, delay_s: number): ApiEvent {
  const data = {
    ...{ feed: "town", service_date: "20261122", trip_id, route_id: "r1", route_short_name: "1" },
    ...{ stop_id: "s3", stop_name: "Залізничний вокзал", stop_sequence: 3, vehicle_id: "AA 1042" },
    scheduled_at: iso(scheduled_ms),
    arrived_at: iso(scheduled_ms + delay_s * 1000),
    departed_at: iso(scheduled_ms + delay_s * 1000 + 25_000),
    delay_s,
    ended: "departed",
  } satisfies Static<(typeof transitStopVisit)["data"]>;
  return apiEvent(transitStopVisit, data, {
    source: "feed/town",
    place: { latitude: 50.2072, longitude: 30.3079 },
  });
}

function delayChange(trip_id: string, scheduled_ms: number): ApiEvent {
  const data = {
    ...{ feed: "town", service_date: "20261122", trip_id, route_id: "r2", route_short_name: "2А" },
    ...{ stop_id: "s9", stop_name: "Лікарня", stop_sequence: 5, vehicle_id: "AA 1077" },
    ...{ scheduled_at: iso(scheduled_ms), delay_before_s: 40, delay_s: 395 },
  } satisfies Static<(typeof transitDelayChanged)["data"]>;
  return apiEvent(transitDelayChanged, data, { source: "feed/town", place: YARD });
}

function cameraGap(since_ms: number): ApiEvent {
  const data = { camera: "gate", since: iso(since_ms), why: "silent", attempts: 7 } satisfies Static<
    (typeof cameraLost)["data"]
  >;
  return apiEvent(cameraLost, data, { source: "camera/gate", state: "open" });
}

/** Some two days of a small town, newest first. */
export function recordedEvents(now_ms: number): ApiEvent[] {
  const labels = ["person", "person", "car", "dog", "bicycle", "person", "truck"] as const;
  const yard = Array.from({ length: 60 }, (_, at) =>
    presence(`track-${at}`, now_ms - (at * 41 + 3) * MINUTE_MS, {
      label: labels[at % labels.length] ?? "person",
      score: 0.6 + (at % 4) / 10,
      ...(at === 0 && { state: "open", revision: 2, until: iso(now_ms - MINUTE_MS) }),
    }),
  );
  const visits = Array.from({ length: 40 }, (_, at) =>
    stopVisit(`trip-${at}`, now_ms - (at * 23 + 6) * MINUTE_MS, ((at * 97) % 500) - 100),
  );
  const all = [
    ...yard,
    ...visits,
    delayChange("trip-d", now_ms - 12 * MINUTE_MS),
    cameraGap(now_ms - 30 * MINUTE_MS),
  ];
  return all.sort((a, b) => (a.occurrence < b.occurrence ? 1 : -1));
}

const EVERY_MS = 25_000;
const OCCURRENCE_TIME = 12;

/** So many events of some weeks, newest first, all over the town: made of one, since stating each would take a while. */
export function manyEvents(count: number, now_ms: number): ApiEvent[] {
  const labels = ["person", "car", "dog"] as const;
  const kinds = labels.map((label) => presence("many", now_ms, { label }));
  return Array.from({ length: count }, (_, at) => {
    const at_ms = now_ms - (at + 1) * EVERY_MS;
    const kind = kinds[at % kinds.length] ?? presence("many", now_ms);
    const occurrence = `${at_ms.toString(16).padStart(OCCURRENCE_TIME, "0")}${at.toString(16).padStart(20, "0")}`;
    return {
      ...kind,
      ...{ occurrence, id: `${occurrence}.0`, time: iso(at_ms) },
      severity: at % 500 === 0 ? "alarm" : at % 50 === 0 ? "notice" : "info",
      place: `geo:${50.2 + ((at * 7) % 250) / 10_000},${30.29 + ((at * 13) % 450) / 10_000}`,
      links: { self: `/v1/events/${occurrence}` },
    };
  });
}

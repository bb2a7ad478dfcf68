import type { YardlineEvent } from "@yardline/events/event";
import { type Statement, stateEvent } from "@yardline/events/event-type";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { yardPresence } from "@yardline/events/yard-presence";
import type { CameraStatus } from "../camera-parts.ts";
import type { TransitView } from "../parts.ts";

export const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
export const TENANT = "demo";

const STATEMENT: Statement = {
  source: "camera/yard",
  tenant: TENANT,
  revision: 1,
  state: "open",
  severity: "info",
  place: { latitude: 49.84, longitude: 24.03 },
};

/** A person in a yard, `after_s` seconds after noon, for ten seconds, with a snapshot and a clip. */
export function presence(
  after_s = 0,
  { data, ...statement }: Partial<Statement> & { data?: object } = {},
): YardlineEvent {
  const at = (s: number): string => new Date(NOON_MS + s * 1_000).toISOString();
  const facts = {
    camera: "yard",
    rule: "presence",
    zone: "all",
    track: "3f1f2c1e-0000-4000-8000-000000000001",
    label: "person" as const,
    since: at(after_s),
    until: at(after_s + 10),
    score: 0.9,
    sightings: 12,
    box: [0.1, 0.2, 0.3, 0.6] as [number, number, number, number],
    snapshot: "snap-1",
    clip: { from: at(after_s - 5), to: at(after_s + 15) },
    ...data,
  };
  return stateEvent(yardPresence, facts, { ...STATEMENT, ...statement });
}

/** Bus 7 of line 3 arrives at the market, `after_s` seconds after noon. */
export function stopVisit(after_s = 0, statement: Partial<Statement> = {}): YardlineEvent {
  const at = new Date(NOON_MS + after_s * 1_000).toISOString();
  return stateEvent(
    transitStopVisit,
    {
      feed: "demo",
      service_date: "20261122",
      trip_id: "t1",
      route_id: "r3",
      route_short_name: "3",
      stop_id: "market",
      stop_name: "Market",
      stop_sequence: 4,
      vehicle_id: "7",
      scheduled_at: at,
      arrived_at: at,
      delay_s: 0,
    },
    { ...STATEMENT, source: "feed/demo", ...statement },
  );
}

export const CAMERA: CameraStatus = {
  id: "yard",
  name: "Yard 1",
  place: { latitude: 49.84, longitude: 24.03 },
  purpose: "protection-of-property",
  legal_basis: "public-task",
  controller: "the council",
  retention_h: 72,
  mask_form: "none-needed",
  recorded: false,
  state: "watching",
  since_ms: NOON_MS,
};

/** One line with two stops and one late bus. */
export const TRANSIT: TransitView = {
  timezone: "Europe/Kyiv",
  listStops: () => [
    { stop_id: "market", stop_name: "Ринок", latitude: 49.84, longitude: 24.03 },
    { stop_id: "вокзал/1", stop_name: "Вокзал", latitude: 49.85, longitude: 24.01 },
  ],
  listLines: () => [
    {
      route_id: "r3",
      route_short_name: "3",
      route_long_name: "Market – Station",
      route_color: "0055AA",
      shapes: [
        [
          { latitude: 49.84, longitude: 24.03 },
          { latitude: 49.85, longitude: 24.01 },
        ],
      ],
    },
  ],
  listVehicles: (now_ms) => [
    {
      vehicle_id: "7",
      at_ms: now_ms - 4_000,
      latitude: 49.845,
      longitude: 24.02,
      speed_mps: 8.5,
      course_deg: 310,
      run: { feed: "demo", service_date: "20261122", trip_id: "t1", route_id: "r3" },
      delay_s: 95.4,
      stop_id: "вокзал/1",
    },
    { vehicle_id: "8", at_ms: now_ms - 1_000, latitude: 49.84, longitude: 24.02 },
  ],
  listArrivals: (stop_id, now_ms) =>
    stop_id === "nowhere"
      ? undefined
      : [
          {
            run: { feed: "demo", service_date: "20261122", trip_id: "t1", route_id: "r3" },
            stop_id,
            stop_sequence: 5,
            headsign: "Station",
            scheduled_at_ms: now_ms + 60_000,
            predicted_at_ms: now_ms + 155_400,
            low_ms: now_ms + 120_000,
            high_ms: now_ms + 200_000,
            basis: "live",
            vehicle_id: "7",
            signal_at_ms: now_ms - 20_000,
          },
          {
            run: { feed: "demo", service_date: "20261122", trip_id: "t9", route_id: "r99" },
            stop_id,
            stop_sequence: 5,
            scheduled_at_ms: now_ms + 600_000,
            predicted_at_ms: now_ms + 600_000,
            basis: "timetable",
          },
        ],
  listPlanned(stop_id, [from_ms, to_ms]) {
    if (stop_id === "nowhere") return undefined;
    const run = { feed: "demo", service_date: "20261122", trip_id: "t1", route_id: "r3" };
    const calls = [NOON_MS, NOON_MS + 1_200_000, NOON_MS + 86_400_000].map((scheduled_at_ms) => ({
      ...{ run, stop_id, stop_sequence: 5, headsign: "Station", scheduled_at_ms },
      ...{ predicted_at_ms: scheduled_at_ms, basis: "timetable" as const },
    }));
    return calls.filter(({ scheduled_at_ms: at_ms }) => at_ms >= from_ms && at_ms < to_ms);
  },
  heardAt: (now_ms) => now_ms - 1_000,
  listAlerts: (now_ms) => [
    {
      id: "order-4",
      effect: "NO_SERVICE",
      header: {
        uk: "Зупинка «Ринок» не працює",
        ru: "Остановка «Рынок» не работает",
        en: "Stop “Market” is closed",
      },
      concerns: [{ feed: "demo", stop_id: "market" }],
      periods: [{ from_ms: now_ms - 60_000, until_ms: now_ms + 3_600_000 }],
    },
  ],
  isUnavailable: () => false,
  tripUpdates: () => Uint8Array.of(10, 1, 1),
  vehiclePositions: () => Uint8Array.of(10, 2, 2),
  alerts: () => Uint8Array.of(10, 3, 3),
};

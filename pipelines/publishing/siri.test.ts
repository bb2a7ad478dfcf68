import type { Arrival, LiveVehicle } from "@yardline/domain/trip-run";
import { expect, test } from "vitest";
import { stopMonitoring, tokenOf, vehicleMonitoring } from "./siri.ts";

const NOW = Date.parse("2026-06-01T05:00:00Z");
const run = { feed: "town", service_date: "20260601", trip_id: "east-08:00", route_id: "3" };
const names = {
  producer: "town",
  lineName: () => "3 & 3А",
  stopName: (stop_id: string) => (stop_id === "market" ? "Ринок <центр>\u0001" : undefined),
  noteOf: ({ basis }: Arrival) => ({ uk: `За ${basis}`, en: `By ${basis}` }),
};
const call = { run, stop_id: "market", stop_sequence: 4, scheduled_at_ms: NOW };
const ARRIVALS: readonly Arrival[] = [
  {
    ...call,
    headsign: "Center",
    predicted_at_ms: NOW + 95_000,
    low_ms: NOW + 60_000,
    high_ms: NOW + 140_000,
    basis: "live",
    vehicle_id: "17",
    signal_at_ms: NOW - 5_000,
  },
  { ...call, predicted_at_ms: NOW, basis: "timetable" },
  { ...call, predicted_at_ms: NOW - 90_000, basis: "lost", vehicle_id: "18", signal_at_ms: NOW - 200_000 },
  { ...call, predicted_at_ms: NOW, basis: "timetable", overdue: "missed", signal_at_ms: NOW - 900_000 },
  { ...call, predicted_at_ms: NOW, basis: "timetable", overdue: "unknown" },
];
const VEHICLES: readonly LiveVehicle[] = [
  {
    vehicle_id: "17",
    at_ms: NOW - 4_000,
    latitude: 49.8,
    longitude: 31.2,
    speed_mps: 8.4,
    course_deg: 310,
    run: { ...run, start_time: "08:00:00" },
    headsign: "Center",
    delay_s: -95.4,
    stop_id: "market",
    stop_sequence: 4,
  },
  { vehicle_id: "9", at_ms: NOW, latitude: 49.8, longitude: 31.2 },
];

/**
 * What of the schemas is used: each element with those that may stand in it, in their order; * may come again. Documents like these
 * were also found valid by the whole schemas, SIRI 2.0 and 2.1.
 */
const SCHEMA: Readonly<Record<string, readonly string[]>> = {
  Siri: ["ServiceDelivery"],
  ServiceDelivery: [
    "ResponseTimestamp",
    "ProducerRef",
    "Status",
    "StopMonitoringDelivery",
    "VehicleMonitoringDelivery",
  ],
  StopMonitoringDelivery: [
    "ResponseTimestamp",
    "Status",
    "MonitoringRef",
    "MonitoringName",
    "MonitoredStopVisit*",
  ],
  VehicleMonitoringDelivery: ["ResponseTimestamp", "Status", "VehicleActivity*"],
  MonitoredStopVisit: [
    "RecordedAtTime",
    "ItemIdentifier",
    "MonitoringRef",
    "MonitoredVehicleJourney",
    "StopVisitNote*",
  ],
  VehicleActivity: ["RecordedAtTime", "ItemIdentifier", "ValidUntilTime", "MonitoredVehicleJourney"],
  MonitoredVehicleJourney: [
    "LineRef",
    "FramedVehicleJourneyRef",
    "PublishedLineName",
    "DestinationName",
    "Monitored",
    "MonitoringError",
    "PredictionInaccurate",
    "VehicleLocation",
    "Bearing",
    "Velocity",
    "Delay",
    "VehicleRef",
    "MonitoredCall",
  ],
  FramedVehicleJourneyRef: ["DataFrameRef", "DatedVehicleJourneyRef"],
  VehicleLocation: ["Longitude", "Latitude"],
  MonitoredCall: [
    "StopPointRef",
    "Order",
    "StopPointName",
    "AimedArrivalTime",
    "ExpectedArrivalTime",
    "LatestExpectedArrivalTime",
    "ArrivalStatus",
    "ExpectedDeparturePredictionQuality",
  ],
  ExpectedDeparturePredictionQuality: ["PredictionLevel", "Percentile", "LowerTimeLimit", "HigherTimeLimit"],
};
const TOKENS =
  /^(?:LineRef|MonitoringRef|StopPointRef|VehicleRef|ItemIdentifier|DatedVehicleJourneyRef|ProducerRef)$/;

type Open = { readonly name: string; at: number };

/** Walks a document and names everything that the schema does not allow. */
function faultsOf(xml: string): readonly string[] {
  const faults: string[] = [];
  const open: Open[] = [];
  for (const [, slash, name = "", text = ""] of xml.matchAll(/<(\/?)([A-Za-z]+)[^>]*>([^<]*)/g)) {
    if (slash) {
      const closed = open.pop();
      if (closed?.name !== name) faults.push(`${closed?.name} is closed by ${name}`);
      continue;
    }
    if (!standsIn(open.at(-1), name)) faults.push(`${name} in ${open.at(-1)?.name}`);
    if (TOKENS.test(name) && !/^[-\p{L}\p{Nd}._:]+$/u.test(text))
      faults.push(`${name} is no NMTOKEN: ${text}`);
    open.push({ name, at: -1 });
  }
  return [...faults, ...open.map(({ name }) => `${name} is not closed`)];
}

/** Whether an element may come next in the one around it. */
function standsIn(parent: Open | undefined, name: string): boolean {
  if (!parent) return name === "Siri";
  const order = SCHEMA[parent.name] ?? [];
  const at = order.findIndex((each) => each.replace("*", "") === name);
  const again = order[at]?.endsWith("*") === true && at === parent.at;
  const follows = at > parent.at || again;
  parent.at = at;
  return at >= 0 && follows;
}

/** All texts of an element, in their order. */
const textsOf = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}[^>]*>([^<]*)</${name}>`, "g"))].map(([, text]) => text);

test("a board is a StopMonitoring delivery: expected with its interval, missed and not reported ones named so", () => {
  const xml = stopMonitoring("market", ARRIVALS, NOW, names);
  expect(faultsOf(xml)).toEqual([]);
  expect(xml).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Siri xmlns="http:\/\/www\.siri\.org\.uk\/siri" version="2\.0">/,
  );
  expect(textsOf(xml, "ArrivalStatus")).toEqual(["delayed", "early", "missed", "noReport"]);
  expect(textsOf(xml, "Monitored")).toEqual(["true", "false", "false", "false", "false"]);
  expect(textsOf(xml, "ExpectedArrivalTime")).toEqual([
    "2026-06-01T05:01:35.000Z",
    "2026-06-01T04:58:30.000Z",
  ]);
  expect(textsOf(xml, "LowerTimeLimit")).toEqual(["2026-06-01T05:01:00.000Z"]);
  expect(textsOf(xml, "StopPointName")[0]).toBe("Ринок &lt;центр&gt;");
  expect(textsOf(xml, "PublishedLineName")[0]).toBe("3 &amp; 3А");
  expect(textsOf(xml, "DataFrameRef")[0]).toBe("2026-06-01");
  expect(textsOf(xml, "StopVisitNote")).toHaveLength(10);
});

test("an empty board is a delivery that names its stop", () => {
  const xml = stopMonitoring("вокзал/1", [], NOW, names);
  expect(faultsOf(xml)).toEqual([]);
  expect(textsOf(xml, "MonitoringRef")).toEqual(["вокзал_x002f_1"]);
});

test("vehicles on a run are a VehicleMonitoring delivery; those on none are not told", () => {
  const xml = vehicleMonitoring(VEHICLES, NOW, names);
  expect(faultsOf(xml)).toEqual([]);
  expect(textsOf(xml, "VehicleRef")).toEqual(["17"]);
  expect(textsOf(xml, "Delay")).toEqual(["-PT95S"]);
  expect(textsOf(xml, "DatedVehicleJourneyRef")).toEqual(["east-08:00:08:00:00"]);
  expect(textsOf(xml, "ValidUntilTime")).toEqual(["2026-06-01T05:04:56.000Z"]);
});

test("ids of any characters become tokens, different ones different tokens", () => {
  expect(["east-08:00", "a b", "a/b", "", "🚌"].map(tokenOf)).toEqual([
    "east-08:00",
    "a_x0020_b",
    "a_x002f_b",
    "_",
    "_xd83d__xde8c_",
  ]);
});

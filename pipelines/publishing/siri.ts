import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Arrival, LiveVehicle, TripRun } from "@yardline/domain/trip-run";

/** An element: its name, and its text or the elements in it; what is undefined is left out. The order is the schema's. */
type Element = readonly [name: string, content: string | undefined | readonly (Element | undefined)[]];

/** What a delivery says beside the arrivals and vehicles themselves. */
export type SiriNames = {
  /** Who publishes. */
  readonly producer: string;
  /** What people call a line. */
  readonly lineName: (route_id: string) => string;
  readonly stopName: (stop_id: string) => string | undefined;
  /** Why an arrival is as it is, in a sentence for people, by language. */
  readonly noteOf: (arrival: Arrival) => Readonly<Record<string, string>>;
};

/** How long a vehicle's place is worth something. */
const VALID_MS = 5 * 60_000;
/** Expected within this of the timetable is on time; the same span that boards of many operators use. */
const ON_TIME_MS = 60_000;
/** The interval holds the arrival so often, in percent. */
const PERCENTILE = 80;

/**
 * A stop's board as a SIRI 2.0 StopMonitoring delivery (XML). A call that should have been made is `missed` or `noReport`.
 * @see https://github.com/SIRI-CEN/SIRI/blob/master/xsd/siri_stopMonitoring_service.xsd
 */
export function stopMonitoring(
  stop_id: string,
  arrivals: readonly Arrival[],
  now_ms: EpochMs,
  names: SiriNames,
): string {
  const visits = arrivals.map((arrival) => stopVisit(arrival, now_ms, names));
  return serviceDelivery(
    "StopMonitoringDelivery",
    [["MonitoringRef", tokenOf(stop_id)], text("MonitoringName", names.stopName(stop_id)), ...visits],
    now_ms,
    names,
  );
}

/**
 * Where vehicles are as a SIRI 2.0 VehicleMonitoring delivery (XML): those only that are on a run, since each place is of a journey.
 * @see https://github.com/SIRI-CEN/SIRI/blob/master/xsd/siri_vehicleMonitoring_service.xsd
 */
export function vehicleMonitoring(
  vehicles: readonly LiveVehicle[],
  now_ms: EpochMs,
  names: SiriNames,
): string {
  const activities = vehicles.map((vehicle) => vehicleActivity(vehicle, names));
  return serviceDelivery("VehicleMonitoringDelivery", activities, now_ms, names);
}

function stopVisit(arrival: Arrival, now_ms: EpochMs, names: SiriNames): Element {
  const { run, stop_id, signal_at_ms, vehicle_id, headsign, basis, overdue } = arrival;
  const monitored = basis === "live" && !overdue;
  return [
    "MonitoredStopVisit",
    [
      ["RecordedAtTime", isoOf(signal_at_ms ?? now_ms)],
      ["ItemIdentifier", tokenOf([...runParts(run), String(arrival.stop_sequence)].join(":"))],
      ["MonitoringRef", tokenOf(stop_id)],
      [
        "MonitoredVehicleJourney",
        [
          ...journeyOf(run, headsign, names),
          ["Monitored", String(monitored)],
          text("MonitoringError", basis === "lost" || (overdue && signal_at_ms) ? "GPS" : undefined),
          text("PredictionInaccurate", basis === "lost" ? "true" : undefined),
          text("VehicleRef", vehicle_id && tokenOf(vehicle_id)),
          ["MonitoredCall", callOf(arrival, names)],
        ],
      ],
      ...Object.entries(names.noteOf(arrival)).map(
        ([language, note]): Element => [`StopVisitNote xml:lang="${language}"`, note],
      ),
    ],
  ];
}

function callOf(arrival: Arrival, names: SiriNames): readonly (Element | undefined)[] {
  const { stop_id, stop_sequence, scheduled_at_ms, predicted_at_ms, low_ms, high_ms, basis, overdue } =
    arrival;
  const expected = basis !== "timetable" && !overdue;
  return [
    ["StopPointRef", tokenOf(stop_id)],
    // GTFS counts from 0, SIRI from 1; both only rise.
    ["Order", String(stop_sequence + 1)],
    text("StopPointName", names.stopName(stop_id)),
    ["AimedArrivalTime", isoOf(scheduled_at_ms)],
    expected ? ["ExpectedArrivalTime", isoOf(predicted_at_ms)] : undefined,
    expected && high_ms !== undefined ? ["LatestExpectedArrivalTime", isoOf(high_ms)] : undefined,
    text("ArrivalStatus", statusOf(arrival)),
    expected && low_ms !== undefined && high_ms !== undefined
      ? [
          "ExpectedDeparturePredictionQuality",
          [
            ["PredictionLevel", basis === "live" ? "reliable" : "unconfirmed"],
            ["Percentile", String(PERCENTILE)],
            ["LowerTimeLimit", isoOf(low_ms)],
            ["HigherTimeLimit", isoOf(high_ms)],
          ],
        ]
      : undefined,
  ];
}

function statusOf({ overdue, basis, predicted_at_ms, scheduled_at_ms }: Arrival): string | undefined {
  if (overdue) return overdue === "missed" ? "missed" : "noReport";
  if (basis === "timetable") return undefined;
  const late_ms = predicted_at_ms - scheduled_at_ms;
  if (Math.abs(late_ms) <= ON_TIME_MS) return "onTime";
  return late_ms > 0 ? "delayed" : "early";
}

function vehicleActivity(vehicle: LiveVehicle, names: SiriNames): Element | undefined {
  const { vehicle_id, run, headsign, at_ms, latitude, longitude, course_deg, speed_mps, delay_s, stop_id } =
    vehicle;
  if (!run) return undefined;
  return [
    "VehicleActivity",
    [
      ["RecordedAtTime", isoOf(at_ms)],
      ["ItemIdentifier", tokenOf([...runParts(run), vehicle_id].join(":"))],
      ["ValidUntilTime", isoOf(at_ms + VALID_MS)],
      [
        "MonitoredVehicleJourney",
        [
          ...journeyOf(run, headsign, names),
          ["Monitored", "true"],
          [
            "VehicleLocation",
            [
              ["Longitude", longitude.toFixed(6)],
              ["Latitude", latitude.toFixed(6)],
            ],
          ],
          text("Bearing", course_deg?.toFixed(1)),
          text("Velocity", speed_mps === undefined ? undefined : String(Math.round(speed_mps))),
          text("Delay", delay_s === undefined ? undefined : durationOf(Math.round(delay_s))),
          ["VehicleRef", tokenOf(vehicle_id)],
          stop_id === undefined
            ? undefined
            : [
                "MonitoredCall",
                [["StopPointRef", tokenOf(stop_id)], text("StopPointName", names.stopName(stop_id))],
              ],
        ],
      ],
    ],
  ];
}

/** Which trip on which day, of which line, to where: the same in both services. */
function journeyOf(
  run: TripRun,
  headsign: string | undefined,
  names: SiriNames,
): readonly (Element | undefined)[] {
  const [, , ...trip] = runParts(run);
  return [
    ["LineRef", tokenOf(run.route_id)],
    [
      "FramedVehicleJourneyRef",
      [
        ["DataFrameRef", run.service_date.replace(/^(....)(..)(..)$/, "$1-$2-$3")],
        ["DatedVehicleJourneyRef", tokenOf(trip.join(":"))],
      ],
    ],
    ["PublishedLineName", names.lineName(run.route_id)],
    text("DestinationName", headsign),
  ];
}

function runParts({ feed, service_date, trip_id, start_time }: TripRun): readonly string[] {
  return [feed, service_date, trip_id, ...(start_time === undefined ? [] : [start_time])];
}

function serviceDelivery(
  name: string,
  payload: readonly (Element | undefined)[],
  now_ms: EpochMs,
  { producer }: SiriNames,
): string {
  const made_at: Element = ["ResponseTimestamp", isoOf(now_ms)];
  const delivery: Element = [`${name} version="2.0"`, [made_at, ["Status", "true"], ...payload]];
  const root: Element = [
    'Siri xmlns="http://www.siri.org.uk/siri" version="2.0"',
    [["ServiceDelivery", [made_at, ["ProducerRef", tokenOf(producer)], ["Status", "true"], delivery]]],
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlOf(root)}\n`;
}

function text(name: string, content: string | undefined): Element | undefined {
  return content === undefined || content === "" ? undefined : [name, content];
}

function xmlOf([start, content]: Element): string {
  const [name = ""] = start.split(" ", 1);
  const inside =
    typeof content === "string"
      ? escaped(content)
      : (content ?? []).map((each) => each && xmlOf(each)).join("");
  return `<${start}>${inside}</${name}>`;
}

/**
 * An id as SIRI can carry it (NMTOKEN): a character that may not stand there is written as its code, `_x0020_` for a space. Ids of
 * letters, digits, `.`, `-`, `_` and `:` are themselves.
 */
export function tokenOf(id: string): string {
  const coded = (character: string) => `_x${character.charCodeAt(0).toString(16).padStart(4, "0")}_`;
  return id === ""
    ? "_"
    : id.replaceAll(/[^-\p{L}\p{Nd}._:]/gu, (found) => found.split("").map(coded).join(""));
}

/** Characters that XML 1.0 does not have, control characters and halves of pairs, are left out: a name may hold anything. */
function escaped(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function durationOf(seconds: number): string {
  return `${seconds < 0 ? "-" : ""}PT${Math.abs(seconds)}S`;
}

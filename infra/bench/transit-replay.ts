import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { Network } from "@yardline/matching/network";
import { tripUpdatesFeed, vehiclePositionsFeed } from "@yardline/publishing/gtfs-realtime";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { knownOf, liveArrivals } from "@yardline/transit/arrivals";
import { Fleet } from "@yardline/transit/fleet";
import { cpuOf, type Figure } from "./figure.ts";

/** Feeds are made so often while the day goes by. */
const PUBLISH_EVERY_MS = 30_000;
const SILENT_MS = 10 * 60_000;
const CPU_S_MOST = 15;

/**
 * A recorded day as fast as it goes, as the service does it: matched with all rules and learnt from, predicted and published each
 * half minute. CPU seconds of one core, by what they went into.
 * @param folder of the recording: `../shared/data/transport/capmetro-2015-06-07`.
 * @param hours how much of the day.
 */
export async function measureReplay(folder: string, day: string, hours = 24): Promise<readonly Figure[]> {
  const spent = { parse: 0, match: 0, predict: 0, publish: 0 };
  const timed = <T>(part: keyof typeof spent, work: () => T): T => {
    const { value, cpu_s } = cpuOf(work);
    spent[part] += cpu_s;
    return value;
  };
  const before = process.cpuUsage();
  const timetable = await loadTimetable(join(folder, "gtfs-derived.zip"), "gtfs");
  const positions = readRecording(join(folder, `vehicle_positions_${day}.csv.gz`));
  const { user, system } = process.cpuUsage(before);
  spent.parse = (user + system) / 1e6;
  const fleet = new Fleet(new Network([timetable]));
  const start_ms = positions[0]?.at_ms ?? 0;
  let from = 0;
  let bytes = 0;
  for (
    let now_ms = start_ms;
    now_ms < start_ms + hours * 3_600_000 && from < positions.length;
    now_ms += PUBLISH_EVERY_MS
  ) {
    let to = from;
    while ((positions[to]?.at_ms ?? Number.POSITIVE_INFINITY) <= now_ms) to += 1;
    const batch = positions.slice(from, to);
    from = to;
    timed("match", () => fleet.take(batch, false));
    const heard = fleet.listHeard().filter(({ position }) => now_ms - position.at_ms <= SILENT_MS);
    const arrivals = timed("predict", () => liveArrivals(knownOf(heard, fleet.knowledge), now_ms));
    bytes += timed("publish", () => {
      const vehicles = heard.map(({ position }) => position);
      return (
        tripUpdatesFeed(arrivals, now_ms, () => true).length +
        vehiclePositionsFeed(vehicles, now_ms, () => true).length
      );
    });
  }
  const cpu_s = Object.values(spent).reduce((sum, each) => sum + each, 0);
  return [
    {
      what: `${hours} h of ${from} fixes replayed: CPU`,
      value: cpu_s,
      unit: "s",
      budget: { most: CPU_S_MOST },
    },
    ...Object.entries(spent).map(([part, value]) => ({ what: `of it ${part}`, value, unit: "s" })),
    { what: "feeds written", value: bytes / 1e6, unit: "MB" },
  ];
}

/** The recording's own columns, which hold no quotes; by time. */
function readRecording(path: string): readonly VehiclePosition[] {
  const [header = "", ...lines] = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  const columns = header.split(",");
  return lines
    .map((line) => {
      const cells = line.split(",");
      const cell = (name: string) => cells[columns.indexOf(name)] ?? "";
      const at_ms = Date.parse(cell("timestamp"));
      const trip_id = cell("trip_id");
      return {
        vehicle_id: cell("vehicle_id"),
        at_ms,
        received_at_ms: at_ms,
        latitude: Number(cell("latitude")),
        longitude: Number(cell("longitude")),
        ...(trip_id && { trip_id }),
      };
    })
    .toSorted((a, b) => a.at_ms - b.at_ms);
}

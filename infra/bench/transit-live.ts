import { readFileSync } from "node:fs";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { Network } from "@yardline/matching/network";
import { duePlace_m } from "@yardline/timetable/along";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { groundAt } from "@yardline/timetable/testing";
import type { Run } from "@yardline/timetable/timetable";
import { Fleet } from "@yardline/transit/fleet";
import { transitView } from "@yardline/transit/view";
import { percentile } from "../soak/percentile.ts";
import { BUSES_A_LINE, cityZip } from "./city.ts";
import { cpuOf, type Figure } from "./figure.ts";

const FIX_EVERY_S = 10;
const UPDATES_EVERY_S = 10;
const FROM_S = 8 * 3600;
const NOW_MS = Date.parse("2026-06-01T09:00:00+03:00");
const BOARDS = 2_000;

const SHARE_OF_CORE_MOST = 0.8;
const VISIBLE_S_MOST = 2;
const BOARDS_LEAST = 3_000;

/**
 * A city's buses with a fix each ten seconds, second by second, through matching, rules, learning, predictions and both feeds, in one
 * thread and without bus and HTTP: their costs are measured in `bench spine`. A fix is visible after the work on its second and on the
 * feed of positions, which is made each second at most.
 */
export async function measureLive(buses: number, seconds: number): Promise<readonly Figure[]> {
  const zip = await cityZip(Math.ceil(buses / BUSES_A_LINE), FROM_S, "Europe/Kyiv");
  const timetable = await loadTimetable(zip, "city");
  const network = new Network([timetable]);
  const fleet = new Fleet(network);
  const view = transitView(network, fleet, { now_ms: () => NOW_MS });
  const active = [...timetable.runsActiveAt(NOW_MS, { early_s: 0, late_s: 0 }).values()].flatMap((runs) =>
    runs.slice(0, BUSES_A_LINE),
  );
  // The first round brings every bus on its run, and is not counted.
  for (let second = 0; second < FIX_EVERY_S; second += 1) fleet.take(fixesOf(active, second), false);
  const visible_s: number[] = [];
  const updates_s: number[] = [];
  const sizes = { positions: 0, updates: 0 };
  let cpu_s = 0;
  for (let second = FIX_EVERY_S; second < FIX_EVERY_S + seconds; second += 1) {
    const now_ms = NOW_MS + second * 1000;
    const fixes = fixesOf(active, second);
    const taken = cpuOf(() => fleet.take(fixes, false));
    const updated = second % UPDATES_EVERY_S === 0 ? cpuOf(() => view.tripUpdates(now_ms)) : undefined;
    const shown = cpuOf(() => view.vehiclePositions(now_ms));
    visible_s.push(1 + taken.cpu_s + (updated?.cpu_s ?? 0) + shown.cpu_s);
    if (updated) {
      updates_s.push(updated.cpu_s);
      sizes.updates = updated.value.length;
    }
    sizes.positions = shown.value.length;
    cpu_s += taken.cpu_s + shown.cpu_s + (updated?.cpu_s ?? 0);
  }
  const stop_ids = [...timetable.stops.keys()];
  const after_ms = NOW_MS + (FIX_EVERY_S + seconds) * 1000;
  const boards = cpuOf(() => {
    for (let i = 0; i < BOARDS; i += 1)
      view.listArrivals(stop_ids[(i * 7919) % stop_ids.length] ?? "", after_ms);
  });
  return [
    {
      what: `${active.length} buses with a fix each ${FIX_EVERY_S} s: share of a core`,
      value: cpu_s / seconds,
      unit: "",
      budget: { most: SHARE_OF_CORE_MOST },
    },
    {
      what: "fix to visible position, p95",
      value: percentile(visible_s, 0.95),
      unit: "s",
      budget: { most: VISIBLE_S_MOST },
    },
    { what: "TripUpdates made anew, p95 of CPU", value: percentile(updates_s, 0.95), unit: "s" },
    { what: "TripUpdates", value: sizes.updates / 1e6, unit: "MB" },
    { what: "VehiclePositions", value: sizes.positions / 1e6, unit: "MB" },
    { what: "boards a CPU second", value: BOARDS / boards.cpu_s, unit: "", budget: { least: BOARDS_LEAST } },
    { what: "PSS", value: pss_mb(), unit: "MB" },
  ];
}

function fixesOf(active: readonly Run[], second: number): readonly VehiclePosition[] {
  const at_ms = NOW_MS + second * 1000;
  return active.flatMap((run, i) => {
    if (i % FIX_EVERY_S !== second % FIX_EVERY_S) return [];
    const place = groundAt(run.trip.pattern, duePlace_m(run, at_ms - (i % 300) * 1000));
    return { vehicle_id: `${i}`, at_ms, received_at_ms: at_ms, ...place, trip_id: run.trip.trip_id };
  });
}

/** What this process takes of the machine's memory, its share of what is shared. */
function pss_mb(): number {
  const kb = /^Pss:\s+(\d+) kB/m.exec(readFileSync("/proc/self/smaps_rollup", "utf8"))?.[1];
  return Number(kb) / 1000;
}

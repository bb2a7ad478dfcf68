import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { Network } from "@yardline/matching/network";
import { duePlace_m } from "@yardline/timetable/along";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { groundAt } from "@yardline/timetable/testing";
import { endOf, type Run, startOf } from "@yardline/timetable/timetable";
import { openRandom, type Random } from "@yardline/town/demo/random";
import { Fleet } from "@yardline/transit/fleet";
import { isHistory } from "@yardline/transit/statements";
import { BUSES_A_LINE, cityZip } from "../bench/city.ts";

const FIX_EVERY_MS = 30_000;
const DAY_MS = 24 * 3_600_000;
/** A device sends so many in one message, and others have their turn before its next. */
const PACKET_FIXES = 48;
const FROM_S = 8 * 3600;
/** After the day whose fixes come late. */
const NOW_MS = Date.parse("2026-06-02T03:00:00+03:00");

export type BacklogReport = {
  readonly devices: number;
  readonly fixes: number;
  /** Occurrences that stand when all came in time, and those that stand otherwise when it came late. */
  readonly standing: number;
  readonly different: number;
  /** Statements made of what came late that anybody would be alerted by. */
  readonly alerting: number;
  /** Left open by what came late. */
  readonly open: number;
};

/**
 * A day of so many devices that were without network comes at once, in packets one device after another, while others are live. What
 * stands in the end must be what would stand had everything come in time.
 */
export async function replayBacklog(devices: number, seed: string): Promise<BacklogReport> {
  const timetable = await loadTimetable(
    await cityZip(Math.ceil((2 * devices) / BUSES_A_LINE), FROM_S, "Europe/Kyiv"),
    "city",
  );
  const runs = timetable.patterns.flatMap((pattern) =>
    timetable.listRunsOn(pattern, "20260601").slice(0, BUSES_A_LINE),
  );
  const random = openRandom(seed);
  const late = runs.slice(0, devices).map((run, i) => dayOf(`late-${i}`, run, random));
  const live = runs.slice(devices, 2 * devices).map((run, i) => dayOf(`live-${i}`, run, random));
  const network = new Network([timetable]);
  const inTime = new Fleet(network);
  const tooLate = new Fleet(network);
  const all = [...late, ...live].flat().toSorted((a, b) => a.at_ms - b.at_ms);
  for (const batch of batchesOf(all)) inTime.take(batch, false);
  for (const batch of batchesOf(live.flat().toSorted((a, b) => a.at_ms - b.at_ms)))
    tooLate.take(batch, false);
  let alerting = 0;
  for (const packet of shuffled(late.flatMap(packetsOf), random)) {
    const { findings } = tooLate.take(
      packet.map((position) => ({ ...position, received_at_ms: NOW_MS })),
      false,
    );
    alerting += findings.filter((finding) => !isHistory(finding, NOW_MS)).length;
  }
  const expected = standingOf(inTime);
  const found = standingOf(tooLate);
  const different = new Set(
    [...expected].filter((each) => !found.has(each)).concat([...found].filter((each) => !expected.has(each))),
  );
  const open = tooLate
    .listTold()
    .filter(({ state, vehicle_id }) => state === "open" && vehicle_id?.startsWith("late"));
  return {
    devices,
    fixes: late.flat().length,
    standing: expected.size,
    different: different.size,
    alerting,
    open: open.length,
  };
}

/** A day at its first stop, on its run, and at its last stop. */
function dayOf(vehicle_id: string, run: Run, random: Random): readonly VehiclePosition[] {
  const begins_ms = NOW_MS - DAY_MS + Math.floor(random() * FIX_EVERY_MS);
  const late_ms = 240_000 * random();
  return Array.from({ length: Math.floor(DAY_MS / FIX_EVERY_MS) }, (_, i) => {
    const at_ms = begins_ms + i * FIX_EVERY_MS;
    const due_ms = Math.min(endOf(run), Math.max(startOf(run), at_ms - late_ms));
    const place = groundAt(run.trip.pattern, duePlace_m(run, due_ms));
    return { vehicle_id, at_ms, received_at_ms: at_ms, ...place };
  });
}

/** A minute's positions at a time. */
function batchesOf(sorted: readonly VehiclePosition[]): readonly (readonly VehiclePosition[])[] {
  return [...Map.groupBy(sorted, ({ at_ms }) => Math.floor(at_ms / 60_000)).values()];
}

function packetsOf(day: readonly VehiclePosition[]): readonly (readonly VehiclePosition[])[] {
  return Array.from({ length: Math.ceil(day.length / PACKET_FIXES) }, (_, i) =>
    day.slice(i * PACKET_FIXES, (i + 1) * PACKET_FIXES),
  );
}

/** By chance, packets of one device too: some send their newest first. */
function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, by: random() }))
    .toSorted((a, b) => a.by - b.by)
    .map(({ item }) => item);
}

function standingOf(fleet: Fleet): ReadonlySet<string> {
  return new Set(
    fleet
      .listTold()
      .map(({ raises, vehicle_id, key, state, facts }) =>
        JSON.stringify([raises, vehicle_id, key, state, facts]),
      ),
  );
}

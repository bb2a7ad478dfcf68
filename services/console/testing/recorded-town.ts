import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { servedApp } from "@yardline/api/testing/app";
import { testIdentity } from "@yardline/api/testing/people";
import { TENANT, TRANSIT } from "@yardline/api/testing/scenes";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { openDuckHistory } from "@yardline/history/duckdb";
import { noneCancelled } from "@yardline/history/review/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { dayAfter, type ServiceDate } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { placeBus, tripOf } from "@yardline/town/demo/drive";
import { buildGtfsZip } from "@yardline/town/demo/gtfs";
import { latLonOf, placeAt as streetAt } from "@yardline/town/demo/streets";
import type { Block, Trip } from "@yardline/town/demo/timetable";
import { type PositionDay, recordDays } from "./recorded-days.ts";

/** The line that is late on weekday mornings, and the stop behind which it loses its time. */
export const LATE_ROUTE = "4";
const LATE_STOP = 3;
/** Hours of the town's clocks. */
const LATE_HOURS = [7, 8] as const;
const LINES = [LATE_ROUTE, "1"];
/** What of a day is driven, by when a trip sets out. */
const MORNING_S = [6 * 3_600, 10 * 3_600] as const;
const WORKDAYS = 5;
const FIX_EVERY_S = 15;

export type RecordedTown = {
  readonly timetable: Timetable;
  /** The same as a GTFS zip. */
  readonly gtfs: Uint8Array;
  readonly review: {
    readonly timetables: readonly Timetable[];
    history(): Promise<Awaited<ReturnType<typeof openDuckHistory>>>;
    readonly cancelled: typeof noneCancelled;
  };
  /** Noon of the day after the last recorded one. */
  readonly now_ms: number;
  close(): Promise<void>;
};

/**
 * The invented town with two of its lines as its own worker recorded them: on the mornings of the second week line 7 loses minutes behind its
 * fourth stop, and stays late; a few trips are not driven. The same each time.
 * @param weeks Mondays; of each week its workdays are recorded.
 */
export async function recordTown(weeks: readonly [ServiceDate, ServiceDate]): Promise<RecordedTown> {
  const town = buildDemoTown();
  const lines = town.network.lines
    .filter(({ route_id }) => LINES.includes(route_id))
    .map((line) => (line.route_id === LATE_ROUTE ? { ...line, route_short_name: "7" } : line));
  const blocks = town.blocks
    .map((block) => ({ ...block, trips: block.trips.filter(isOfMorning) }))
    .filter(({ trips }) => trips.length > 0);
  const gtfs = await buildGtfsZip({ ...town.network, lines }, blocks);
  const timetable = await loadTimetable(gtfs, "town");
  const folder = await mkdtemp(join(tmpdir(), "yardline-recorded-"));
  const clock = handClock(noonAfter(weeks[0]));
  const history = await openDuckHistory({ folder: join(folder, "history"), clock });
  for (const [week, monday] of weeks.entries()) {
    const dates = Array.from({ length: WORKDAYS }, (_, day) => dayAfter(monday, day));
    const days = dates.map((date) => driveDay(blocks, date, week > 0));
    await recordDays(days, { timetable, history, clock });
    clock.setNow(noonAfter(dates.at(-1) ?? monday));
  }
  await history.closeDays();
  return {
    ...{ timetable, gtfs },
    review: { timetables: [timetable], history: async () => history, cancelled: noneCancelled },
    now_ms: clock.now_ms(),
    async close() {
      await history.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The real doors of such a town, with its page, where people sign in. */
export async function serveRecorded(
  { timetable, review, now_ms }: RecordedTown,
  pageDir: string,
): Promise<string> {
  const { identity } = await testIdentity();
  const byRoute = Map.groupBy(timetable.patterns, ({ route }) => route);
  const transit = {
    ...TRANSIT,
    timezone: timetable.timezone,
    listStops: () => [...timetable.stops.values()],
    listLines: () =>
      [...byRoute].map(([route, patterns]) => ({
        ...route,
        shapes: patterns.map(({ path }) => path.corners),
        stop_ids: patterns.flatMap(({ stops }) => stops.map(({ stop_id }) => stop_id)),
      })),
    listVehicles: () => [],
  };
  const started_ms = Date.now();
  const { url } = await servedApp({
    ...{ identity, transit, review, pageDir },
    town: { name: "Вигадів", tenant: TENANT, simulated: true },
    cameras: { listCameras: () => [] },
    clock: { now_ms: () => now_ms + Date.now() - started_ms, monotonic_ms: () => performance.now() },
  });
  return url;
}

function isOfMorning({ route_id, arrivals_s: [start_s = 0] }: Trip): boolean {
  return LINES.includes(route_id) && start_s >= MORNING_S[0] && start_s < MORNING_S[1];
}

/** What the buses' trackers said on one day, without naming a trip. */
function driveDay(blocks: readonly Block[], date: ServiceDate, isWorse: boolean): PositionDay {
  const day_ms = Temporal.PlainDate.from(iso(date))
    .toZonedDateTime({ timeZone: "Europe/Kyiv", plainTime: "12:00" })
    .subtract({ hours: 12 }).epochMilliseconds;
  return blocks
    .flatMap((block) => driveBlock(block, date, isWorse, day_ms))
    .toSorted((a, b) => a.at_ms - b.at_ms);
}

function driveBlock(block: Block, date: ServiceDate, isWorse: boolean, day_ms: number): VehiclePosition[] {
  const positions: VehiclePosition[] = [];
  let late_s = 0;
  for (let s = MORNING_S[0] - 300; s < MORNING_S[1] + 5_400; s += FIX_EVERY_S) {
    const state = placeBus(block, day_ms + s * 1_000, 0);
    if (!state) continue;
    const trip = tripOf(state);
    const wanted_s = latenessAt(trip, state.along_m, date, isWorse);
    // What was lost is caught up at the end of the line, and no faster than a bus can.
    late_s += Math.max(wanted_s - late_s, -FIX_EVERY_S / 2);
    if (noiseOf(`${date} ${trip.trip_id}`) % 61 === 0) continue;
    const { point, course_deg } = streetAt(trip.direction.way, state.along_m);
    const at_ms = day_ms + Math.round(s + late_s) * 1_000;
    positions.push({
      ...{ vehicle_id: block.vehicle_id, at_ms, received_at_ms: at_ms + 1_000 },
      ...{ ...latLonOf(point), course_deg, speed_mps: 8 },
    });
  }
  return positions;
}

/** How late a bus is at a place of its trip: a little always, and more behind one stop on the mornings of the line. */
function latenessAt(trip: Trip, along_m: number, date: ServiceDate, isWorse: boolean): number {
  const chance = noiseOf(`${date} ${trip.trip_id}`);
  const always_s = chance % 70;
  const hour = Math.floor((trip.arrivals_s[0] ?? 0) / 3_600);
  if (trip.route_id !== LATE_ROUTE || !LATE_HOURS.some((each) => each === hour)) return always_s;
  const [from_m = 0, to_m = 1] = trip.direction.calls
    .slice(LATE_STOP, LATE_STOP + 2)
    .map((call) => call.along_m);
  const share = Math.min(1, Math.max(0, (along_m - from_m) / (to_m - from_m)));
  return always_s + share * (isWorse ? 280 + (chance % 120) : 60);
}

/** Of the day after. */
function noonAfter(date: ServiceDate): number {
  return Date.parse(`${iso(dayAfter(date, 1))}T10:00:00Z`);
}

/** A number that looks like chance, the same for the same text. */
function noiseOf(text: string): number {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
}

function iso(date: ServiceDate): string {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
}

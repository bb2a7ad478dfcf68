import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { servedApp } from "@yardline/api/testing/app";
import { testIdentity } from "@yardline/api/testing/people";
import { TENANT, TRANSIT } from "@yardline/api/testing/scenes";
import { openDuckHistory } from "@yardline/history/duckdb";
import type { StopVisit } from "@yardline/history/history";
import { noneCancelled } from "@yardline/history/review/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { dayAfter, type ServiceDate, weekdayOf } from "@yardline/timetable/service-day";
import { arrivalOf, departureOf, type Run, type Timetable } from "@yardline/timetable/timetable";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { buildGtfsZip } from "@yardline/town/demo/gtfs";

/** The line that is late on weekday mornings, and the stop behind which it loses its time. */
export const LATE_ROUTE = "4";
const LATE_STOP = 3;
/** Hours of the town's clocks. */
const LATE_HOURS = [7, 8] as const;
const LINES = [LATE_ROUTE, "1"];

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
 * The invented town with a real history of two of its lines: on weekday mornings of the second half of the days line 7 loses three minutes
 * behind its fourth stop, and stays late; a few trips are not driven. The same each time.
 * @param first service day. @param days so many of them.
 */
export async function recordTown(first: ServiceDate, days: number): Promise<RecordedTown> {
  const town = buildDemoTown();
  const lines = town.network.lines
    .filter(({ route_id }) => LINES.includes(route_id))
    .map((line) => (line.route_id === LATE_ROUTE ? { ...line, route_short_name: "7" } : line));
  const blocks = town.blocks
    .map((block) => ({ ...block, trips: block.trips.filter(({ route_id }) => LINES.includes(route_id)) }))
    .filter(({ trips }) => trips.length > 0);
  const gtfs = await buildGtfsZip({ ...town.network, lines }, blocks);
  const timetable = await loadTimetable(gtfs, "town");
  const folder = await mkdtemp(join(tmpdir(), "yardline-recorded-"));
  const clock = handClock();
  const dates = Array.from({ length: days }, (_, day) => dayAfter(first, day));
  const noonAfter = (date: ServiceDate) => Date.parse(`${iso(dayAfter(date, 1))}T10:00:00Z`);
  clock.setNow(noonAfter(first));
  const history = await openDuckHistory({ folder: join(folder, "history"), clock });
  for (const [day, date] of dates.entries()) {
    clock.setNow(noonAfter(date));
    const runs = timetable.patterns.flatMap((pattern) => timetable.listRunsOn(pattern, date));
    await history.append(runs.flatMap((run, index) => visitsOf(run, index, day * 2 >= days, date)));
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

/** How one run was driven; nothing of a few. */
function visitsOf(run: Run, index: number, isWorse: boolean, date: ServiceDate): readonly StopVisit[] {
  const { pattern, trip_id, direction_id } = run.trip;
  const chance = noiseOf(`${date} ${trip_id}`);
  if (chance % 61 === 0) return [];
  const hour = Math.floor((run.trip.departure_s[0] ?? 0) / 3600);
  const isLate =
    pattern.route.route_id === LATE_ROUTE && LATE_HOURS.some((each) => each === hour) && weekdayOf(date) < 5;
  let late_s = (chance % 90) - 20;
  return pattern.stops.map(({ stop_id }, stop) => {
    late_s += (noiseOf(`${trip_id} ${date} ${stop}`) % 31) - 15;
    if (isLate && stop === LATE_STOP) late_s += isWorse ? 280 + (chance % 120) : 60;
    const [arrival_ms, departure_ms] = [arrivalOf(run, stop), departureOf(run, stop)];
    const isLast = stop === pattern.stops.length - 1;
    const actual_arrival_ms = arrival_ms + late_s * 1000;
    return {
      ...{ tenant: TENANT, feed: "town", service_date: date, trip_id_scheduled: trip_id, stop_id },
      ...{
        scheduled_stop_sequence: pattern.stop_sequences[stop] ?? 0,
        vehicle_id: String(101 + (index % 12)),
      },
      ...{ route_id: pattern.route.route_id, ...(direction_id !== undefined && { direction_id }) },
      hour: Math.floor((run.trip.arrival_s[stop] ?? 0) / 3600) % 24,
      ...{ schedule_arrival_ms: arrival_ms, schedule_departure_ms: departure_ms, actual_arrival_ms },
      ...(!isLast && { actual_departure_ms: Math.max(actual_arrival_ms, departure_ms + late_s * 1000) }),
      ...{ delay_s: late_s, occurrence: `${trip_id} ${stop}`, revision: 0, withdrawn: false },
    };
  });
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

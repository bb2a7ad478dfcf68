import type { LatLon } from "@yardline/domain/geo";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { ServiceDate } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import type { StopVisit, VisitFilter } from "../history.ts";
import { everyVisit, type VisitsOf } from "./every-visit.ts";
import type { Told } from "./report.ts";

/** A vehicle came to a stop or left it. */
export type Moment = {
  readonly at_ms: EpochMs;
  readonly what: "arrived" | "departed";
  readonly feed: string;
  readonly route_id: string;
  readonly trip_id: string;
  readonly start_time?: string;
  readonly vehicle_id: string;
  readonly stop_id: string;
  readonly stop_sequence: number;
  readonly delay_s: number;
  /** Of the stop; absent where the timetable has it not. */
  readonly place?: LatLon;
};

/** Who stands at a stop for longer has not left it, where a day is played from some moment on. */
const STAY_MS_MAX = 6 * 3_600_000;
/** Departures that wait for their time: one a vehicle, or a few where one was lost from sight. */
const WAITING_MAX = 100_000;

/**
 * A past service day as it was, moment by moment in the order of time, from `since_ms` on where that is given.
 * @throws AppError as `History.visits` does.
 */
export async function* replayDay(
  history: VisitsOf,
  timetables: readonly Timetable[],
  day: Omit<VisitFilter, "from" | "to"> & { readonly date: ServiceDate; readonly since_ms?: EpochMs },
  signal?: AbortSignal,
): AsyncIterable<Moment> {
  const { date, since_ms, ...narrowed } = day;
  const arrived_ms = since_ms === undefined ? undefined : since_ms - STAY_MS_MAX;
  const pages = everyVisit(history, { ...narrowed, from: date, to: date }, signal, arrived_ms);
  for await (const moment of momentsOf(pages, timetables)) {
    if (since_ms === undefined || moment.at_ms >= since_ms) yield moment;
  }
}

/** A moment as a row of a table; where the stop lies is in the timetable. */
export function momentRow({ at_ms, place: _, ...rest }: Moment): Told["rows"][number] {
  return { at: isoOf(at_ms), ...rest };
}

async function* momentsOf(
  pages: AsyncIterable<readonly StopVisit[]>,
  timetables: readonly Timetable[],
): AsyncIterable<Moment> {
  const placeOf = ({ feed, stop_id }: StopVisit) =>
    timetables.find((each) => each.feed === feed && each.stops.has(stop_id))?.stops.get(stop_id);
  /** Departures, the latest first. */
  const waiting: Moment[] = [];
  for await (const page of pages) {
    for (const visit of page) {
      yield* takeUntil(waiting, visit.actual_arrival_ms);
      const place = placeOf(visit);
      yield momentOf(visit, "arrived", visit.actual_arrival_ms, place);
      if (visit.actual_departure_ms === undefined || waiting.length >= WAITING_MAX) continue;
      putIn(waiting, momentOf(visit, "departed", visit.actual_departure_ms, place));
    }
  }
  yield* takeUntil(waiting, Number.POSITIVE_INFINITY);
}

/** Takes out what is due by then. */
function* takeUntil(waiting: Moment[], until_ms: EpochMs): Iterable<Moment> {
  for (;;) {
    const next = waiting.at(-1);
    if (!next || next.at_ms > until_ms) return;
    waiting.pop();
    yield next;
  }
}

/** How long to wait before a moment is shown, when a day is played `speed` times as fast as it was. */
export function paceOf(speed: number, wait: (ms: number) => Promise<void>, now_ms: () => number) {
  let begun: { readonly at_ms: EpochMs; readonly now_ms: number } | undefined;
  return async ({ at_ms }: Moment): Promise<void> => {
    begun ??= { at_ms, now_ms: now_ms() };
    const due_ms = begun.now_ms + (at_ms - begun.at_ms) / speed;
    const left_ms = due_ms - now_ms();
    if (left_ms > 0) await wait(left_ms);
  };
}

function putIn(waiting: Moment[], moment: Moment): void {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((waiting[middle]?.at_ms ?? 0) > moment.at_ms) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, moment);
}

function momentOf(visit: StopVisit, what: Moment["what"], at_ms: EpochMs, place: LatLon | undefined): Moment {
  const { schedule_arrival_ms, schedule_departure_ms = schedule_arrival_ms, start_time } = visit;
  const due_ms = what === "arrived" ? schedule_arrival_ms : schedule_departure_ms;
  return {
    ...{ at_ms, what, feed: visit.feed, route_id: visit.route_id, trip_id: visit.trip_id_scheduled },
    ...(start_time !== undefined && { start_time }),
    ...{ vehicle_id: visit.vehicle_id, stop_id: visit.stop_id, stop_sequence: visit.scheduled_stop_sequence },
    delay_s: Math.round((at_ms - due_ms) / 1000),
    ...(place && { place: { latitude: place.latitude, longitude: place.longitude } }),
  };
}

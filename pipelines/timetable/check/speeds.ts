import { distance_m } from "@yardline/domain/geo";
import type { CheckRule } from "./feed.ts";
import type { RawRow } from "./raw-table.ts";
import { placeOf } from "./stops.ts";

const CALLS = "stop_times.txt";
/** What no vehicle of a route type passes, km/h; the canonical validator's table. Others: 200. */
const SPEED_MAX_KMH: Readonly<Record<string, number>> = {
  "0": 100,
  "1": 150,
  "2": 500,
  "3": 150,
  "4": 80,
  "5": 30,
  "6": 50,
  "7": 50,
  "11": 150,
  "12": 150,
};
const SPEED_OTHERS_KMH = 200;
/** A span longer than this cannot be explained by rounding the times. */
const FAR_M = 10_000;

/** Trips that would have to fly. Trips that share their stops and hops are looked at once. */
export const checkSpeeds: CheckRule = (feed, findings) => {
  const stops = feed.byId("stops.txt", "stop_id");
  const routes = feed.byId("routes.txt", "route_id");
  const trips = feed.byId("trips.txt", "trip_id");
  for (const [trip_id, rows] of feed.grouped(CALLS, "trip_id", "stop_sequence")) {
    const type = routes.get(trips.get(trip_id)?.text("route_id") ?? "")?.text("route_type") ?? "";
    const max_kmh = SPEED_MAX_KMH[type] ?? SPEED_OTHERS_KMH;
    const hops_m = rows.map((row, i) => hop_m(rows[i - 1], row, stops));
    for (const [i, row] of rows.entries()) {
      const kmh = speed_kmh(hops_m[i] ?? 0, rows[i - 1], row);
      if (kmh > max_kmh) {
        const text = `${trip_id} drives ${Math.round(hops_m[i] ?? 0)} m from the stop before at ${Math.round(kmh)} km/h`;
        findings.warning("fast_travel_between_consecutive_stops", CALLS, row.line, text);
      }
    }
    const far = farTravel(rows, hops_m, max_kmh);
    if (far) findings.warning("fast_travel_between_far_stops", CALLS, far.line, `${trip_id} ${far.text}`);
  }
};

function hop_m(from: RawRow | undefined, to: RawRow, stops: ReadonlyMap<string, RawRow>): number {
  const [a, b] = [from, to].map((row) => placeOf(stops.get(row?.text("stop_id") ?? "")));
  return a && b ? distance_m(a, b) : 0;
}

/** The first span of more than 10 km that is too fast, however it is cut into hops. */
function farTravel(rows: readonly RawRow[], hops_m: readonly number[], max_kmh: number) {
  for (const [end, row] of rows.entries()) {
    let far_m = 0;
    for (let start = end - 1; start >= 0; start -= 1) {
      far_m += hops_m[start + 1] ?? 0;
      const kmh = far_m > FAR_M ? speed_kmh(far_m, rows[start], row) : 0;
      if (kmh <= max_kmh) continue;
      const from = rows[start]?.text("stop_id") ?? "";
      return {
        line: row.line,
        text: `drives ${(far_m / 1000).toFixed(1)} km from stop ${from} at ${Math.round(kmh)} km/h`,
      };
    }
  }
  return undefined;
}

/** Times on whole minutes may each be off by half a minute: a minute is granted. Unknown times give 0. */
function speed_kmh(far_m: number, from: RawRow | undefined, to: RawRow): number {
  const [left_s, there_s] = [from?.seconds("departure_time"), to.seconds("arrival_time")];
  if (left_s === undefined || there_s === undefined) return 0;
  const rounded = left_s % 60 === 0 && there_s % 60 === 0;
  const taken_s = there_s <= left_s ? 60 : there_s - left_s + (rounded ? 60 : 0);
  return (far_m / taken_s) * 3.6;
}

import { timeText } from "@yardline/timetable/service-day";
import { zipOf } from "@yardline/timetable/testing";

const STOPS = 20;
/** A trip takes 50 minutes and one leaves each minute, so that 50 are under way. */
const LEG_S = 150;
const HEADWAY_S = 60;
const RUNS = 90;
export const BUSES_A_LINE = 50;
/** The first bus has so long driven, and all are under way, 55 minutes after the first departure. */
export const ALL_UNDER_WAY_S = 55 * 60;

/**
 * A made city's timetable as a GTFS zip: straight lines side by side, 100 m apart, each with a stop every 500 m.
 * @param from_s of the first departure, since the service day's start.
 * @param timezone IANA name.
 */
export async function cityZip(lines: number, from_s: number, timezone: string): Promise<Uint8Array> {
  const stops: string[] = [];
  const trips: string[] = [];
  const times: string[] = [];
  const shapes: string[] = [];
  for (let line = 0; line < lines; line += 1) {
    const latitude = 49 + line * 0.0009;
    for (let stop = 0; stop < STOPS; stop += 1) {
      stops.push(`${line}-${stop},Stop,${latitude},${31 + stop * 0.007}`);
      shapes.push(`${line},${latitude},${31 + stop * 0.007},${stop}`);
    }
    for (let run = 0; run < RUNS; run += 1) {
      trips.push(`${line},daily,${line}-${run},${line}`);
      for (let stop = 0; stop < STOPS; stop += 1) {
        const time = timeText(from_s + run * HEADWAY_S + stop * LEG_S);
        times.push(`${line}-${run},${time},${time},${line}-${stop},${stop}`);
      }
    }
  }
  const routes = Array.from({ length: lines }, (_, line) => `${line},${line},Line,3`);
  const table = (header: string, rows: readonly string[]) => `${header}\n${rows.join("\n")}\n`;
  return await zipOf({
    "agency.txt": table("agency_id,agency_name,agency_url,agency_timezone", [
      `A,City,https://example.org,${timezone}`,
    ]),
    "routes.txt": table("route_id,route_short_name,route_long_name,route_type", routes),
    "calendar.txt": table(
      "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
      ["daily,1,1,1,1,1,1,1,20260101,20301231"],
    ),
    "stops.txt": table("stop_id,stop_name,stop_lat,stop_lon", stops),
    "trips.txt": table("route_id,service_id,trip_id,shape_id", trips),
    "stop_times.txt": table("trip_id,arrival_time,departure_time,stop_id,stop_sequence", times),
    "shapes.txt": table("shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", shapes),
  });
}

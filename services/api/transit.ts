import type { Line, Parts, TransitView } from "./parts.ts";
import { Refusal } from "./problem.ts";

/** The transit side, which not every town has. @throws Refusal 404 */
export function loaded(transit: Parts["transit"]): TransitView {
  // A town whose timetable is chosen in the browser may have none yet.
  if (!transit || transit.listStops().length === 0) {
    throw new Refusal(
      404,
      "NO_TIMETABLE",
      "No timetable loaded: start with --gtfs, or choose one in the browser.",
    );
  }
  return transit;
}

/** How people know a line. */
export type LineName = Pick<Line, "route_short_name" | "route_color">;

/** GTFS's own default colour. */
const WHITE = "FFFFFF";

type Stop = ReturnType<TransitView["listStops"]>[number];

/** What was listed stays as it is for as long as a timetable is in use: it is indexed once. */
const linesById = new WeakMap<readonly Line[], ReadonlyMap<string, Line>>();
const stopsById = new WeakMap<readonly Stop[], ReadonlyMap<string, Stop>>();

function indexed<Row extends object>(
  rows: readonly Row[],
  known: WeakMap<readonly Row[], ReadonlyMap<string, Row>>,
  idOf: (row: Row) => string,
): ReadonlyMap<string, Row> {
  const index = known.get(rows) ?? new Map(rows.map((row) => [idOf(row), row]));
  known.set(rows, index);
  return index;
}

export function findStop(transit: TransitView, stop_id: string): Stop | undefined {
  return indexed(transit.listStops(), stopsById, (stop) => stop.stop_id).get(stop_id);
}

/** Names of lines by route id; a route that the timetable lacks goes by its id. */
export function lineNames(transit: TransitView): (route_id: string) => LineName {
  const lines = indexed(transit.listLines(), linesById, (line) => line.route_id);
  return (route_id) => {
    const { route_short_name = route_id, route_color = WHITE } = lines.get(route_id) ?? {};
    return { route_short_name, route_color };
  };
}

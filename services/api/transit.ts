import type { Line, Parts, TransitView } from "./parts.ts";
import { Refusal } from "./problem.ts";

/** The transit side, which not every town has. @throws Refusal 404 */
export function loaded(transit: Parts["transit"]): TransitView {
  if (!transit) throw new Refusal(404, "NO_TIMETABLE", "No timetable loaded: start with --gtfs.");
  return transit;
}

/** How people know a line. */
export type LineName = Pick<Line, "route_short_name" | "route_color">;

/** GTFS's own default colour. */
const WHITE = "FFFFFF";

/** Names of lines by route id; a route that the timetable lacks goes by its id. */
export function lineNames(transit: TransitView): (route_id: string) => LineName {
  const lines = new Map(transit.listLines().map((line) => [line.route_id, line]));
  return (route_id) => {
    const { route_short_name = route_id, route_color = WHITE } = lines.get(route_id) ?? {};
    return { route_short_name, route_color };
  };
}

import type { Known } from "@yardline/index/query/completion";
import { TYPES_OF_KIND } from "../events/kinds.ts";
import type { TownData } from "../page/use-town.tsx";

/** The names of this town that a query may hold, for completing them. */
export function knownNames(
  { cameras, lines, stops }: Pick<TownData, "cameras" | "lines" | "stops">,
  zones: readonly string[],
): Known {
  const watched = cameras.value?.map(({ id }) => id) ?? [];
  const routes = lines.value?.features.map(({ properties }) => properties.route_short_name) ?? [];
  return {
    type: Object.values(TYPES_OF_KIND).flat(),
    camera: watched,
    source: watched.map((id) => `camera/${id}`),
    route: [...new Set(routes)],
    stop: [...new Set(stops.value?.features.map(({ properties }) => properties.stop_name))],
    zone: zones,
  };
}

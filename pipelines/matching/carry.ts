import { stopsPassed } from "@yardline/timetable/along";
import type { Pattern } from "@yardline/timetable/timetable";
import { NOTHING_KNOWN, normalised } from "./belief.ts";
import type { Following } from "./follow.ts";
import type { Driven, Network } from "./network.ts";

type Somewhere = Driven & { readonly at_m: number };

/**
 * What is known of a vehicle after the timetable was replaced under way: it keeps each run that the version followed now has too,
 * by trip id and stops, at the same place between the same stops; of the others nothing is thought any more.
 */
export function carried(network: Network, following: Following): Following {
  const { belief, placement, last } = following;
  const runs = [...belief.on, ...(placement ? [placement] : []), ...(last ? [last] : [])];
  if (runs.every(({ timetable, run }) => timetable.holdsOn(run.service_date))) return following;
  const { placement: _, last: __, ...rest } = following;
  const on = belief.on.flatMap((each) => {
    const now = moved(network, each);
    const seen = now ? each.seen.map((seen) => ({ ...seen, at_m: along(each, now, seen.at_m) })) : [];
    return now ? [{ ...each, ...now, weighed_m: along(each, now, each.weighed_m), seen }] : [];
  });
  const lost = 1 - belief.none - on.reduce((sum, { share }) => sum + share, 0);
  const placed = placement && moved(network, placement);
  const before = last && network.current(last);
  return {
    ...rest,
    belief: on.length > 0 ? normalised(belief.none + Math.max(0, lost), on) : NOTHING_KNOWN,
    ...(placement && placed && { placement: { ...placement, ...placed } }),
    ...(before && { last: before }),
  };
}

function moved(network: Network, place: Somewhere): Somewhere | undefined {
  const now = network.current(place);
  return now && { ...now, at_m: along(place, now, place.at_m) };
}

/** The place between the same two stops, in the same proportion, on the line of another version. */
function along({ run: before }: Driven, { run: now }: Driven, at_m: number): number {
  const [from, to] = [before.trip.pattern, now.trip.pattern];
  if (from === to) return at_m;
  const next = stopsPassed(from, at_m);
  const [a, b] = [stopAt_m(from, next - 1), stopAt_m(from, next)];
  const [start_m, end_m] = [stopAt_m(to, next - 1), stopAt_m(to, next)];
  return b > a ? start_m + ((at_m - a) / (b - a)) * (end_m - start_m) : start_m;
}

/** Where a stop lies; before the first and behind the last the line's own ends. */
function stopAt_m({ stop_at_m, path }: Pattern, stop: number): number {
  return stop < 0 ? 0 : (stop_at_m[stop] ?? path.length_m);
}

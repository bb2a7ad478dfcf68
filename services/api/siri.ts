import type { EpochMs } from "@yardline/domain/time";
import { type SiriNames, tokenOf } from "@yardline/publishing/siri";
import { reasonOf } from "./arrival-reason.ts";
import type { TransitView } from "./parts.ts";
import { lineNames } from "./transit.ts";

/** The words that SIRI deliveries of a town are made with. */
export function siriNames(transit: TransitView, producer: string, now_ms: EpochMs): SiriNames {
  const nameOf = lineNames(transit);
  const stops = new Map(transit.listStops().map(({ stop_id, stop_name }) => [stop_id, stop_name]));
  return {
    producer,
    lineName: (route_id) => nameOf(route_id).route_short_name,
    stopName: (stop_id) => stops.get(stop_id),
    noteOf: (arrival) => reasonOf(arrival, now_ms, transit.timezone),
  };
}

/** The id that a reference means: itself, or the one that is written so in SIRI. */
export function idMeant(reference: string, ids: readonly string[]): string | undefined {
  return ids.find((id) => id === reference) ?? ids.find((id) => tokenOf(id) === reference);
}

import type { ServiceAlert } from "@yardline/domain/service-alert";
import { isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { Instant, refTo, Sentence } from "./schemas.ts";

const Concern = Type.Object({
  route_id: Type.Optional(Type.String()),
  stop_id: Type.Optional(Type.String()),
  trip_id: Type.Optional(Type.String()),
  service_date: Type.Optional(Type.String()),
});

/** An alert as the doors give it. */
export const ShownAlert = Type.Object({
  id: Type.String(),
  effect: Type.String({ description: "As GTFS-Realtime names it." }),
  header: refTo(Sentence),
  description: Type.Optional(refTo(Sentence)),
  concerns: Type.Array(Concern),
  periods: Type.Array(Type.Object({ from: Instant, until: Type.Optional(Instant) })),
});

export function shownAlert({
  id,
  effect,
  header,
  description,
  concerns,
  periods,
}: ServiceAlert): Static<typeof ShownAlert> {
  return {
    id,
    effect,
    header,
    ...(description && { description }),
    concerns: concerns.map((concern) => {
      if (!("run" in concern))
        return "stop_id" in concern ? { stop_id: concern.stop_id } : { route_id: concern.route_id };
      const { trip_id, service_date, route_id } = concern.run;
      return { trip_id, service_date, route_id };
    }),
    periods: periods.map(({ from_ms, until_ms }) => ({
      from: isoOf(from_ms),
      ...(until_ms !== undefined && { until: isoOf(until_ms) }),
    })),
  };
}

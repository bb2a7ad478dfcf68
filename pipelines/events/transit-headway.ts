import type { Static, TObject } from "typebox";
import { type Facets, Type } from "./event-type.ts";
import { CALL_FIELDS, facetsOfCall } from "./transit-fields.ts";

/** What events about a vehicle too near to, or too far behind, the one ahead of it say beside which and where. */
export const HEADWAY_FIELDS = {
  ...CALL_FIELDS,
  ahead_vehicle_id: Type.String({
    description: "The one of its line and direction that left the stop before it.",
  }),
  ahead_trip_id: Type.String(),
  headway_s: Type.Integer({ description: "Between the two departures from the stop." }),
  planned_headway_s: Type.Integer({
    minimum: 0,
    description: "What the timetable has there before this trip.",
  }),
  skipped: Type.Integer({
    minimum: 0,
    description: "Planned departures between the two, which no vehicle made there in between.",
  }),
  stops: Type.Optional(Type.Integer({ minimum: 1, description: "For how many stops; once it is over." })),
  worst_headway_s: Type.Optional(
    Type.Integer({ description: "The headway farthest from the planned one; once it is over." }),
  ),
};

export type HeadwayData = Static<TObject<typeof HEADWAY_FIELDS>>;

export function facetsOfHeadway(data: HeadwayData): Facets {
  return { ...facetsOfCall(data), vehicle: [...new Set([data.vehicle_id, data.ahead_vehicle_id])] };
}

import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";

/** What stands on the topic `positions`, as JSON: one fix of one vehicle. Times are epoch milliseconds UTC, degrees WGS 84. */
export const PositionRecord = Type.Object({
  vehicle_id: Type.String({ minLength: 1, maxLength: 100 }),
  at_ms: Type.Integer(),
  received_at_ms: Type.Integer(),
  latitude: Type.Number(),
  longitude: Type.Number(),
  speed_mps: Type.Optional(Type.Number()),
  course_deg: Type.Optional(Type.Number()),
  trip_id: Type.Optional(Type.String()),
  start_date: Type.Optional(Type.String()),
  route_id: Type.Optional(Type.String()),
  direction_id: Type.Optional(Type.Integer()),
  start_time: Type.Optional(Type.String()),
  block_id: Type.Optional(Type.String()),
  device_at_ms: Type.Optional(Type.Integer()),
  frozen: Type.Optional(Type.Literal(true)),
});

const validator = Compile(PositionRecord);

/** A record of the topic `positions` as its gateway wrote it; undefined for what is none. */
export function readPosition(body: Uint8Array): VehiclePosition | undefined {
  try {
    const value: Static<typeof PositionRecord> = JSON.parse(new TextDecoder().decode(body));
    return validator.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

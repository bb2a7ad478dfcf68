import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { Type } from "typebox";
import { dispatching } from "../dispatch.ts";
import type { Parts } from "../parts.ts";
import { answers, Instant, refTo } from "../schemas.ts";

export const DispatchVehicleList = Type.Object(
  {
    vehicles: Type.Array(
      Type.Object({
        vehicle_id: Type.String(),
        at: Instant,
        latitude: Type.Number(),
        longitude: Type.Number(),
        speed_mps: Type.Optional(Type.Number()),
        course_deg: Type.Optional(Type.Number({ description: "Clockwise from north" })),
        feed: Type.Optional(Type.String()),
        service_date: Type.Optional(Type.String()),
        trip_id: Type.Optional(Type.String()),
        start_time: Type.Optional(Type.String()),
        route_id: Type.Optional(Type.String()),
        delay_s: Type.Optional(Type.Integer({ description: "Positive is late" })),
        confidence: Type.Optional(Type.Number({ description: "How sure its run is, in (0, 1]" })),
        parked: Type.Boolean(),
      }),
    ),
  },
  { $id: "DispatchVehicleList" },
);

export const dispatchVehiclesRoute: FastifyPluginAsyncTypebox<Pick<Parts, "dispatch" | "clock">> = async (
  app,
  { dispatch, clock },
) => {
  app.get(
    "/v1/dispatch/vehicles",
    {
      config: { access: ["dispatch", "transit"] },
      schema: {
        operationId: "listDispatchVehicles",
        summary: "Where the vehicles really are, whatever the public may see",
        tags: ["dispatch"],
        response: answers({ 200: refTo(DispatchVehicleList) }, [404]),
      },
    },
    async () => ({
      vehicles: dispatching(dispatch)
        .listVehicles(clock.now_ms())
        .map(({ at_ms, run, ...vehicle }) => ({ at: isoOf(at_ms), ...run, ...vehicle })),
    }),
  );
};

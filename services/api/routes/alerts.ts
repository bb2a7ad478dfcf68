import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { ServiceAlert } from "@yardline/domain/service-alert";
import { isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import type { Parts } from "../parts.ts";
import { answers, Instant, refTo, Sentence } from "../schemas.ts";
import { loaded } from "../transit.ts";

const Concern = Type.Object({
  route_id: Type.Optional(Type.String()),
  stop_id: Type.Optional(Type.String()),
  trip_id: Type.Optional(Type.String()),
  service_date: Type.Optional(Type.String()),
});

export const AlertList = Type.Object(
  {
    alerts: Type.Array(
      Type.Object({
        id: Type.String(),
        effect: Type.String({ description: "As GTFS-Realtime names it." }),
        header: refTo(Sentence),
        description: Type.Optional(refTo(Sentence)),
        concerns: Type.Array(Concern),
        periods: Type.Array(Type.Object({ from: Instant, until: Type.Optional(Instant) })),
      }),
    ),
  },
  { $id: "AlertList" },
);

export const alertsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock">> = async (
  app,
  { transit, clock },
) => {
  app.get(
    "/v1/alerts",
    {
      onSend: answerConditionally,
      schema: {
        operationId: "listAlerts",
        summary: "What passengers should know: closed stops, detours, delays, now and to come",
        tags: ["transit"],
        response: answers({ 200: refTo(AlertList) }, [404]),
      },
    },
    async (_request, reply) => {
      reply.header("cache-control", "public, max-age=5");
      return { alerts: loaded(transit).listAlerts(clock.now_ms()).map(alertOf) };
    },
  );
};

function alertOf({ id, effect, header, description, concerns, periods }: ServiceAlert): Alert {
  return {
    id,
    effect,
    header,
    ...(description && { description }),
    concerns: concerns.map((concern) => {
      if (!("run" in concern)) return "stop_id" in concern ? { stop_id: concern.stop_id } : { route_id: concern.route_id };
      const { trip_id, service_date, route_id } = concern.run;
      return { trip_id, service_date, route_id };
    }),
    periods: periods.map(({ from_ms, until_ms }) => ({
      from: isoOf(from_ms),
      ...(until_ms !== undefined && { until: isoOf(until_ms) }),
    })),
  };
}

type Alert = Static<typeof AlertList>["alerts"][number];

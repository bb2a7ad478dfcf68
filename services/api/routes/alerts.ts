import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";
import { ShownAlert, shownAlert } from "../shown-alert.ts";
import { loaded } from "../transit.ts";

export const AlertList = Type.Object({ alerts: Type.Array(ShownAlert) }, { $id: "AlertList" });

export const alertsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock">> = async (
  app,
  { transit, clock },
) => {
  app.get(
    "/v1/alerts",
    {
      config: { access: "public" },
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
      return { alerts: loaded(transit).listAlerts(clock.now_ms()).map(shownAlert) };
    },
  );
};

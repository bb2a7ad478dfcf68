import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Registry } from "prom-client";
import { Type } from "typebox";
import type { Parts } from "../parts.ts";
import { answerIn, answers } from "../schemas.ts";
import type { Telemetry } from "../telemetry.ts";

type Options = Pick<Parts, "registry"> & { readonly telemetry: Telemetry };

export const metricsRoute: FastifyPluginAsyncTypebox<Options> = async (app, { registry, telemetry }) => {
  app.get(
    "/metrics",
    {
      config: { access: ["operate"] },
      schema: {
        operationId: "getMetrics",
        summary: "Counters and gauges in Prometheus' text format",
        tags: ["operation"],
        response: answers({ 200: answerIn("text/plain", Type.String(), "Prometheus text") }),
      },
    },
    async (_request, reply) => {
      const text = await Registry.merge([registry, telemetry.registry]).metrics();
      return reply.type(registry.contentType).send(text);
    },
  );
};

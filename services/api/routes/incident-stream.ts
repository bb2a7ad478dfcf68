import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { maySeeIncident } from "@yardline/incidents/reach";
import { Type } from "typebox";
import type { Identify } from "../identify.ts";
import { askerOf, DESK_READ, knownOf } from "../incident-desk.ts";
import type { IncidentHub } from "../incident-hub.ts";
import type { Limits } from "../limits.ts";
import type { Parts } from "../parts.ts";
import { answerIn, answers } from "../schemas.ts";
import type { Streams } from "../streams.ts";
import { whileAllowed } from "../while-allowed.ts";

const Position = Type.String({ pattern: "^\\d{1,15}$" });

type Options = Pick<Parts, "town" | "cameras"> & {
  readonly incidents: IncidentHub;
  readonly streams: Streams;
  readonly bounds: Limits;
  readonly identify: Identify;
};

export const incidentStreamRoute: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { incidents, streams, bounds, identify, ...parts },
) => {
  app.addHook("preClose", async () => incidents.close());
  app.get(
    "/v1/incidents/stream",
    {
      config: DESK_READ,
      exposeHeadRoute: false,
      schema: {
        operationId: "streamIncidents",
        summary: "Changes of incidents as they are made (Server-Sent Events, resumable)",
        tags: ["incidents"],
        querystring: Type.Object(
          {
            after: Type.Optional({
              ...Position,
              description: "Resume after this `id`, where no header can be sent.",
            }),
          },
          { additionalProperties: false },
        ),
        headers: Type.Object({
          "last-event-id": Type.Optional({
            ...Position,
            description: "Resume after this `id`; goes before `after`.",
          }),
        }),
        response: answers(
          {
            200: answerIn(
              "text/event-stream",
              Type.String(),
              "Messages `incident`: what was done (`what`, also `lock`, `lock-taken-over`, `unlock`), by whom, when, and the Incident as it is now. `reset`: too much was missed, read the list again.",
            ),
          },
          [400, 503],
        ),
      },
    },
    async (request, reply) => {
      const { visitor, headers, query } = request;
      reply.header("connection", "close");
      const after = headers["last-event-id"] ?? query.after;
      const messages = incidents.listen({
        after: after === undefined ? undefined : Number(after),
        may: (incident) => maySeeIncident(incident, askerOf(visitor), knownOf(parts)),
        signal: whileAllowed(request, identify, bounds.recheck_ms, streams.admit(request)),
      });
      reply.type("text/event-stream; charset=utf-8");
      return reply.send(Readable.from(messages, { objectMode: false }));
    },
  );
};

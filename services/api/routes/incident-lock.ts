import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { EditLock, findLock, releaseLock, takeLock } from "@yardline/incidents/edit-lock";
import { Type } from "typebox";
import { asKept } from "../dispatch.ts";
import { atDesk, DESK, DESK_READ, getIncident, handOf, IncidentParams } from "../incident-desk.ts";
import type { IncidentHub } from "../incident-hub.ts";
import type { Parts } from "../parts.ts";
import { answers } from "../schemas.ts";

type Options = Pick<Parts, "records" | "town" | "cameras" | "clock"> & { readonly incidents: IncidentHub };

/** Who is editing an incident, so that two do not do the same work. */
export const incidentLockRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  app.setSerializerCompiler(asKept);
  const { records, clock, incidents } = parts;
  app.get(
    "/v1/incidents/:id/lock",
    {
      config: DESK_READ,
      schema: {
        operationId: "getIncidentLock",
        summary: "Who is editing an incident",
        tags: ["incidents"],
        params: IncidentParams,
        response: answers({ 200: Type.Object({ lock: Type.Optional(EditLock) }) }, [400, 404, 503]),
      },
    },
    async ({ params: { id }, visitor }) => {
      await getIncident(parts, id, visitor);
      const lock = await findLock(records, id, clock.now_ms());
      return { ...(lock && { lock }) };
    },
  );
  app.put(
    "/v1/incidents/:id/lock",
    {
      config: { access: DESK, audits: { not: "Who is editing is forgotten after two minutes." } },
      schema: {
        operationId: "lockIncident",
        summary: "Says that one is editing it, for two minutes; others are told, and who had it before too",
        tags: ["incidents"],
        params: IncidentParams,
        body: Type.Object(
          { take_over: Type.Optional(Type.Boolean({ description: "From whoever is editing it." })) },
          { additionalProperties: false },
        ),
        response: answers({ 200: EditLock }, [400, 404, 409, 503]),
      },
    },
    async ({ params: { id }, body: { take_over = false }, visitor }) => {
      const incident = await getIncident(parts, id, visitor);
      const lock = await atDesk(() => takeLock(records, incident, take_over, handOf(visitor, clock)));
      incidents.wake();
      return lock;
    },
  );
  app.delete(
    "/v1/incidents/:id/lock",
    {
      config: { access: DESK, audits: { not: "Who is editing is forgotten after two minutes." } },
      schema: {
        operationId: "unlockIncident",
        summary: "Says that one is done editing it",
        tags: ["incidents"],
        params: IncidentParams,
        response: answers({ 204: Type.Null({ description: "It is free." }) }, [400, 404, 409, 503]),
      },
    },
    async ({ params: { id }, visitor }, reply) => {
      const incident = await getIncident(parts, id, visitor);
      await atDesk(() => releaseLock(records, incident, handOf(visitor, clock)));
      incidents.wake();
      return reply.code(204).send(null);
    },
  );
};

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { AskedOpening, Incident, STATES } from "@yardline/incidents/incident";
import { writeOpening } from "@yardline/incidents/incident-log";
import { CURSOR_PATTERN, listIncidents } from "@yardline/incidents/list-incidents";
import { maySeeIncident } from "@yardline/incidents/reach";
import { Type } from "typebox";
import { audited, UNNUMBERED } from "../audited.ts";
import { asKept } from "../dispatch.ts";
import { EventPeriod, periodOf } from "../event-query.ts";
import { revisionTag } from "../if-match.ts";
import { askerOf, atDesk, attachable, DESK, DESK_READ, knownOf, namesOf } from "../incident-desk.ts";
import type { IncidentHub } from "../incident-hub.ts";
import type { Parts } from "../parts.ts";
import { answers, NameParameter, refTo } from "../schemas.ts";

const PAGE_MAX = 200;
const PAGE = 50;

export const IncidentAnswer = Type.Object(Incident.properties, { $id: "Incident" });
export const IncidentList = Type.Object(
  {
    incidents: Type.Array(refTo(IncidentAnswer), { description: "The last opened first." }),
    cursor: Type.Optional(Type.String({ description: "Of the next page; absent on the last one." })),
  },
  { $id: "IncidentList" },
);
const Query = Type.Object(
  {
    state: Type.Optional(
      Type.Array(Type.Enum([...STATES]), { maxItems: STATES.length, description: "May repeat." }),
    ),
    claimed_by: Type.Optional({ ...NameParameter, description: "Login of whoever has them." }),
    ...EventPeriod,
    text: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        pattern: "^[^\\u0000-\\u001f\\u007f]+$",
        description: "Words of the title, the purpose or the notes; all of them, in any case.",
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE })),
    cursor: Type.Optional(Type.String({ pattern: CURSOR_PATTERN })),
  },
  { additionalProperties: false },
);

type Options = Pick<Parts, "records" | "index" | "town" | "cameras" | "clock"> & {
  readonly incidents: IncidentHub;
};

export const incidentsRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  app.setSerializerCompiler(asKept);
  const { records, town, clock, incidents } = parts;
  app.get(
    "/v1/incidents",
    {
      config: DESK_READ,
      schema: {
        operationId: "listIncidents",
        summary: "The incident log: what whoever asks may know of",
        tags: ["incidents"],
        querystring: Query,
        response: answers({ 200: refTo(IncidentList) }, [400, 503]),
      },
    },
    async ({ query: { state, claimed_by, text, limit = PAGE, cursor, ...period }, visitor }) => {
      const [asker, known] = [askerOf(visitor), knownOf(parts)];
      const { incidents: found, ...rest } = await listIncidents(records, {
        ...periodOf(period),
        ...(state && { states: state }),
        ...(claimed_by !== undefined && { claimed_by }),
        ...(text !== undefined && { text }),
        ...(cursor !== undefined && { cursor }),
        may: (incident) => maySeeIncident(incident, asker, known),
        limit,
      });
      return { incidents: [...found], ...rest };
    },
  );
  app.post(
    "/v1/incidents",
    {
      config: { access: DESK, audits: "always" },
      schema: {
        operationId: "openIncident",
        summary: "Opens an incident, with its purpose and perhaps cameras and events",
        tags: ["incidents"],
        body: AskedOpening,
        response: answers({ 201: refTo(IncidentAnswer) }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { events, cameras, ...said } = request.body;
      const { visitor } = request;
      const hand = { by: askerOf(visitor).login, at_ms: clock.now_ms() };
      const names = { ...(events && { events }), ...(cameras && { cameras }) };
      const attached = await attachable(parts, names, visitor);
      const opening = { ...said, ...attached };
      await audited(request, {
        action: "incident",
        object: { kind: "incident", id: UNNUMBERED },
        purpose: said.purpose,
        details: { change: said.do, ...namesOf(names) },
      });
      const incident = await atDesk(() => writeOpening(records, town.tenant, opening, hand));
      incidents.wake();
      reply.code(201).header("etag", revisionTag(incident.revision));
      return reply.header("location", `/v1/incidents/${incident.id}`).send(incident);
    },
  );
};

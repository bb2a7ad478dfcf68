import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Entry } from "@yardline/incidents/incident";
import { listEntries } from "@yardline/incidents/incident-log";
import { type Asker, type Known, maySeeCamera, maySeeEvent } from "@yardline/incidents/reach";
import { type Static, Type } from "typebox";
import { asKept } from "../dispatch.ts";
import { isNotModified } from "../etag.ts";
import { revisionTag } from "../if-match.ts";
import { askerOf, DESK_READ, getIncident, IncidentParams, knownOf } from "../incident-desk.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";
import { IncidentAnswer } from "./incidents.ts";

const ENTRIES_MAX = 200;
export const IncidentEntry = Type.Object(Entry.properties, { $id: "IncidentEntry" });
export const IncidentLog = Type.Object(
  {
    entries: Type.Array(refTo(IncidentEntry), { description: "Oldest first; never altered, never removed." }),
    after: Type.Optional(
      Type.Integer({ description: "Where the next page goes on; absent on the last one." }),
    ),
  },
  { $id: "IncidentLog" },
);

type Options = Pick<Parts, "records" | "town" | "cameras">;

/** One incident: what it is, what was done to it, and doing more. */
export const incidentRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  app.setSerializerCompiler(asKept);
  const { records } = parts;
  app.get(
    "/v1/incidents/:id",
    {
      config: DESK_READ,
      schema: {
        operationId: "getIncident",
        summary: "An incident as it is now",
        tags: ["incidents"],
        params: IncidentParams,
        response: answers(
          { 200: refTo(IncidentAnswer), 304: Type.Null({ description: "It is as it was read." }) },
          [400, 404, 503],
        ),
      },
    },
    async ({ params: { id }, visitor, headers }, reply) => {
      const incident = await getIncident(parts, id, visitor);
      const etag = revisionTag(incident.revision);
      reply.header("etag", etag).header("cache-control", "private, no-cache");
      return isNotModified(headers["if-none-match"], etag) ? reply.code(304).send(null) : incident;
    },
  );
  app.get(
    "/v1/incidents/:id/log",
    {
      config: DESK_READ,
      schema: {
        operationId: "listIncidentEntries",
        summary: "Everything that was ever done to an incident: who, when, what",
        tags: ["incidents"],
        params: IncidentParams,
        querystring: Type.Object(
          {
            after: Type.Optional(
              Type.Integer({ minimum: 0, maximum: 1e9, description: "`revision` of an entry." }),
            ),
          },
          { additionalProperties: false },
        ),
        response: answers({ 200: refTo(IncidentLog) }, [400, 404, 503]),
      },
    },
    async ({ params: { id }, query: { after = 0 }, visitor }) => {
      await getIncident(parts, id, visitor);
      const [asker, known] = [askerOf(visitor), knownOf(parts)];
      const rest = (await listEntries(records, id)).filter(({ revision }) => revision > after);
      const page = rest.slice(0, ENTRIES_MAX);
      const last = page.at(-1)?.revision;
      return {
        entries: page.map((entry) => shownTo(entry, asker, known)),
        ...(rest.length > page.length && last !== undefined && { after: last }),
      };
    },
  );
};

/** What was attached once and then detached may be somebody else's to know of. */
function shownTo(entry: Entry, asker: Asker, known: Known): Static<typeof IncidentEntry> {
  const { change } = entry;
  const at_ms = Date.parse(entry.at);
  if (change.do !== "open" && change.do !== "attach") return entry;
  const events = change.events?.filter((event) => maySeeEvent(event, asker, known, at_ms));
  const cameras = change.cameras?.filter((camera) => maySeeCamera(camera, asker, known, at_ms));
  return { ...entry, change: { ...change, ...(events && { events }), ...(cameras && { cameras }) } };
}

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { refuseLocked } from "@yardline/incidents/edit-lock";
import { AskedChange, type Change, type Incident } from "@yardline/incidents/incident";
import { writeChange } from "@yardline/incidents/incident-log";
import { maySeeIncident } from "@yardline/incidents/reach";
import { audited } from "../audited.ts";
import { asKept } from "../dispatch.ts";
import { expectedRevision, IfMatch, requiredRevision, revisionTag } from "../if-match.ts";
import {
  atDesk,
  attachable,
  DESK,
  getIncident,
  handOf,
  IncidentParams,
  knownOf,
  namesOf,
} from "../incident-desk.ts";
import type { IncidentHub } from "../incident-hub.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, refTo } from "../schemas.ts";
import type { Visitor } from "../visitor.ts";
import { IncidentAnswer } from "./incidents.ts";

/** What changes or hides what others wrote: whoever does it must have read it. Saying more never needs that. */
const OVERWRITES: ReadonlySet<Change["do"]> = new Set(["amend", "detach", "escalate", "close", "reopen"]);

type Options = Pick<Parts, "records" | "index" | "town" | "cameras" | "clock" | "identity"> & {
  readonly incidents: IncidentHub;
};

export const incidentChangesRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  app.setSerializerCompiler(asKept);
  const { records, clock, incidents } = parts;
  app.post(
    "/v1/incidents/:id/changes",
    {
      config: { access: DESK, audits: "always" },
      schema: {
        operationId: "changeIncident",
        summary: "Claims, notes, amends, attaches, escalates, closes, opens again or hands over",
        tags: ["incidents"],
        params: IncidentParams,
        headers: IfMatch,
        body: AskedChange,
        response: answers({ 200: refTo(IncidentAnswer) }, [400, 404, 409, 412, 428, 503]),
      },
    },
    async (request, reply) => {
      const { body, headers, visitor } = request;
      const { id } = request.params;
      const before = await getIncident(parts, id, visitor);
      const overwrites = OVERWRITES.has(body.do);
      const expected = overwrites ? requiredRevision(headers) : expectedRevision(headers);
      if (body.do === "hand-over") await refuseBlind(parts, before, body.to);
      const change = await knownChange(parts, body, visitor);
      await audited(request, {
        action: "incident",
        object: { kind: "incident", id },
        details: {
          change: body.do,
          ...((body.do === "attach" || body.do === "detach") && namesOf(body)),
          ...(body.do === "hand-over" && { to: body.to }),
        },
      });
      const hand = handOf(visitor, clock);
      const incident = await atDesk(async () => {
        if (overwrites) await refuseLocked(records, id, hand);
        return writeChange(records, id, { change, hand, ...(expected !== undefined && { expected }) });
      });
      incidents.wake();
      reply.header("etag", revisionTag(incident.revision));
      return incident;
    },
  );
};

/** What is asked for, with what is known of the events. */
async function knownChange(
  parts: Pick<Parts, "index" | "town" | "cameras" | "clock">,
  asked: AskedChange,
  visitor: Visitor,
): Promise<Change> {
  if (asked.do !== "attach") return asked;
  return { do: "attach", ...(await attachable(parts, asked, visitor)) };
}

/** Nobody is handed what they may not even know of. @throws Refusal 409 */
async function refuseBlind(
  { identity, ...parts }: Pick<Parts, "identity" | "town" | "cameras">,
  incident: Incident,
  to: string,
): Promise<void> {
  if (!identity) return;
  const person = await identity.accounts.find(to);
  if (person && !person.locked && maySeeIncident(incident, person, knownOf(parts))) return;
  throw new Refusal(409, "HAND_OVER_BLIND", `There is nobody "${to}" who may see this incident.`);
}

import { randomBytes } from "node:crypto";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { AppError } from "@yardline/domain/errors";
import { type Incident, Purpose } from "@yardline/incidents/incident";
import { writeChange } from "@yardline/incidents/incident-log";
import { listIncidents } from "@yardline/incidents/list-incidents";
import { maySeeIncident, seesAllOf } from "@yardline/incidents/reach";
import { RECORD_ID_PATTERN } from "@yardline/incidents/record-id";
import { HANDED_MAX, HandOver, Shift } from "@yardline/incidents/shift";
import {
  beginShift,
  findOpenShift,
  getShift,
  listShifts,
  writeAcceptance,
  writeEnd,
} from "@yardline/incidents/shift-log";
import { Type } from "typebox";
import { audited, UNNUMBERED } from "../audited.ts";
import { asKept } from "../dispatch.ts";
import { askerOf, atDesk, DESK, DESK_READ, handOf, knownOf } from "../incident-desk.ts";
import type { IncidentHub } from "../incident-hub.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, refTo } from "../schemas.ts";
import type { Visitor } from "../visitor.ts";

export const ShiftAnswer = Type.Object(Shift.properties, { $id: "Shift" });
export const ShiftList = Type.Object(
  {
    own: Type.Optional({ ...refTo(ShiftAnswer), description: "The one that whoever asks is on." }),
    shifts: Type.Array(refTo(ShiftAnswer), {
      description: "Of this month and the one before, the newest first.",
    }),
  },
  { $id: "ShiftList" },
);
const Taken = Type.Object({
  shift: refTo(ShiftAnswer),
  taken: Type.Array(Type.String(), { description: "Incidents that are yours now." }),
});
const ShiftParams = Type.Object({ id: Type.String({ pattern: RECORD_ID_PATTERN }) });
const NOT_CLOSED = ["open", "claimed", "escalated"] as const;

type Options = Pick<Parts, "records" | "town" | "cameras" | "clock" | "identity"> & {
  readonly incidents: IncidentHub;
};

/** Who is on duty, what for, and what is left to whoever comes. */
export const shiftsRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  app.setSerializerCompiler(asKept);
  const { records, town, clock } = parts;
  app.get(
    "/v1/shifts",
    {
      config: DESK_READ,
      schema: {
        operationId: "listShifts",
        summary: "One's own shifts, and those of colleagues whose yards one sees too",
        tags: ["incidents"],
        response: answers({ 200: refTo(ShiftList) }, [503]),
      },
    },
    async ({ visitor }) => {
      const may = shiftsFor(parts, visitor);
      const all = await Promise.all(
        (await listShifts(records)).map(async (each) => ((await may(each)) ? each : [])),
      );
      const own = await findOpenShift(records, askerOf(visitor).login, clock.now_ms());
      return { shifts: all.flat(), ...(own && { own }) };
    },
  );
  app.post(
    "/v1/shifts",
    {
      config: { access: DESK, audits: "always" },
      schema: {
        operationId: "beginShift",
        summary: "Begins one's shift, under a purpose: what is looked at live is looked at for that",
        tags: ["incidents"],
        body: Type.Object({ purpose: Purpose }, { additionalProperties: false }),
        response: answers({ 201: refTo(ShiftAnswer) }, [400, 409, 503]),
      },
    },
    async (request, reply) => {
      const {
        body: { purpose },
        visitor,
      } = request;
      await audited(request, {
        action: "shift",
        object: { kind: "shift", id: UNNUMBERED },
        purpose,
        details: { change: "begun" },
      });
      const duty = { tenant: town.tenant, purpose };
      const shift = await atDesk(() => beginShift(records, duty, handOf(visitor, clock), randomBytes));
      return reply.code(201).header("location", `/v1/shifts/${shift.id}`).send(shift);
    },
  );
  await app.register(handOver, parts);
};

const handOver: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  const { records, clock, incidents } = parts;
  app.post(
    "/v1/shifts/:id/end",
    {
      config: { access: DESK, audits: "always" },
      schema: {
        operationId: "endShift",
        summary: "Ends one's shift and leaves a note with one's open incidents to whoever comes",
        tags: ["incidents"],
        params: ShiftParams,
        body: Type.Object(
          { note: HandOver.properties.note, to: HandOver.properties.to },
          { additionalProperties: false },
        ),
        response: answers({ 200: refTo(ShiftAnswer) }, [400, 404, 409, 503]),
      },
    },
    async (request) => {
      const {
        params: { id },
        body,
        visitor,
      } = request;
      await getShown(parts, id, visitor);
      const mine = await listOpen(parts, askerOf(visitor).login, visitor);
      const handed = { ...body, incidents: mine.map((each) => each.id) };
      await audited(request, {
        action: "shift",
        object: { kind: "shift", id },
        details: {
          change: "ended",
          incidents: handed.incidents.join(" "),
          ...(body.to !== undefined && { to: body.to }),
        },
      });
      return atDesk(() => writeEnd(records, id, handed, handOf(visitor, clock)));
    },
  );
  app.post(
    "/v1/shifts/:id/accept",
    {
      config: { access: DESK, audits: "always" },
      schema: {
        operationId: "acceptShift",
        summary: "Takes over what somebody left: their incidents become one's own",
        tags: ["incidents"],
        params: ShiftParams,
        response: answers({ 200: Taken }, [400, 404, 409, 503]),
      },
    },
    async (request) => {
      const {
        params: { id },
        visitor,
      } = request;
      await getShown(parts, id, visitor);
      await audited(request, {
        action: "shift",
        object: { kind: "shift", id },
        details: { change: "accepted" },
      });
      const hand = handOf(visitor, clock);
      const shift = await atDesk(() => writeAcceptance(records, id, hand));
      const taken = await claimAll(parts, shift, visitor);
      incidents.wake();
      return { shift, taken };
    },
  );
};

/** Those that are still open, still theirs, and the asker's to know of; whoever asks again finds the rest. */
async function claimAll(
  parts: Pick<Parts, "records" | "town" | "cameras" | "clock">,
  { login: from, hand_over }: Shift,
  visitor: Visitor,
): Promise<string[]> {
  const { records, clock } = parts;
  const open = await listOpen(parts, from, visitor);
  const theirs = open.filter(({ id }) => hand_over?.incidents.includes(id));
  const change = { do: "claim", take_over: true } as const;
  for (const { id } of theirs) {
    await writeChange(records, id, { change, hand: handOf(visitor, clock) }).catch(passClosed);
  }
  return theirs.map(({ id }) => id);
}

/** What somebody has in hand, as far as the asker may know of it. */
async function listOpen(
  parts: Pick<Parts, "records" | "town" | "cameras">,
  claimed_by: string,
  visitor: Visitor,
): Promise<readonly Incident[]> {
  const [asker, known] = [askerOf(visitor), knownOf(parts)];
  const may = (incident: Incident) => maySeeIncident(incident, asker, known);
  const query = { states: NOT_CLOSED, claimed_by, may, limit: HANDED_MAX };
  return (await listIncidents(parts.records, query)).incidents;
}

/** Somebody closed it in this very moment: then it needs nobody. */
function passClosed(thrown: unknown): void {
  if (!(thrown instanceof AppError && thrown.code === "INCIDENT_CLOSED")) throw thrown;
}

/** @throws Refusal 404 also for those of colleagues who see more. */
async function getShown(
  parts: Pick<Parts, "records" | "town" | "cameras" | "identity">,
  id: string,
  visitor: Visitor,
): Promise<void> {
  const { shift } = await atDesk(() => getShift(parts.records, id));
  if (await shiftsFor(parts, visitor)(shift)) return;
  throw new Refusal(404, "SHIFT_UNKNOWN", "There is no such shift.");
}

/** One's own shifts, those left to oneself, and those of whoever sees no more than oneself. */
function shiftsFor(
  { identity, ...parts }: Pick<Parts, "town" | "cameras" | "identity">,
  visitor: Visitor,
): (shift: Shift) => Promise<boolean> {
  const [asker, known] = [askerOf(visitor), knownOf(parts)];
  return async ({ tenant, login, hand_over }) => {
    if (tenant !== known.tenant) return false;
    if (!identity || login === asker.login || hand_over?.to === asker.login) return true;
    const person = await identity.accounts.find(login);
    return seesAllOf(asker, person ?? { grants: [] }, known);
  };
}

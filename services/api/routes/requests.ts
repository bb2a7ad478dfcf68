import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import type { RequestRegister } from "@yardline/evidence/request-register";
import {
  dueOf,
  NewSubjectRequest,
  RequestStep,
  type SubjectRequest,
  stateOf,
} from "@yardline/evidence/subject-request";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import { exporting, refusing } from "../evidence.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, NameParameter, refTo } from "../schemas.ts";
import { nameOf } from "../visitor.ts";

const { received_at_ms: _received, about, ...same } = NewSubjectRequest.properties;
const { from_ms: _from, to_ms: _to, ...place } = about.properties;
const strict = { additionalProperties: false };
const When = Type.String({ format: "date-time" });

const Asked = Type.Object(
  { ...same, received_at: When, about: Type.Object({ ...place, from: When, to: When }, strict) },
  strict,
);

const Note = Type.Object({ by: Type.String(), at: Instant, text: Type.String() });

export const SubjectRequestAnswer = Type.Object(
  {
    id: Type.String(),
    state: Type.Enum(["received", "identified", "due-soon", "overdue", "answered", "refused", "withdrawn"]),
    due_at: Instant,
    law: same.law,
    kind: same.kind,
    requester: Type.Optional(same.requester),
    received_at: Instant,
    about: Type.Object({ ...place, from: Instant, to: Instant }),
    recorded_by: Type.String(),
    identity: Type.Optional(Note),
    extended: Type.Optional(Note),
    closed: Type.Optional(Note),
    evidence: Type.Optional(Type.String({ description: "The redacted copy that was the answer." })),
  },
  { $id: "SubjectRequest" },
);

const RequestParams = Type.Object({ request: NameParameter });

/** What people who were filmed ask for: recorded, answered in time, by the privacy officer. */
export const requestsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "evidence" | "clock">> = async (
  app,
  options,
) => {
  const { clock } = options;
  const register = (): RequestRegister => exporting(options).requests;
  app.get(
    "/v1/requests",
    {
      config: { access: ["audit"] },
      schema: {
        operationId: "listRequests",
        summary: "Requests of people who were filmed, the first due first",
        tags: ["evidence"],
        response: answers(
          { 200: Type.Object({ requests: Type.Array(refTo(SubjectRequestAnswer)) }) },
          [404, 503],
        ),
      },
    },
    async () => {
      const all = (await register().list()).toSorted((a, b) => dueOf(a) - dueOf(b));
      return { requests: all.map((each) => shown(each, clock.now_ms())) };
    },
  );
  app.post(
    "/v1/requests",
    {
      config: { access: ["audit"], audits: "always" },
      schema: {
        operationId: "recordRequest",
        summary: "Record what a person who was filmed asks for",
        tags: ["evidence"],
        body: Asked,
        response: answers({ 201: refTo(SubjectRequestAnswer) }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { received_at, about: of, ...rest } = request.body;
      const { from, to, ...words } = of;
      const received_at_ms = Math.max(0, Date.parse(received_at));
      const asked = { ...rest, received_at_ms, about: { ...words, ...timesOf(from, to) } };
      await audited(request, {
        action: "request",
        object: { kind: "request", id: "new" },
        details: { kind: asked.kind },
      });
      const made = await refusing(register().record(asked, nameOf(request.visitor)));
      return reply.code(201).send(shown(made, clock.now_ms()));
    },
  );
  app.post(
    "/v1/requests/:request/steps",
    {
      config: { access: ["audit"], audits: "always" },
      schema: {
        operationId: "takeRequestStep",
        summary: "Check who asks, extend, answer, refuse or withdraw a request",
        tags: ["evidence"],
        params: RequestParams,
        body: RequestStep,
        response: answers({ 200: refTo(SubjectRequestAnswer) }, [400, 404, 409, 503]),
      },
    },
    async (request) => {
      const { params, body, visitor } = request;
      const found = await register().find(params.request);
      if (!found) throw new Refusal(404, "REQUEST_UNKNOWN", "There is no such request.");
      if (body.step === "answer") await checkAnswer(options, found, body.evidence);
      await audited(request, {
        action: "request",
        object: { kind: "request", id: found.id },
        details: { step: body.step },
      });
      return shown(await refusing(register().take(found.id, body, nameOf(visitor))), clock.now_ms());
    },
  );
};

/** Whoever asks for their own pictures gets a copy in which everybody else is covered, never the recording. @throws Refusal 409 */
async function checkAnswer(
  options: Pick<Parts, "evidence">,
  { kind }: SubjectRequest,
  evidence: string | undefined,
): Promise<void> {
  if (evidence === undefined) {
    if (kind !== "access") return;
    throw new Refusal(
      409,
      "REQUEST_ANSWER",
      "Name the redacted copy that is the answer; where nothing is recorded, refuse and say so.",
    );
  }
  const row = await exporting(options).desk.find(evidence);
  const fit = row?.form === "redacted" && row.sha256 !== undefined;
  if (!fit) throw new Refusal(409, "REQUEST_ANSWER", "The answer is a redacted copy that is made.");
}

function timesOf(from: string, to: string): { readonly from_ms: number; readonly to_ms: number } {
  const [from_ms, to_ms] = [Date.parse(from), Date.parse(to)];
  if (from_ms >= 0 && from_ms < to_ms) return { from_ms, to_ms };
  throw new Refusal(400, "PERIOD_WRONG", "`from` and `to` must be instants, and `to` the later one.");
}

function shown(request: SubjectRequest, now_ms: number): Static<typeof SubjectRequestAnswer> {
  const {
    id,
    law,
    kind,
    requester,
    received_at_ms,
    about: of,
    recorded_by,
    identity,
    extended,
    closed,
  } = request;
  const note = ({ by, at_ms }: { readonly by: string; readonly at_ms: number }, text: string) => ({
    by,
    at: isoOf(at_ms),
    text,
  });
  const { from_ms, to_ms, ...words } = of;
  return {
    ...{ id, law, kind, recorded_by, state: stateOf(request, now_ms), due_at: isoOf(dueOf(request)) },
    ...(requester && { requester }),
    received_at: isoOf(received_at_ms),
    about: { ...words, from: isoOf(from_ms), to: isoOf(to_ms) },
    ...(identity && { identity: note(identity, identity.how) }),
    ...(extended && { extended: note(extended, extended.why) }),
    ...(closed && { closed: note(closed, closed.why) }),
    ...(closed?.evidence !== undefined && { evidence: closed.evidence }),
  };
}

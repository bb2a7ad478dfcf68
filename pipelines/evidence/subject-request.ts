import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";

/**
 * How long an answer to a person who was filmed may take. Data, so that a change of law is a change of a line.
 * `gdpr`: one month, two more with a reason (article 12(3)). `ukraine`: Law 2297-VI, articles 16 and 17: 30 calendar days, of which 10 working
 * days to study it; a person's access to their own data may not be postponed. `moldova`: Law 195/2024 follows the GDPR.
 * `russia`: 152-FZ, articles 14 and 20: 10 working days, five more with a reason. Not legal advice: the controller checks it.
 */
export const LAWS = {
  gdpr: { term: { months: 1 }, extension: { months: 2 } },
  ukraine: { term: { days: 30 }, extension: undefined },
  moldova: { term: { months: 1 }, extension: { months: 2 } },
  russia: { term: { working_days: 10 }, extension: { working_days: 5 } },
} as const satisfies Readonly<Record<string, Terms>>;
export type Law = keyof typeof LAWS;

type Term = { readonly days?: number; readonly months?: number; readonly working_days?: number };
type Terms = { readonly term: Term; readonly extension: Term | undefined };
const LAW_NAMES = ["gdpr", "ukraine", "moldova", "russia"] as const satisfies readonly Law[];

const Ms = Type.Integer({ minimum: 0 });
const Short = Type.String({ minLength: 1, maxLength: 200 });
const Long = Type.String({ minLength: 3, maxLength: 2_000 });
const strict = { additionalProperties: false };

export const NewSubjectRequest = Type.Object(
  {
    law: Type.Enum([...LAW_NAMES]),
    kind: Type.Enum(["access", "erasure", "objection"]),
    /** As the paper was stamped; the term runs from it. */
    received_at_ms: Ms,
    requester: Type.Object({ name: Short, contact: Short }, strict),
    /** Where and when, in the requester's own words: recordings are not searched by faces. */
    about: Type.Object(
      { description: Long, cameras: Type.Array(Short, { maxItems: 16 }), from_ms: Ms, to_ms: Ms },
      strict,
    ),
  },
  strict,
);
export type NewSubjectRequest = Static<typeof NewSubjectRequest>;

const Signed = { by: Short, at_ms: Ms };

export const SubjectRequest = Type.Object({
  ...NewSubjectRequest.properties,
  /** Gone a while after it was closed. */
  requester: Type.Optional(NewSubjectRequest.properties.requester),
  id: Type.String(),
  recorded_by: Short,
  identity: Type.Optional(Type.Object({ how: Long, ...Signed })),
  extended: Type.Optional(Type.Object({ why: Long, ...Signed })),
  closed: Type.Optional(
    Type.Object({
      outcome: Type.Enum(["answered", "refused", "withdrawn"]),
      why: Long,
      /** The redacted copy that was the answer. */
      evidence: Type.Optional(Short),
      ...Signed,
    }),
  ),
});
export type SubjectRequest = Static<typeof SubjectRequest>;

/** One step of the work on it. */
export const RequestStep = Type.Union([
  Type.Object({ step: Type.Literal("identity-checked"), how: Long }, strict),
  Type.Object({ step: Type.Literal("extend"), why: Long }, strict),
  Type.Object({ step: Type.Literal("answer"), why: Long, evidence: Type.Optional(Short) }, strict),
  Type.Object({ step: Type.Literal("refuse"), why: Long }, strict),
  Type.Object({ step: Type.Literal("withdraw"), why: Long }, strict),
]);
export type RequestStep = Static<typeof RequestStep>;

export type RequestState =
  | "received"
  | "identified"
  | "due-soon"
  | "overdue"
  | "answered"
  | "refused"
  | "withdrawn";

/** The share of its term after which a request is due soon. */
const SOON_SHARE = 0.75;

/** The last moment at which an answer is in time: the end of that day, UTC. Holidays are not known, which errs on the early side. */
export function dueOf({
  law,
  received_at_ms,
  extended,
}: Pick<SubjectRequest, "law" | "received_at_ms" | "extended">): EpochMs {
  const { term, extension }: Terms = LAWS[law];
  const received = Temporal.Instant.fromEpochMilliseconds(received_at_ms)
    .toZonedDateTimeISO("UTC")
    .toPlainDate();
  const first = after(received, term);
  const last = extended && extension ? after(first, extension) : first;
  return last.add({ days: 1 }).toZonedDateTime("UTC").epochMilliseconds - 1;
}

function after(
  date: Temporal.PlainDate,
  { days = 0, months = 0, working_days = 0 }: Term,
): Temporal.PlainDate {
  let end = date.add({ days, months });
  for (let left = working_days; left > 0; ) {
    end = end.add({ days: 1 });
    if (end.dayOfWeek < 6) left -= 1;
  }
  return end;
}

export function stateOf(request: SubjectRequest, now_ms: EpochMs): RequestState {
  if (request.closed) return request.closed.outcome;
  const due_ms = dueOf(request);
  if (now_ms > due_ms) return "overdue";
  const soon_ms = request.received_at_ms + SOON_SHARE * (due_ms - request.received_at_ms);
  if (now_ms >= soon_ms) return "due-soon";
  return request.identity ? "identified" : "received";
}

/** @returns the request after the step, or why it cannot be taken, for a person. */
export function takeStep(
  request: SubjectRequest,
  step: RequestStep,
  signed: { readonly by: string; readonly at_ms: EpochMs },
): SubjectRequest | string {
  if (request.closed) return "It is closed already.";
  switch (step.step) {
    case "identity-checked":
      return { ...request, identity: { how: step.how, ...signed } };
    case "extend":
      if (!LAWS[request.law].extension) return "The law of this request knows no longer term.";
      if (request.extended) return "Its term was extended already.";
      if (signed.at_ms > dueOf(request)) return "Its term is over: it cannot be extended any more.";
      return { ...request, extended: { why: step.why, ...signed } };
    case "answer": {
      if (!request.identity)
        return "Say first how it was checked who asks: pictures of somebody else would be given away.";
      const { why, evidence } = step;
      return {
        ...request,
        closed: { outcome: "answered", why, ...(evidence !== undefined && { evidence }), ...signed },
      };
    }
    case "refuse":
      return { ...request, closed: { outcome: "refused", why: step.why, ...signed } };
    case "withdraw":
      return { ...request, closed: { outcome: "withdrawn", why: step.why, ...signed } };
  }
}

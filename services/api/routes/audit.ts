import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { ACTIONS, type AuditEntry } from "@yardline/audit/entry";
import type { AuditQuestion } from "@yardline/audit/search";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { auditedSession } from "../audited.ts";
import { periodOf } from "../event-query.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, NameParameter, refTo } from "../schemas.ts";

const PAGE_USUAL = 100;
const PAGE_MAX = 500;

const Asked = Type.Object(
  {
    who: Type.Optional({ ...NameParameter, description: "A login." }),
    action: Type.Optional(Type.Enum([...ACTIONS])),
    object_kind: Type.Optional({ ...NameParameter, description: "As `event`, `camera`, `account`." }),
    object_id: Type.Optional(NameParameter),
    incident: Type.Optional(NameParameter),
    from: Type.Optional(Type.String({ format: "date-time", description: "Inclusive." })),
    to: Type.Optional(Type.String({ format: "date-time", description: "Exclusive." })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_USUAL })),
    cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 50, description: "From the page before." })),
  },
  { additionalProperties: false },
);

export const AuditLogPage = Type.Object(
  {
    entries: Type.Array(
      Type.Object({
        seq: Type.Integer({ description: "Its number in the chain." }),
        at: Instant,
        who: Type.String({
          description: "A login; `(box)` is Yardline itself, `(nobody)` who did not sign in.",
        }),
        from: Type.String({ description: "The address that it was asked from." }),
        action: Type.Enum([...ACTIONS]),
        object: Type.Object({ kind: Type.String(), id: Type.String() }),
        purpose: Type.Optional(Type.String()),
        incident: Type.Optional(Type.String()),
        details: Type.Optional(
          Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
        ),
      }),
      { description: "Newest first." },
    ),
    cursor: Type.Optional(
      Type.String({ description: "For the next page, also after a short one; absent on the last." }),
    ),
  },
  { $id: "AuditLogPage" },
);

type Options = Pick<Parts, "audit" | "town">;

/** What was written down, for the privacy officer. That somebody reads it is written down, too. */
export const auditRoute: FastifyPluginAsyncTypebox<Options> = async (app, { audit, town }) => {
  app.get(
    "/v1/audit",
    {
      config: { access: ["audit"], audits: "always" },
      // Details may hold any of three kinds of value: what was checked when it was written goes out as it is kept.
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "listAuditEntries",
        summary: "Who looked at what, or changed what, when and what for",
        tags: ["audit"],
        querystring: Asked,
        response: answers({ 200: refTo(AuditLogPage) }, [400, 404, 503]),
      },
    },
    async (request): Promise<Static<typeof AuditLogPage>> => {
      if (!audit) {
        const message = "Nothing is written down here: the pictures of the invented town show nobody.";
        throw new Refusal(404, "AUDIT_ABSENT", message);
      }
      const { limit = PAGE_USUAL, cursor, from, to, ...asked } = request.query;
      const period = periodOf({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
      const question: AuditQuestion = { ...asked, ...period, tenant: town.tenant };
      const text = JSON.stringify(request.query);
      const deed = {
        action: "audit",
        object: { kind: "audit", id: town.tenant },
        details: { question: text },
      } as const;
      await auditedSession(request, deed, text);
      const found = await told(() =>
        audit.search(question, { limit, ...(cursor !== undefined && { cursor }) }),
      );
      return {
        entries: found.entries.map(answerOf),
        ...(found.cursor !== undefined && { cursor: found.cursor }),
      };
    },
  );
};

async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === "AUDIT_CURSOR")) throw thrown;
    throw new Refusal(400, thrown.code, thrown.message);
  }
}

function answerOf({
  at_ms,
  tenant: _,
  previous: __,
  ...entry
}: AuditEntry): Static<typeof AuditLogPage>["entries"][number] {
  return { ...entry, at: isoOf(at_ms) };
}

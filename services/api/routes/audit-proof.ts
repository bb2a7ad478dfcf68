import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { Proof } from "@yardline/audit/prove";
import { isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";
import { createWorkQueue } from "../work-queue.ts";

/** A year of hourly checkpoints in one saved file is two million characters; who has more gives the newest. */
const CHECKPOINTS_CHARS_MAX = 2_000_000;
const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** Findings that are told one by one. */
const SHOWN_MAX = 100;
/** The whole log is read: one at a time, and a few wait. */
const PROOFS = { at_once: 1, waiting_max: 3 };
const RETRY_AFTER_S = 10;

export const AuditProof = Type.Object(
  {
    entries: Type.Integer({ description: "Read, and found in their place." }),
    first_seq: Type.Optional(Type.Integer()),
    first_at: Type.Optional(Instant),
    last_seq: Type.Optional(Type.Integer()),
    last_at: Type.Optional(Instant),
    findings: Type.Array(
      Type.Object({
        kind: Type.Enum(["changed", "missing", "unfinished", "cut", "rebuilt", "checkpoint"]),
        place: Type.String(),
        message: Type.String(),
      }),
      { description: `What is not as it must be; the first ${SHOWN_MAX}.` },
    ),
    findings_count: Type.Integer(),
    proven: Type.Integer({
      description:
        "So many entries are proven by a checkpoint that was given; what is behind them could have been cut off or written anew by whoever has the key of this machine.",
    }),
    unproven: Type.Array(Type.String(), { description: "The same in sentences." }),
    key: Type.Optional(
      Type.String({ description: "Which key was believed; compare it with a copy kept elsewhere." }),
    ),
  },
  { $id: "AuditProof" },
);

const Asked = Type.Object(
  {
    checkpoints: Type.Optional(
      Type.String({
        maxLength: CHECKPOINTS_CHARS_MAX,
        description: "Text in which checkpoints stand that were kept elsewhere: a saved mail, for one.",
      }),
    ),
  },
  { additionalProperties: false },
);

/** Whether the log is as it was written, told by the machine that keeps it; without a checkpoint it says what that is worth. */
export const auditProofRoute: FastifyPluginAsyncTypebox<Pick<Parts, "audit" | "town">> = async (
  app,
  { audit, town },
) => {
  const message = "The log is being verified for others already. Try again in a moment.";
  const proofs = createWorkQueue(PROOFS, () => new Refusal(503, "PROOFS_BUSY", message, RETRY_AFTER_S));
  app.post(
    "/v1/audit/proof",
    {
      config: { access: ["audit"], audits: "always" },
      bodyLimit: BODY_BYTES_MAX,
      schema: {
        operationId: "proveAuditLog",
        summary: "Read the whole log and say whether anything in it was changed",
        tags: ["audit"],
        body: Asked,
        response: answers({ 200: refTo(AuditProof) }, [400, 404, 503]),
      },
    },
    async (request) => {
      if (!audit) {
        const absent = "Nothing is written down here: the pictures of the invented town show nobody.";
        throw new Refusal(404, "AUDIT_ABSENT", absent);
      }
      const { checkpoints = "" } = request.body;
      await audited(request, {
        action: "audit",
        object: { kind: "audit", id: town.tenant },
        details: { verified: true, with_checkpoints: checkpoints !== "" },
      });
      return answerOf(await proofs.run(() => audit.prove(checkpoints)));
    },
  );
};

function answerOf({
  entries,
  first,
  last,
  findings,
  proven,
  unproven,
  key,
}: Proof): Static<typeof AuditProof> {
  return {
    entries,
    ...(first && { first_seq: first.entry.seq, first_at: isoOf(first.entry.at_ms) }),
    ...(last && { last_seq: last.entry.seq, last_at: isoOf(last.entry.at_ms) }),
    findings: findings.slice(0, SHOWN_MAX).map((each) => ({ ...each })),
    findings_count: findings.length,
    proven,
    unproven: [...unproven],
    ...(key !== undefined && { key }),
  };
}

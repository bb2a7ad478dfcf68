import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { ExportRow } from "@yardline/evidence/export-row";
import { audited, type Deed } from "../audited.ts";
import { Evidence, EvidenceParams, getExport, refusing, shownEvidence } from "../evidence.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";
import { nameOf } from "../visitor.ts";

type Options = Pick<Parts, "evidence" | "town" | "cameras">;

/** What a deed about an export says of it. */
export function deedOf(
  action: Deed["action"],
  { id, purpose, incident }: ExportRow,
  details?: Deed["details"],
): Deed {
  return {
    action,
    object: { kind: "evidence", id },
    purpose,
    ...(incident !== undefined && { incident }),
    ...(details && { details }),
  };
}

/** Where the town wants it, an export needs somebody else's word before anything is made. */
export const evidenceReleaseRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const schemaOf = (operationId: string, summary: string) => ({
    operationId,
    summary,
    tags: ["evidence"],
    params: EvidenceParams,
    response: answers({ 200: refTo(Evidence) }, [404, 409, 503]),
  });

  for (const [word, approved] of [
    ["approve", true],
    ["refuse", false],
  ] as const) {
    const summary = approved ? "Approve an export that somebody else asked for" : "Refuse an export";
    app.post(
      `/v1/evidence/:evidence/${word}`,
      { config: { access: ["export"], audits: "always" }, schema: schemaOf(`${word}Evidence`, summary) },
      async (request) => {
        const { visitor, params } = request;
        const { desk, row } = await getExport(options, params.evidence, visitor, ["export"]);
        await audited(request, deedOf("evidence", row, { decision: word }));
        return shownEvidence(await refusing(desk.decide(row.id, nameOf(visitor), approved)), desk);
      },
    );
  }

  app.post(
    "/v1/evidence/:evidence/withdraw",
    {
      config: { access: ["export"], audits: "always" },
      schema: schemaOf("withdrawEvidence", "Remove a bundle; that it was asked for stays written"),
    },
    async (request) => {
      const { visitor, params } = request;
      const { desk, row } = await getExport(options, params.evidence, visitor, ["export"]);
      await audited(request, deedOf("evidence", row, { decision: "withdraw" }));
      return shownEvidence(await refusing(desk.withdraw(row.id)), desk);
    },
  );
};

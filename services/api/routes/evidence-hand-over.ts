import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { HandOver } from "@yardline/evidence/export-row";
import { handOverSheet, SHEET_LANGUAGES, SHEET_POLICY } from "@yardline/evidence/hand-over-sheet";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import { Evidence, EvidenceParams, getExport, refusing, shownEvidence } from "../evidence.ts";
import type { Parts } from "../parts.ts";
import { answerIn, answers, refTo } from "../schemas.ts";
import { nameOf } from "../visitor.ts";
import { deedOf } from "./evidence-release.ts";

type Options = Pick<Parts, "evidence" | "town" | "cameras">;

/** Who took a bundle away, for which authority, on which paper; and the sheet that both sign. */
export const evidenceHandOverRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  app.post(
    "/v1/evidence/:evidence/hand-overs",
    {
      config: { access: ["export"], audits: "always" },
      schema: {
        operationId: "handOverEvidence",
        summary: "Write down who took a bundle away",
        tags: ["evidence"],
        params: EvidenceParams,
        body: HandOver,
        response: answers({ 201: refTo(Evidence) }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { visitor, params, body } = request;
      const { desk, row } = await getExport(options, params.evidence, visitor, ["export"]);
      await audited(
        request,
        deedOf("evidence", row, { handed_to: body.to, authority: body.authority, document: body.document }),
      );
      return reply
        .code(201)
        .send(shownEvidence(await refusing(desk.handOver(row.id, body, nameOf(visitor))), desk));
    },
  );

  app.get(
    "/v1/evidence/:evidence/sheet",
    {
      config: { access: ["export", "audit"], audits: { not: "A sheet about it holds nothing of it." } },
      schema: {
        operationId: "getHandOverSheet",
        summary: "The hand-over sheet, to be printed and signed",
        tags: ["evidence"],
        params: EvidenceParams,
        querystring: Type.Object({ language: Type.Enum([...SHEET_LANGUAGES], { default: "uk" }) }),
        response: answers({ 200: answerIn("text/html", Type.String(), "A4, no script.") }, [404, 503]),
      },
    },
    async ({ visitor, params, query }, reply) => {
      const { row } = await getExport(options, params.evidence, visitor, ["export", "audit"]);
      reply.header("content-security-policy", SHEET_POLICY).type("text/html; charset=utf-8");
      return handOverSheet(row, options.town.name, query.language);
    },
  );
};

import { open } from "node:fs/promises";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import { EvidenceParams, exporting, getExport, refusing } from "../evidence.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers, Binary, Instant } from "../schemas.ts";
import { nameOf } from "../visitor.ts";
import { deedOf } from "./evidence-release.ts";

type Options = Pick<Parts, "evidence" | "town" | "cameras">;

/** A bundle leaves by a link that works once: it can be handed to whoever has no account, and is worth nothing afterwards. */
export const evidenceDownloadRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  app.post(
    "/v1/evidence/:evidence/link",
    {
      config: { access: ["export"], audits: "always" },
      schema: {
        operationId: "linkEvidence",
        summary: "A link that fetches the bundle once, within ten minutes",
        tags: ["evidence"],
        params: EvidenceParams,
        response: answers({ 201: Type.Object({ link: Type.String(), until: Instant }) }, [404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { visitor, params } = request;
      const { desk, row } = await getExport(options, params.evidence, visitor, ["export"]);
      await audited(request, deedOf("evidence", row, { link: true }));
      const { token, until_ms } = await refusing(desk.link(row.id, nameOf(visitor)));
      return reply.code(201).send({ link: `/v1/evidence-links/${token}`, until: isoOf(until_ms) });
    },
  );

  app.get(
    "/v1/evidence-links/:token",
    {
      // Whoever has the link: it was made for one bundle by somebody who may export it.
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "fetchEvidence",
        summary: "The bundle, once",
        tags: ["evidence"],
        params: Type.Object({ token: Type.String({ pattern: "^[\\w-]{32}$" }) }),
        response: answers({ 200: answerIn("application/zip", Binary, "The bundle.") }, [404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { desk } = exporting(options);
      const { token } = request.params;
      const found = await desk.findByLink(token);
      if (!found)
        throw new Refusal(404, "LINK_UNKNOWN", "There is no such link, it was used, or its time is over.");
      const { row, by } = found;
      // Before a byte leaves.
      await audited(
        request,
        deedOf("export", row, { link_of: by, sha256: row.sha256 ?? "", form: row.form }),
      );
      const path = await refusing(desk.useLink(row, token));
      const file = await open(path, "r");
      reply.headers({
        "content-type": "application/zip",
        "content-length": (await file.stat()).size,
        "content-disposition": `attachment; filename="evidence-${row.id}.zip"`,
      });
      return reply.send(file.createReadStream());
    },
  );
};

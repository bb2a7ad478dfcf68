import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { verifierPage } from "@yardline/evidence/verifier-page";
import { Type } from "typebox";
import { exporting } from "../evidence.ts";
import type { Parts } from "../parts.ts";
import { answerIn, answers } from "../schemas.ts";

/** What whoever gets a bundle needs to verify it, apart from the bundle. Everybody's. */
export const evidenceKeyRoute: FastifyPluginAsyncTypebox<Pick<Parts, "evidence">> = async (app, options) => {
  app.get(
    "/v1/evidence/key",
    {
      config: { access: "public" },
      schema: {
        operationId: "getEvidenceKey",
        summary: "The town's public key, with which bundles are verified",
        tags: ["evidence"],
        response: answers(
          {
            200: Type.Object({
              fingerprint: Type.String({ description: "SHA-256, hex." }),
              pem: Type.String(),
            }),
          },
          [404, 503],
        ),
      },
    },
    async () => {
      const { fingerprint, public_pem } = await exporting(options).desk.key();
      return { fingerprint, pem: public_pem };
    },
  );

  app.get(
    "/v1/evidence/verifier",
    {
      config: { access: "public" },
      schema: {
        operationId: "getEvidenceVerifier",
        summary: "A page that verifies a bundle in the browser, alone; to be saved",
        tags: ["evidence"],
        response: answers({ 200: answerIn("text/html", Type.String(), "One file, no network.") }),
      },
    },
    async (_request, reply) => {
      const { html, content_security_policy } = await verifierPage();
      reply.header("content-security-policy", content_security_policy).type("text/html; charset=utf-8");
      return html;
    },
  );
};

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import { HEALTH_CODES } from "../health-codes.ts";
import type { PartHealth, Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";

export const Health = Type.Object(
  {
    healthy: Type.Boolean({ description: "Whether everything that must run runs." }),
    parts: Type.Array(
      Type.Object({
        name: Type.String(),
        running: Type.Boolean(),
        required: Type.Boolean({ description: "Whether the town works at all without it." }),
        detail: Type.Optional(
          Type.String({ description: "What is wrong or what it waits for, in English." }),
        ),
        code: Type.Optional(
          Type.Enum([...HEALTH_CODES], { description: "The same, stable, for programs and pages." }),
        ),
        values: Type.Optional(
          Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
            description: "What the words of a code need.",
          }),
        ),
      }),
    ),
  },
  { $id: "Health" },
);

export const healthRoute: FastifyPluginAsyncTypebox<Pick<Parts, "health">> = async (app, { health }) => {
  app.get(
    "/healthz",
    {
      config: { access: "public" },
      schema: {
        operationId: "getHealth",
        summary: "Whether everything that must run runs, and how each part is",
        tags: ["operation"],
        response: answers({ 200: refTo(Health), 503: refTo(Health) }),
      },
    },
    async (_request, reply) => {
      const found = healthOf(health.listParts());
      reply.code(found.healthy ? 200 : 503);
      return found;
    },
  );
};

function healthOf(parts: readonly PartHealth[]): Static<typeof Health> {
  return {
    healthy: parts.every(({ running, required }) => running || !required),
    parts: parts.map(({ values, ...part }) => ({ ...part, ...(values && { values: { ...values } }) })),
  };
}

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { ALL_SHOWN, PublicPositions } from "@yardline/privacy/public-positions";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import { asKept, BY, carryOut, dispatching, signed, WHY } from "../dispatch.ts";
import type { DispatchView, Parts } from "../parts.ts";
import { answers, Instant, refTo } from "../schemas.ts";

export const PublicPositionsState = Type.Object(
  {
    revision: Type.Integer({ description: "0: nobody decided anything, everything is shown." }),
    policy: PublicPositions,
    by: Type.Optional(Type.String()),
    why: Type.Optional(Type.String()),
    at: Type.Optional(Instant),
  },
  { $id: "PublicPositionsState" },
);

export const publicPositionsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "dispatch">> = async (
  app,
  { dispatch },
) => {
  app.setSerializerCompiler(asKept);
  app.get(
    "/v1/public-positions",
    {
      config: { access: ["dispatch", "configure"] },
      schema: {
        operationId: "getPublicPositions",
        summary: "How much the public sees of where vehicles are",
        tags: ["dispatch"],
        response: answers({ 200: refTo(PublicPositionsState) }, [404]),
      },
    },
    async () => stateOf(dispatching(dispatch).readPolicy()),
  );
  app.put(
    "/v1/public-positions",
    {
      config: { access: ["dispatch", "configure"], audits: "always" },
      schema: {
        operationId: "decidePublicPositions",
        summary:
          "Decides it: on, delayed, coarsened or off, for the town, lines and vehicles; the most restrictive holds",
        description:
          "In effect in everything public within seconds, wherever it was kept within 30. Dispatchers go on seeing all.",
        tags: ["dispatch"],
        body: Type.Object(
          {
            policy: PublicPositions,
            by: BY,
            why: WHY,
            seen_revision: Type.Integer({ minimum: 0, description: "The revision that the person saw." }),
          },
          { additionalProperties: false },
        ),
        response: answers({ 200: refTo(PublicPositionsState) }, [400, 404, 409, 503]),
      },
    },
    async (request) => {
      const { seen_revision, ...decided } = request.body;
      const view = dispatching(dispatch);
      await audited(request, {
        action: "configure",
        object: { kind: "public-positions", id: request.server.auditing.tenant },
        details: { policy: JSON.stringify(decided.policy), why: decided.why },
      });
      return stateOf(await carryOut(() => view.decide(signed(decided, request.visitor), seen_revision)));
    },
  );
};

function stateOf({
  revision,
  decided,
}: ReturnType<DispatchView["readPolicy"]>): Static<typeof PublicPositionsState> {
  return { revision, ...(decided ?? { policy: ALL_SHOWN }) };
}

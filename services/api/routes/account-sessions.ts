import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { sessionId } from "@yardline/identity/sessions";
import { Type } from "typebox";
import { sessionOf } from "../identify.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant } from "../schemas.ts";
import { having, signedIn } from "../sign-in.ts";

const SessionNote = Type.Object({
  id: Type.String({ description: "Ends it; opens nothing." }),
  began_at: Instant,
  used_at: { ...Instant, description: "To five minutes." },
  agent: Type.Optional(Type.String({ description: "What the browser calls itself." })),
  current: Type.Boolean({ description: "The one that asks." }),
});

type Options = Pick<Parts, "identity" | "clock">;

/** Where somebody is signed in, for themselves alone. */
export const accountSessionsRoute: FastifyPluginAsyncTypebox<Options> = async (app, { identity, clock }) => {
  app.get(
    "/v1/account/sessions",
    {
      config: { access: "public" },
      schema: {
        operationId: "listOwnSessions",
        summary: "Where one is signed in oneself, newest first",
        tags: ["people"],
        response: answers({ 200: Type.Object({ sessions: Type.Array(SessionNote) }) }, [401]),
      },
    },
    async (request) => {
      const person = signedIn(request.visitor);
      const token = sessionOf(request);
      const own = token === undefined ? undefined : sessionId(token);
      const notes = await having(identity).sessions.list(person, clock.now_ms());
      return {
        sessions: notes.map(({ id, began_ms, used_ms, agent }) => ({
          ...{ id, began_at: isoOf(began_ms), used_at: isoOf(used_ms), current: id === own },
          ...(agent !== undefined && { agent }),
        })),
      };
    },
  );

  app.delete(
    "/v1/account/sessions/:id",
    {
      config: {
        access: "public",
        audits: { not: "A session must end also when nothing can be written down." },
      },
      schema: {
        operationId: "endOwnSession",
        summary: "End one of one's own sessions, at once",
        tags: ["people"],
        params: Type.Object({ id: Type.String({ pattern: "^[0-9a-z]{9}\\.[\\w-]{43}$" }) }),
        response: answers({ 204: Type.Null({ description: "It is over." }) }, [400, 401, 404]),
      },
    },
    async ({ visitor, params: { id } }, reply) => {
      const isOwn = await having(identity).sessions.endOwn(signedIn(visitor), id);
      if (!isOwn) throw new Refusal(404, "SESSION_UNKNOWN", "You have no such session.");
      return reply.code(204).send(null);
    },
  );
};

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import type { TokenNote } from "@yardline/identity/api-tokens";
import { isAllowed } from "@yardline/permission/decide";
import { RIGHTS } from "@yardline/permission/rights";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";
import { having, signedIn, told } from "../sign-in.ts";

const Rights = Type.Array(Type.Enum([...RIGHTS]), { minItems: 1, maxItems: RIGHTS.length });
const WhatFor = Type.String({ minLength: 1, maxLength: 200 });

export const ApiTokenAnswer = Type.Object(
  {
    id: Type.String(),
    what_for: WhatFor,
    rights: Rights,
    made_at: Instant,
    expires_at: Instant,
    used_at: Type.Optional({ ...Instant, description: "To the hour; absent where it never was." }),
  },
  { $id: "ApiToken" },
);

type Options = Pick<Parts, "identity" | "town" | "clock">;

/** Somebody's own tokens: a token cannot make tokens, so that one that leaks cannot outlive its day. */
export const tokensRoute: FastifyPluginAsyncTypebox<Options> = async (app, { identity, town, clock }) => {
  app.get(
    "/v1/tokens",
    {
      config: { access: "public" },
      schema: {
        operationId: "listTokens",
        summary: "One's own tokens for programs, without their secrets",
        tags: ["people"],
        response: answers({ 200: Type.Object({ tokens: Type.Array(refTo(ApiTokenAnswer)) }) }, [401]),
      },
    },
    async ({ visitor }) => {
      const { login } = signedIn(visitor);
      const all = await having(identity).tokens.list();
      return { tokens: all.filter((token) => token.login === login).map(answerOf) };
    },
  );

  app.post(
    "/v1/tokens",
    {
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "makeToken",
        summary: "Make a token for a program, with some of one's own rights; it is shown once",
        tags: ["people"],
        body: Type.Object(
          { what_for: WhatFor, rights: Rights, expires_at: Instant },
          { additionalProperties: false },
        ),
        response: answers({ 201: Type.Object({ token: Type.String() }) }, [400, 401, 403]),
      },
    },
    async (request, reply) => {
      const { visitor } = request;
      const { what_for, rights, expires_at } = request.body;
      const { login } = signedIn(visitor);
      if (!rights.every((right) => isAllowed(visitor, { right, tenant: town.tenant }))) {
        throw new Refusal(403, "NOT_ALLOWED", "A token has no more rights than whoever makes it.");
      }
      const details = { change: "token made", what_for, rights: rights.join(", "), expires_at };
      await audited(request, { action: "people", object: { kind: "account", id: login }, details });
      const wish = { login, what_for, rights, expires_ms: Date.parse(expires_at) };
      const token = await told(() => having(identity).tokens.make(wish, clock.now_ms()));
      return reply.code(201).send({ token });
    },
  );

  app.delete(
    "/v1/tokens/:id",
    {
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "revokeToken",
        summary: "Take one of one's own tokens back; it ends at once",
        tags: ["people"],
        params: Type.Object({ id: Type.String({ pattern: "^[0-9a-f]{12}$" }) }),
        response: answers({ 204: Type.Null({ description: "It is over." }) }, [400, 401, 404]),
      },
    },
    async (request, reply) => {
      const { visitor } = request;
      const { id } = request.params;
      const { login } = signedIn(visitor);
      const { tokens } = having(identity);
      const own = (await tokens.list()).some((token) => token.id === id && token.login === login);
      if (!own) throw new Refusal(404, "TOKEN_UNKNOWN", "You have no such token.");
      const details = { change: "token taken back", token: id };
      await audited(request, { action: "people", object: { kind: "account", id: login }, details });
      await tokens.revoke(id);
      return reply.code(204).send(null);
    },
  );
};

function answerOf(note: TokenNote): Static<typeof ApiTokenAnswer> {
  const { id, what_for, rights, made_ms, expires_ms, used_ms } = note;
  return {
    ...{ id, what_for, rights, made_at: isoOf(made_ms), expires_at: isoOf(expires_ms) },
    ...(used_ms !== undefined && { used_at: isoOf(used_ms) }),
  };
}

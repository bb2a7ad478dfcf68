import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { PASSWORD_CHARS_MAX } from "@yardline/identity/password";
import { isAllowed } from "@yardline/permission/decide";
import { RIGHTS } from "@yardline/permission/rights";
import { type Static, Type } from "typebox";
import { sessionCookie, sessionOf } from "../identify.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";
import { having, refuseHasty, signIn, told } from "../sign-in.ts";
import type { Visitor } from "../visitor.ts";
import type { WorkQueue } from "../work-queue.ts";

const Credentials = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 63 }),
    password: Type.String({ minLength: 1, maxLength: PASSWORD_CHARS_MAX }),
    code: Type.Optional(
      Type.String({ pattern: "^\\d{6}$", description: "Where the account has a second factor." }),
    ),
  },
  { additionalProperties: false },
);

export const Session = Type.Object(
  {
    doors: Type.Enum(["open", "accounts"], {
      description: "Open: of the invented town everybody may see everything.",
    }),
    set_up: Type.Boolean({ description: "There is no account yet: the first one is to be made." }),
    login: Type.Optional(Type.String({ description: "Absent for whoever did not sign in." })),
    name: Type.Optional(Type.String()),
    rights: Type.Array(Type.Enum([...RIGHTS]), { description: "What whoever asks may do here." }),
  },
  { $id: "Session" },
);

type Options = Pick<Parts, "identity" | "town" | "clock"> & { readonly logins: WorkQueue };

export const sessionRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { identity, town, clock, logins } = options;
  const sessionFor = async (visitor: Visitor): Promise<Static<typeof Session>> => ({
    doors: identity ? "accounts" : "open",
    set_up: (await identity?.setUp.isDue()) ?? false,
    ...(visitor.person && { login: visitor.person.login, name: visitor.person.name }),
    rights: RIGHTS.filter((right) => isAllowed(visitor, { right, tenant: town.tenant })),
  });

  app.get(
    "/v1/session",
    {
      config: { access: "public" },
      schema: {
        operationId: "getSession",
        summary: "Who is asking, and what they may",
        tags: ["people"],
        response: answers({ 200: refTo(Session) }),
      },
    },
    ({ visitor }) => sessionFor(visitor),
  );

  app.post(
    "/v1/session",
    {
      config: { access: "public" },
      schema: {
        operationId: "signIn",
        summary: "Sign in: the answer sets the session's cookie",
        tags: ["people"],
        body: Credentials,
        response: answers({ 200: refTo(Session) }, [400, 401, 429, 503]),
      },
    },
    async ({ body, ip }, reply) => {
      const { sessions, throttle } = having(identity);
      // Before the queue, so that a flood of guesses takes nobody's place in it.
      refuseHasty(throttle, body.login, ip, clock.now_ms());
      const person = await logins.run(() => told(() => signIn(having(identity), body, ip, clock.now_ms())));
      reply.header("set-cookie", sessionCookie(await sessions.begin(person, clock.now_ms())));
      return sessionFor({ person, grants: person.grants });
    },
  );

  app.delete(
    "/v1/session",
    {
      config: { access: "public" },
      schema: {
        operationId: "signOut",
        summary: "End the session",
        tags: ["people"],
        response: answers({ 204: Type.Null({ description: "It is over." }) }),
      },
    },
    async ({ headers }, reply) => {
      const token = sessionOf(headers);
      if (token !== undefined) await identity?.sessions.end(token);
      return reply.code(204).header("set-cookie", sessionCookie(undefined)).send(null);
    },
  );
};

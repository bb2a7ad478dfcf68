import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { PASSWORD_CHARS_MAX } from "@yardline/identity/password";
import { isAllowed } from "@yardline/permission/decide";
import { RIGHTS } from "@yardline/permission/rights";
import { type Static, Type } from "typebox";
import { sessionCookie, sessionOf } from "../identify.ts";
import type { OutsideSignIn } from "../oidc/outside-sign-in.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";
import { having, refuseHasty, signIn, told } from "../sign-in.ts";
import { cameIn, refusedSignIns } from "../sign-in-notes.ts";
import type { Visitor } from "../visitor.ts";
import type { WorkQueue } from "../work-queue.ts";

const Credentials = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 63 }),
    password: Type.String({ minLength: 1, maxLength: PASSWORD_CHARS_MAX }),
    code: Type.Optional(
      Type.String({
        pattern: "^(\\d{6}|[A-Za-z2-7]{4}([ -]?[A-Za-z2-7]{4}){3})$",
        description:
          "Where the account has a second factor: what the app shows, or one of the codes for a lost phone.",
      }),
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
    has_totp: Type.Optional(Type.Boolean({ description: "Whether signing in takes a second factor." })),
    outside: Type.Optional(
      Type.Object(
        {
          name: Type.String({ description: "The town's OpenID provider, as people call it." }),
          is_owner: Type.Boolean({
            description: "Whoever asks signed in there: their password is kept there.",
          }),
          sign_out_url: Type.Optional(Type.String({ description: "Where they sign out of it, too." })),
        },
        { description: "Where the town has a provider: GET /v1/session/oidc signs in there." },
      ),
    ),
  },
  { $id: "Session" },
);

type Options = Pick<Parts, "identity" | "town" | "clock"> & { readonly logins: WorkQueue };

export const sessionRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { identity, town, clock, logins } = options;
  const refusals = refusedSignIns(clock);
  const sessionFor = async (visitor: Visitor): Promise<Static<typeof Session>> => ({
    doors: identity ? "accounts" : "open",
    set_up: (await identity?.setUp.isDue()) ?? false,
    ...(visitor.person && {
      login: visitor.person.login,
      name: visitor.person.name,
      has_totp: visitor.person.has_totp,
    }),
    ...(identity?.outside && { outside: outsideFor(identity.outside, visitor) }),
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
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "signIn",
        summary: "Sign in: the answer sets the session's cookie",
        tags: ["people"],
        body: Credentials,
        response: answers({ 200: refTo(Session) }, [400, 401, 429, 503]),
      },
    },
    async (request, reply) => {
      const { body, ip, headers, protocol } = request;
      const { sessions, throttle } = having(identity);
      // Before the queue, so that a flood of guesses takes nobody's place in it.
      refuseHasty(throttle, body.login, ip, clock.now_ms());
      const person = await logins
        .run(() => told(() => signIn(having(identity), body, ip, clock.now_ms())))
        .catch((thrown: unknown) => {
          refusals.refused(request, having(identity).accounts, body, thrown);
          throw thrown;
        });
      await cameIn(request, person, body.code === undefined ? "password" : "password and code");
      const token = await sessions.begin(person, clock.now_ms(), headers["user-agent"]);
      reply.header("set-cookie", sessionCookie(token, { protocol }));
      return sessionFor({ person, grants: person.grants });
    },
  );

  app.delete(
    "/v1/session",
    {
      config: {
        access: "public",
        audits: { not: "A session must end also when nothing can be written down." },
      },
      schema: {
        operationId: "signOut",
        summary: "End the session",
        tags: ["people"],
        response: answers({ 204: Type.Null({ description: "It is over." }) }),
      },
    },
    async (request, reply) => {
      const token = sessionOf(request);
      if (token !== undefined) await identity?.sessions.end(token);
      return reply.code(204).header("set-cookie", sessionCookie(undefined, request)).send(null);
    },
  );
};

function outsideFor(
  outside: OutsideSignIn,
  { person }: Visitor,
): NonNullable<Static<typeof Session>["outside"]> {
  const is_owner = person?.outside !== undefined;
  const sign_out_url = is_owner ? outside.signOutUrl() : undefined;
  return { name: outside.name, is_owner, ...(sign_out_url !== undefined && { sign_out_url }) };
}

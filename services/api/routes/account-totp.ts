import { randomBytes } from "node:crypto";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { PASSWORD_CHARS_MAX } from "@yardline/identity/password";
import { base32, totpUri } from "@yardline/identity/totp";
import { Type } from "typebox";
import { type OwnAccountParts, ownAccount } from "../own-account.ts";
import type { Parts } from "../parts.ts";
import { answers } from "../schemas.ts";

const Password = Type.String({ minLength: 1, maxLength: PASSWORD_CHARS_MAX });
const strict = { additionalProperties: false };
/** As RFC 4226 recommends: 160 bits. */
const SECRET_BYTES = 20;

type Options = OwnAccountParts & Pick<Parts, "town">;

/** Somebody's own second factor: shown, confirmed by a code of it, taken away. */
export const accountTotpRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const own = ownAccount(options);
  const { town, clock } = options;
  app.post(
    "/v1/account/totp",
    {
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "offerTotp",
        summary: "Be shown a new second factor; it counts once it is confirmed, within a quarter of an hour",
        tags: ["people"],
        body: Type.Object({ password: Password }, strict),
        response: answers(
          {
            200: Type.Object({
              secret: Type.String({ description: "Base 32, for apps without a camera." }),
              uri: Type.String({ description: "otpauth://… for a QR code." }),
            }),
          },
          [401, 409, 429, 503],
        ),
      },
    },
    async (request) => {
      const secret = randomBytes(SECRET_BYTES);
      const totp_offer = { secret, made_ms: clock.now_ms() };
      const { login } = await own.change(request, "second factor shown", (mine, accounts) =>
        accounts.change(mine, { totp_offer }, { proof: request.body.password }),
      );
      return { secret: base32(secret), uri: totpUri(secret, login, town.name) };
    },
  );

  app.put(
    "/v1/account/totp",
    {
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "confirmTotp",
        summary: "Confirm the second factor with a code of it; all other sessions end",
        tags: ["people"],
        body: Type.Object({ code: Type.String({ pattern: "^\\d{6}$" }) }, strict),
        response: answers(
          {
            200: Type.Object({
              recovery_codes: Type.Array(Type.String(), {
                description: "For a lost phone, each good once. They are shown this one time.",
              }),
            }),
          },
          [400, 401, 409, 429, 503],
        ),
      },
    },
    async (request, reply) => {
      const { person, codes } = await own.change(request, "second factor confirmed", (login, accounts) =>
        accounts.confirmTotp(login, request.body.code, clock.now_ms()),
      );
      await own.stayIn(person, request, reply);
      return { recovery_codes: [...codes] };
    },
  );
  await app.register(removal, options);
};

const removal: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const own = ownAccount(options);
  app.post(
    "/v1/account/totp/removal",
    {
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "removeTotp",
        summary: "Sign in without a second factor from now on; all other sessions end",
        tags: ["people"],
        body: Type.Object({ password: Password }, strict),
        response: answers(
          { 204: Type.Null({ description: "Removed; the answer sets the session's new cookie." }) },
          [401, 409, 429, 503],
        ),
      },
    },
    async (request, reply) => {
      const person = await own.change(request, "second factor removed", (login, accounts) =>
        accounts.change(login, { totp_secret: null }, { proof: request.body.password }),
      );
      await own.stayIn(person, request, reply);
      return reply.code(204).send(null);
    },
  );
};

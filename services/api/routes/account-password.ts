import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { PASSWORD_CHARS_MAX } from "@yardline/identity/password";
import { Type } from "typebox";
import { type OwnAccountParts, ownAccount } from "../own-account.ts";
import { answers } from "../schemas.ts";

const Password = Type.String({ minLength: 1, maxLength: PASSWORD_CHARS_MAX });
const strict = { additionalProperties: false };

/** Somebody's own password. */
export const accountPasswordRoute: FastifyPluginAsyncTypebox<OwnAccountParts> = async (app, parts) => {
  const own = ownAccount(parts);
  app.put(
    "/v1/account/password",
    {
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "changePassword",
        summary: "Change one's own password; all other sessions end",
        tags: ["people"],
        body: Type.Object({ old: Password, new: Password }, strict),
        response: answers(
          { 204: Type.Null({ description: "Changed; the answer sets the session's new cookie." }) },
          [400, 401, 409, 429, 503],
        ),
      },
    },
    async (request, reply) => {
      const { old, new: password } = request.body;
      const person = await own.change(request, "password", (login, accounts) =>
        accounts.change(login, { password }, { proof: old }),
      );
      await own.stayIn(person, request, reply);
      return reply.code(204).send(null);
    },
  );
};

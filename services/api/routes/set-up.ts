import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { PASSWORD_CHARS_MAX } from "@yardline/identity/password";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import type { Parts } from "../parts.ts";
import { answers } from "../schemas.ts";
import { having, refuseHasty, told } from "../sign-in.ts";
import type { WorkQueue } from "../work-queue.ts";

const FirstAccount = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 100, description: "As printed when the town started." }),
    login: Type.String({ minLength: 1, maxLength: 63 }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: PASSWORD_CHARS_MAX }),
  },
  { additionalProperties: false },
);

/** For the throttle: guesses at the token are counted as those at a login are. */
const GUESSED = "set-up";

type Options = Pick<Parts, "identity" | "town" | "clock"> & { readonly logins: WorkQueue };

export const setUpRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { identity, town, clock, logins } = options;
  app.post(
    "/v1/set-up",
    {
      config: { access: "public", audits: "always" },
      schema: {
        operationId: "makeFirstAccount",
        summary: "Make the first account, an administrator, with the token that the town printed",
        tags: ["people"],
        body: FirstAccount,
        response: answers(
          { 204: Type.Null({ description: "There it is: sign in." }) },
          [400, 403, 409, 429, 503],
        ),
      },
    },
    async (request, reply) => {
      const { token, ...account } = request.body;
      const { ip } = request;
      const { setUp, throttle } = having(identity);
      refuseHasty(throttle, GUESSED, ip, clock.now_ms());
      await logins
        .run(() =>
          told(() =>
            setUp.finish(token, account, town.tenant, () =>
              audited(request, {
                action: "people",
                object: { kind: "account", id: account.login },
                details: { change: "the first account" },
              }),
            ),
          ),
        )
        .catch((thrown: unknown) => {
          throttle.failed(GUESSED, ip, clock.now_ms());
          throw thrown;
        });
      return reply.code(204).send(null);
    },
  );
};

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import { sessionCookie } from "../identify.ts";
import type { Limits } from "../limits.ts";
import { type Failure, type OutsideSignIn, SignInFailure } from "../oidc/outside-sign-in.ts";
import { pendingCookie, readPending } from "../oidc/pending.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers } from "../schemas.ts";
import { having } from "../sign-in.ts";
import { cameIn } from "../sign-in-notes.ts";
import type { Telemetry } from "../telemetry.ts";
import { createWorkQueue } from "../work-queue.ts";

const BACK = "/v1/session/oidc/callback";
const Redirect = Type.Null({ description: "Go to `Location`." });

type Options = Pick<Parts, "identity" | "clock"> & {
  readonly telemetry: Telemetry;
  readonly bounds: Limits;
};

/**
 * Signing in at the town's OpenID provider. Both are opened by a browser as pages are, so that a failure is told by the page: the address
 * that one is sent to then has why after its #.
 */
export const oidcRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { identity, clock, telemetry, bounds } = options;
  const queue = createWorkQueue(
    { at_once: bounds.outside_max, waiting_max: bounds.outside_waiting_max },
    () => new SignInFailure("unavailable"),
  );

  /** Sends the browser on; `work` says where to, or fails. */
  async function sendOn(
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => Promise<string>,
  ): Promise<null> {
    try {
      reply.header("location", await queue.run(work));
    } catch (thrown) {
      const why: Failure = thrown instanceof SignInFailure ? thrown.why : "unavailable";
      telemetry.signedInOutside(why, thrown instanceof Error ? (thrown.cause ?? thrown) : thrown);
      // What was begun is over, however it ended.
      reply
        .header("set-cookie", pendingCookie(undefined, request))
        .header("location", `/#sign-in-failed=${why}`);
    }
    reply.code(303);
    return null;
  }

  app.get(
    "/v1/session/oidc",
    {
      config: { access: "public" },
      schema: {
        operationId: "beginOutsideSignIn",
        summary: "For a browser: sign in at the town's OpenID provider",
        tags: ["people"],
        querystring: Type.Object(
          {
            return_to: Type.Optional(
              Type.String({ maxLength: 400, description: "A path of the page to come back to." }),
            ),
          },
          { additionalProperties: false },
        ),
        response: answers({ 303: Redirect }, [400, 404]),
      },
    },
    async (request, reply) => {
      const outside = outsideOf(identity);
      return sendOn(request, reply, async () => {
        const { url, pending } = await outside.begin(`${originOf(request)}${BACK}`, request.query.return_to);
        reply.header("set-cookie", pendingCookie(pending, request));
        return url.href;
      });
    },
  );

  app.get(
    BACK,
    {
      config: { access: "public" },
      schema: {
        operationId: "finishOutsideSignIn",
        summary: "For a browser that comes back from the provider",
        tags: ["people"],
        querystring: Type.Object({
          code: Type.Optional(Type.String({ maxLength: 2_000 })),
          state: Type.Optional(Type.String({ maxLength: 200 })),
        }),
        response: answers({ 303: Redirect }, [400, 404]),
      },
    },
    async (request, reply) => {
      const outside = outsideOf(identity);
      return sendOn(request, reply, async () => {
        const pending = readPending(request, clock.now_ms());
        if (!pending) throw new SignInFailure("expired");
        const person = await outside.finish(new URL(request.url, originOf(request)), pending, (id, grants) =>
          audited(request, {
            action: "people",
            object: { kind: "account", id },
            details: { change: "grants, by the provider", grants: JSON.stringify(grants) },
          }),
        );
        await cameIn(request, person, "the town's provider");
        const agent = request.headers["user-agent"];
        const token = await having(identity).sessions.begin(person, clock.now_ms(), agent);
        reply.header("set-cookie", [pendingCookie(undefined, request), sessionCookie(token, request)]);
        telemetry.signedInOutside("in");
        return pending.return_to;
      });
    },
  );
};

/** The doors answer only to names of their own (`guard.ts`), so that this is one of them. */
function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}

/** @throws Refusal 404 */
function outsideOf(identity: Parts["identity"]): OutsideSignIn {
  const outside = identity?.outside;
  if (outside) return outside;
  throw new Refusal(404, "NO_PROVIDER", "This town has no OpenID provider; sign in with login and password.");
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type Doing, Idempotency, type KeptAnswer, printOf } from "./idempotency.ts";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What is being done under a key, until it is known how it ended. */
    doing: Doing | undefined;
  }
}

const HEADER = "idempotency-key";
/** Long enough that nobody guesses it: it also seals what is kept. Quotes of structured fields are taken off. */
const KEY = /^"?([\x21\x23-\x7e]{16,200})"?$/;
/** The header of every POST of somebody who is known, in words. */
export const IdempotencyKey = Type.Object({
  [HEADER]: Type.Optional(
    Type.String({
      pattern: KEY.source,
      description: "Sent again under the same key within a day, it is done once and answered alike.",
    }),
  ),
});
/** What of an answer's head is sent again. */
const HEADERS = ["content-type", "etag", "location"] as const;

/**
 * Whoever sends a POST again under the same `Idempotency-Key` gets the answer it got the first time. Of requests without a key, and
 * of those of nobody in particular, nothing is kept.
 */
export function guardRepeats(
  app: FastifyInstance,
  { records, clock }: Pick<Parts, "records" | "clock">,
): void {
  const idempotency = new Idempotency(records, clock);
  app.decorateRequest("doing", undefined);
  app.addHook("preHandler", async (request, reply) => {
    const key = request.method === "POST" ? keyOf(request) : undefined;
    const { person } = request.visitor;
    if (key === undefined || !person) return;
    const { url, body, headers, visitor } = request;
    const sent = {
      // With other rights, or as a program, somebody is not who they were.
      person: JSON.stringify([person.login, person.epoch, visitor.only ?? null]),
      key,
      print: printOf("POST", url, headers["if-match"], body),
    };
    const known = await idempotency.begin(sent);
    if ("status" in known) return again(reply, known);
    request.doing = known;
  });
  app.addHook("onError", async (request, _reply, error) => {
    const { doing } = request;
    request.doing = undefined;
    // What we refuse was not done. What failed may have been, and stays so.
    if (doing && error instanceof Refusal) await doing.forget();
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const { doing } = request;
    if (!doing) return;
    request.doing = undefined;
    // A session's cookie is not for keeping.
    if (reply.statusCode >= 300 || reply.hasHeader("set-cookie")) return await doing.forget();
    const body = payload === null ? "" : payload;
    const answer = { status: reply.statusCode, headers: headersOf(reply) };
    await doing.done({ ...answer, ...(typeof body === "string" && { body }) });
  });
}

function again(reply: FastifyReply, { status, headers, body }: KeptAnswer): FastifyReply {
  reply.code(status).headers(headers).header("idempotency-replayed", "true");
  return reply.serializer(String).send(body ?? "");
}

function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

/** @throws Refusal 400 for a key that is none. */
function keyOf({ headers }: FastifyRequest): string | undefined {
  const header = headers[HEADER];
  if (header === undefined) return undefined;
  const key = KEY.exec(String(header))?.[1];
  if (key !== undefined) return key;
  throw new Refusal(
    400,
    "IDEMPOTENCY_KEY",
    "An Idempotency-Key has 16 to 200 printable characters, as a UUID.",
  );
}

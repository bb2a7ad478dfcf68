import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** A strong validator: the same bytes, the same tag. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
export function etagOf(body: string | Uint8Array): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
}

/** Whether `If-None-Match` names this tag. Weak comparison, as the standard asks for GET. */
export function isNotModified(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(",").some((each) => {
    const tag = each.trim().replace(/^W\//, "");
    return tag === "*" || tag === etag;
  });
}

/** An `onSend` hook for routes whose answer is worth asking about again: tags it, and answers 304 to who has it already. */
export async function answerConditionally(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const whole = typeof payload === "string" || payload instanceof Uint8Array;
  if (reply.statusCode !== 200 || !whole) return payload;
  const etag = etagOf(payload);
  reply.header("etag", etag);
  if (!isNotModified(request.headers["if-none-match"], etag)) return payload;
  reply.code(304).removeHeader("content-length").removeHeader("content-type");
  return null;
}

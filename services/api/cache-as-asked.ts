import type { FastifyReply } from "fastify";
import type { Visitor } from "./visitor.ts";

/**
 * Lets what everybody may know be kept for a while by whoever passes it on; what was made for somebody who is known, by nobody.
 * @param age_max_s how old it may be when it is given out again.
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2
 */
export function cacheAsAsked(reply: FastifyReply, { person }: Visitor, age_max_s: number): void {
  if (person) return;
  reply.headers({ "cache-control": `public, max-age=${age_max_s}`, vary: "cookie, authorization" });
}

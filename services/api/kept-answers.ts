import type { EpochMs } from "@yardline/domain/time";
import type { FastifyReply, FastifyRequest } from "fastify";
import { etagOf, isNotModified } from "./etag.ts";

/** In bytes, so that no answer is encoded twice. */
export type KeptAnswer = { readonly body: Buffer; readonly etag: string; readonly made_ms: EpochMs };

type Limits = {
  /** Older ones are made anew. */
  readonly age_max_ms: number;
  /** Of all bodies together; then the oldest goes. */
  readonly bytes_max: number;
};

/** Answers as they were sent, by what was asked for: however many ask within a moment, each is made and written out once. */
export class KeptAnswers {
  readonly #limits: Limits;
  readonly #answers = new Map<string, KeptAnswer>();
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @param make gives the body, in the form in which it is sent. */
  get(name: string, now_ms: EpochMs, make: () => string): KeptAnswer {
    const kept = this.#answers.get(name);
    const age_ms = kept ? now_ms - kept.made_ms : Number.POSITIVE_INFINITY;
    if (kept && age_ms >= 0 && age_ms < this.#limits.age_max_ms) return kept;
    const body = Buffer.from(make());
    const made = { body, etag: etagOf(body), made_ms: now_ms };
    this.#forget(name);
    this.#answers.set(name, made);
    this.#bytes += body.length;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#limits.bytes_max || oldest === name) break;
      this.#forget(oldest);
    }
    return made;
  }

  #forget(name: string): void {
    this.#bytes -= this.#answers.get(name)?.body.length ?? 0;
    this.#answers.delete(name);
  }
}

/** Sends JSON that is written out already; 304 to who has it. */
export function sendKept(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: KeptAnswer,
): FastifyReply {
  reply.header("etag", etag);
  if (isNotModified(request.headers["if-none-match"], etag)) return reply.code(304).send();
  return reply.type("application/json; charset=utf-8").send(body);
}

import type { FastifyRequest } from "fastify";
import type { Identify } from "./identify.ts";
import { Refusal } from "./problem.ts";
import type { Visitor } from "./visitor.ts";

/**
 * Aborted as soon as whoever listens is no longer who they were, or may do something else: a stream that was let in an hour ago is
 * no better than a request now. While it cannot be looked up, it goes on until it can.
 */
export function whileAllowed(
  { headers, protocol, visitor }: Pick<FastifyRequest, "headers" | "protocol" | "visitor">,
  identify: Identify,
  every_ms: number,
  gone: AbortSignal,
): AbortSignal {
  // An abort that was is not told again, and would leave the timer behind.
  if (gone.aborted) return gone;
  const over = new AbortController();
  const before = JSON.stringify(allowed(visitor));
  const timer = setInterval(async () => {
    try {
      if (JSON.stringify(allowed(await identify({ headers, protocol }))) !== before) over.abort();
    } catch (thrown) {
      if (thrown instanceof Refusal) over.abort();
    }
  }, every_ms);
  const signal = AbortSignal.any([gone, over.signal]);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  return signal;
}

function allowed({ person, grants, only }: Visitor) {
  return [person?.login, grants, only];
}

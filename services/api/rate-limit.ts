import type { EpochMs } from "@yardline/domain/time";
import { placeOf } from "@yardline/identity/login-throttle";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Limits } from "./limits.ts";
import { Refusal } from "./problem.ts";
import type { Telemetry } from "./telemetry.ts";
import type { Visitor } from "./visitor.ts";

/** Who is counted together: all that come from one address unknown, one person's pages, or one program. */
type Asker = { readonly kind: "address" | "account" | "token"; readonly id: string };

/** So many requests within a window; what was used comes back evenly, not at its end. */
type Quota = { readonly requests: number; readonly window_ms: number };

type Left = {
  readonly allowed: boolean;
  /** More requests that would be allowed at once. */
  readonly remaining: number;
  /** Until one is allowed again; 0 for one that is. */
  readonly wait_ms: number;
  /** Until everything is there again. */
  readonly reset_ms: number;
};

/** Sums of fractions of milliseconds are not exact. */
const ROUNDING = 1e-6;

/**
 * Counts requests by who asks, with one number for each: when all they used will have come back (the generic cell rate algorithm, as
 * ITU-T I.371 has it). Whoever asked longest ago is forgotten first, which forgives them at most what they used a while ago.
 */
export class Allowances {
  readonly #askers_max: number;
  /** When each asker has everything again, the one who asked last at the end. */
  readonly #whole_ms = new Map<string, EpochMs>();

  constructor(askers_max: number) {
    this.#askers_max = askers_max;
  }

  take(asker: string, { requests, window_ms }: Quota, now_ms: EpochMs): Left {
    const each_ms = window_ms / requests;
    // A clock that was put back must not lock anybody out for longer than a window.
    const whole_ms = Math.min(Math.max(now_ms, this.#whole_ms.get(asker) ?? now_ms), now_ms + window_ms);
    const used_ms = whole_ms + each_ms - now_ms;
    const allowed = used_ms <= window_ms + ROUNDING;
    this.#whole_ms.delete(asker);
    this.#whole_ms.set(asker, allowed ? whole_ms + each_ms : whole_ms);
    for (const oldest of this.#whole_ms.keys()) {
      if (this.#whole_ms.size <= this.#askers_max) break;
      this.#whole_ms.delete(oldest);
    }
    const reset_ms = allowed ? used_ms : whole_ms - now_ms;
    const remaining = Math.floor((window_ms - reset_ms) / each_ms + ROUNDING);
    return { allowed, remaining, wait_ms: allowed ? 0 : used_ms - window_ms, reset_ms };
  }

  get size(): number {
    return this.#whole_ms.size;
  }
}

/** Counts a request. @throws Refusal 429 when who asks has used up what there is. */
export type Charge = (request: FastifyRequest, reply: FastifyReply, visitor: Visitor) => void;

/**
 * Limits requests by who asks: a program by its token, a person by their account, everybody else by address. A mobile carrier puts a
 * whole town's phones behind one address, so an address may ask as much as some hundreds of phones that look at boards do, a hundred
 * a second: boards and feeds are made once however many ask, and that is some 2 % of a core. What takes a core is bounded where
 * it is made (`work-queue.ts`), and guesses of passwords by login and address (`login-throttle.ts`), so that no limit
 * here has to be low enough to shut a neighbour out. Whoever is known is not counted with their address.
 * What comes from this machine itself is not counted: it has other ways to do harm.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ for the headers, as of its ninth version.
 */
export function chargeAskers(limits: Limits, telemetry: Telemetry, now_ms: () => EpochMs): Charge {
  const allowances = new Allowances(limits.askers_max);
  const { rate_window_ms: window_ms } = limits;
  const quotas = {
    address: { requests: limits.address_requests_max, window_ms },
    account: { requests: limits.account_requests_max, window_ms },
    token: { requests: limits.account_requests_max, window_ms },
  };
  return (request, reply, visitor) => {
    const asker = askerOf(visitor, request.ip);
    if (!asker) return;
    const quota = quotas[asker.kind];
    const { allowed, remaining, wait_ms, reset_ms } = allowances.take(
      `${asker.kind} ${asker.id}`,
      quota,
      now_ms(),
    );
    const wait_s = Math.ceil(wait_ms / 1_000);
    reply.headers({
      "ratelimit-policy": `"${asker.kind}";q=${quota.requests};w=${window_ms / 1_000}`,
      ratelimit: `"${asker.kind}";r=${remaining};t=${Math.ceil(reset_ms / 1_000)}`,
    });
    if (allowed) return;
    telemetry.requestRefusedAsTooMany(asker.kind);
    const message = `That is more than ${quota.requests} requests in ${window_ms / 1_000} s. Ask again in ${wait_s} s, and less often.`;
    throw new Refusal(429, "TOO_MANY_REQUESTS", message, wait_s);
  };
}

/** Who is asking, for counting; undefined for what comes from this machine. */
export function askerOf({ person, token_id }: Visitor, address: string): Asker | undefined {
  if (token_id !== undefined) return { kind: "token", id: token_id };
  if (person) return { kind: "account", id: person.login };
  return ON_THIS_MACHINE.test(address) ? undefined : { kind: "address", id: placeOf(address) };
}

const ON_THIS_MACHINE = /^(?:(?:::ffff:)?127\.[\d.]+|::1)$/i;

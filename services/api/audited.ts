import type { Audit } from "@yardline/audit/audit";
import { detailOf, type NewEntry, NOBODY } from "@yardline/audit/entry";
import { AppError } from "@yardline/domain/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { purposesIn } from "./incident-purposes.ts";
import { createLookSessions, type LookSessions } from "./look-sessions.ts";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import type { Purposes } from "./purpose.ts";

/** What is written down, and for which purposes, as routes find it in their request. */
type Auditing = {
  /** Undefined where nobody signs in: the pictures of the invented town show nobody. */
  readonly audit: Audit | undefined;
  readonly purposes: Purposes;
  readonly tenant: string;
  readonly clock: Parts["clock"];
  readonly sessions: LookSessions;
};

declare module "fastify" {
  interface FastifyInstance {
    auditing: Auditing;
  }
}

/** What somebody is about to do; who and from where is in the request, but for whoever only signs in. */
export type Deed = Omit<NewEntry, "tenant" | "who" | "from"> & { readonly who?: string };

const RETRY_AFTER_S = 5;
/** In the place of an id that is given when it is made, after it was written down. */
export const UNNUMBERED = "(new)";

export function keepAuditing(
  app: FastifyInstance,
  parts: Pick<Parts, "audit" | "records" | "town" | "cameras" | "clock">,
): void {
  const { audit, town, clock } = parts;
  const sessions = createLookSessions(clock);
  app.decorate("auditing", { audit, purposes: purposesIn(parts), tenant: town.tenant, clock, sessions });
}

/**
 * Writes down what somebody is about to do or see; await it before the answer is sent, or the change is made. An entry therefore says what
 * was asked for: what is refused afterwards stays written.
 * @throws Refusal 503 `AUDIT_UNAVAILABLE`: what cannot be written down does not happen.
 */
export async function audited(request: FastifyRequest, deed: Deed): Promise<void> {
  request.deeds++;
  const { audit, tenant } = request.server.auditing;
  if (!audit) return;
  const { person, only } = request.visitor;
  const details = { ...deed.details, ...(only && { token: true }) };
  const entry: NewEntry = {
    who: person?.login ?? NOBODY,
    ...deed,
    tenant,
    from: request.ip,
    ...(Object.keys(details).length > 0 && { details: fitting(details) }),
  };
  try {
    await audit.write(entry);
  } catch (cause) {
    if (!(cause instanceof AppError && cause.retryable)) throw cause;
    request.log.error(
      { reason: cause.message },
      "The audit log cannot be written; what it is about is refused.",
    );
    const message = "What is looked at or changed is written down first, and that cannot be done now.";
    throw new Refusal(503, "AUDIT_UNAVAILABLE", message, RETRY_AFTER_S);
  }
}

/**
 * The same for what goes on: parts of one clip, segments of one playlist, a stream that reconnects. Written once in a while for the same person,
 * place, object and purpose.
 * @param about what of the object, where looking at another part of it is another deed.
 */
export async function auditedSession(request: FastifyRequest, deed: Deed, about = ""): Promise<void> {
  request.deeds++;
  const { audit, sessions } = request.server.auditing;
  if (!audit) return;
  const { action, object, purpose, incident } = deed;
  const who = request.visitor.person?.login;
  const key = JSON.stringify([who, request.ip, action, object.kind, object.id, purpose, incident, about]);
  await sessions.once(key, () => audited(request, deed));
}

function fitting(details: NonNullable<Deed["details"]>): NonNullable<Deed["details"]> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === "string" ? detailOf(value) : value,
    ]),
  );
}

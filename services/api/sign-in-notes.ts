import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { Person } from "@yardline/identity/account";
import type { Credentials } from "@yardline/identity/accounts";
import type { FastifyRequest } from "fastify";
import { audited } from "./audited.ts";

/** Refusals that are written down in an hour; what is over is only counted, so that guessing does not fill the log. */
const REFUSALS_PER_HOUR_MAX = 200;
const HOUR_MS = 3_600_000;
/** A wrong password, a wrong code, or a password where the town has a provider. */
const REFUSALS: ReadonlySet<string> = new Set(["LOGIN_WRONG", "LOGIN_CODE", "PASSWORDS_OFF"]);
/** What was typed in the place of a login may be a password. */
const UNKNOWN = "(unknown)";

/** Before a session begins. @param by what they proved it. @throws Refusal 503. */
export async function cameIn(request: FastifyRequest, { login }: Person, by: string): Promise<void> {
  const object = { kind: "account", id: login };
  await audited(request, { action: "sign-in", who: login, object, details: { by } });
}

type RefusedSignIns = {
  /** Nobody waits for it, so that how long an answer takes does not tell whether there is such an account. */
  refused(
    request: FastifyRequest,
    accounts: { find(login: string): Promise<Person | undefined> },
    credentials: Pick<Credentials, "login" | "code">,
    thrown: unknown,
  ): void;
};

/** Writes down who was refused: once a quarter of an hour for the same account and address. */
export function refusedSignIns(clock: Pick<Clock, "monotonic_ms">): RefusedSignIns {
  const budget = { hour: 0, written: 0, left_out: 0 };

  async function write(
    request: FastifyRequest,
    accounts: Parameters<RefusedSignIns["refused"]>[1],
    login: string,
    code: string,
  ): Promise<void> {
    const known = await accounts.find(login);
    const id = known?.login ?? UNKNOWN;
    await request.server.auditing.sessions.once(
      JSON.stringify(["refused", request.ip, id, code]),
      async () => {
        const hour = Math.floor(clock.monotonic_ms() / HOUR_MS);
        if (hour !== budget.hour) Object.assign(budget, { hour, written: 0 });
        if (budget.written >= REFUSALS_PER_HOUR_MAX) {
          budget.left_out++;
          return;
        }
        budget.written++;
        const { left_out } = budget;
        budget.left_out = 0;
        const details = { refused: code, ...(left_out > 0 && { left_out }) };
        await audited(request, { action: "sign-in", object: { kind: "account", id }, details });
      },
    );
  }

  return {
    refused(request, accounts, { login, code }, thrown) {
      if (!(thrown instanceof AppError && REFUSALS.has(thrown.code))) return;
      // The page asks without a code first, and is told that one is wanted.
      if (thrown.code === "LOGIN_CODE" && code === undefined) return;
      // Nothing is shown or changed; that it could not be written down is in our own log.
      void write(request, accounts, login, thrown.code).catch(() => undefined);
    },
  };
}

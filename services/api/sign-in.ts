import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Person } from "@yardline/identity/account";
import type { Credentials } from "@yardline/identity/accounts";
import { givesRights } from "@yardline/identity/set-up";
import type { Identity } from "./identify.ts";
import type { Limits } from "./limits.ts";
import { Refusal } from "./problem.ts";
import type { Visitor } from "./visitor.ts";
import { createWorkQueue, type WorkQueue } from "./work-queue.ts";

const BUSY_RETRY_S = 2;
/** What is the asker's to mend, each with its status. */
const STATUS: Readonly<Record<string, number>> = {
  LOGIN_WRONG: 401,
  LOGIN_CODE: 401,
  SET_UP_WRONG: 403,
  SET_UP_DONE: 409,
  ACCOUNT_WRONG: 400,
  ACCOUNT_CHANGED: 412,
  ACCOUNT_EXISTS: 409,
  PASSWORD_WEAK: 400,
  ACCOUNT_GONE: 404,
  RECORDS_CONFLICT: 409,
  ACCOUNT_ELSEWHERE: 409,
  TOTP_NOT_OFFERED: 409,
  TOTP_KEYLESS: 409,
  TOKEN_WRONG: 400,
};

/** Passwords are checked a few at a time: each takes memory and a core. */
export function loginQueue({ logins_max, logins_waiting_max }: Limits): WorkQueue {
  const message = "Too many people sign in at once. Try again in a moment.";
  return createWorkQueue(
    { at_once: logins_max, waiting_max: logins_waiting_max },
    () => new Refusal(503, "LOGINS_BUSY", message, BUSY_RETRY_S),
  );
}

/** @throws Refusal 401, 403, 429; as `Accounts.signIn`. */
export async function signIn(
  { accounts, throttle, passwords }: Identity,
  credentials: Credentials,
  address: string,
  now_ms: EpochMs,
): Promise<Person> {
  const { login } = credentials;
  // Of many that were let into the queue together, too.
  refuseHasty(throttle, login, address, now_ms);
  try {
    const person = await accounts.signIn(credentials, now_ms);
    throttle.succeeded(login, address);
    if (passwords === "administrators" && !person.grants.some(givesRights)) throw passwordsOff();
    return person;
  } catch (thrown) {
    // Asking which code is wanted is no guess.
    if (thrown instanceof Refusal) throw thrown;
    const isAsking =
      thrown instanceof AppError && thrown.code === "LOGIN_CODE" && credentials.code === undefined;
    if (!isAsking) throttle.failed(login, address, now_ms);
    throw thrown;
  }
}

/** @throws Refusal 429 before anything is computed. */
export function refuseHasty(
  throttle: Identity["throttle"],
  login: string,
  address: string,
  now_ms: number,
): void {
  const wait_s = Math.ceil(throttle.waitOf_ms(login, address, now_ms) / 1_000);
  if (wait_s === 0) return;
  throw new Refusal(429, "LOGIN_WAIT", `Too many wrong tries. Try again in ${wait_s} s.`, wait_s);
}

/**
 * Whether it is the owner's own password, which a change of it asks for; wrong ones are counted as wrong ones at the door are.
 * @throws Refusal 429; as `work`.
 */
export async function proven<Result>(
  throttle: Identity["throttle"],
  { login, address, now_ms }: { readonly login: string; readonly address: string; readonly now_ms: EpochMs },
  work: () => Promise<Result>,
): Promise<Result> {
  refuseHasty(throttle, login, address, now_ms);
  try {
    return await work();
  } catch (thrown) {
    const isGuess = thrown instanceof AppError && /^LOGIN_(?:WRONG|CODE)$/.test(thrown.code);
    if (isGuess) throttle.failed(login, address, now_ms);
    throw thrown;
  }
}

/** @throws Refusal 401, also for a program. */
export function signedIn({ person, only }: Visitor): Person {
  if (person && !only) return person;
  throw new Refusal(401, "SIGN_IN", "Sign in with login and password for this.");
}

/** The town has a provider, and passwords are for the day when it is down. */
export function passwordsOff(): Refusal {
  const message =
    "In this town people sign in at the town's own provider; only administrators have a password.";
  return new Refusal(403, "PASSWORDS_OFF", message);
}

/** @throws Refusal 404 of the invented town. */
export function having(identity: Identity | undefined): Identity {
  if (identity) return identity;
  throw new Refusal(
    404,
    "DOORS_OPEN",
    "Nobody signs in here: of the invented town everybody may see everything.",
  );
}

/** Refusals of the accounts under their status; everything else as it is. */
export async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const status = thrown instanceof AppError ? STATUS[thrown.code] : undefined;
    if (status === undefined || !(thrown instanceof AppError) || thrown instanceof Refusal) throw thrown;
    throw new Refusal(status, thrown.code, thrown.message);
  }
}

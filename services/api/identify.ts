import type { Accounts } from "@yardline/identity/accounts";
import type { ApiTokens } from "@yardline/identity/api-tokens";
import type { LoginThrottle } from "@yardline/identity/login-throttle";
import type { Sessions } from "@yardline/identity/sessions";
import type { SetUp } from "@yardline/identity/set-up";
import { NOBODY } from "@yardline/permission/decide";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import { everybody, type Visitor } from "./visitor.ts";

/** What the doors need to know people. */
export type Identity = {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly tokens: ApiTokens;
  readonly throttle: LoginThrottle;
  readonly setUp: SetUp;
};

/** Holds the session's token. Scripts cannot read it, and no other site's page has it sent. */
export const COOKIE = "yardline-session";
const IN_COOKIES = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w.-]{1,100})`);
const SHARE_PREFIX = "yls_";
const BEARER = /^Bearer ([\w-]{1,100})$/;
const LASTS_S = 24 * 3_600;

export type Identify = (headers: Readonly<Record<string, unknown>>) => Promise<Visitor>;

/** Tells who sends a request. A program's token that is not good is refused; a browser's session that is over is a resident's. */
export function identifier(parts: Pick<Parts, "identity" | "shares" | "town" | "clock">): Identify {
  const { identity, town, clock } = parts;
  return async (headers) => {
    if (!identity) return everybody(town.tenant);
    const { authorization } = headers;
    if (authorization !== undefined) return byToken(BEARER.exec(String(authorization))?.[1], identity, parts);
    const token = sessionOf(headers);
    const person = token === undefined ? undefined : await identity.sessions.find(token, clock.now_ms());
    return person ? { person, grants: person.grants } : NOBODY;
  };
}

/** @throws Refusal 401 */
async function byToken(
  token: string | undefined,
  { tokens }: Identity,
  { shares, town, clock }: Pick<Parts, "shares" | "town" | "clock">,
): Promise<Visitor> {
  const now_ms = clock.now_ms();
  const share = token?.startsWith(SHARE_PREFIX) ? await shares?.find(token, now_ms) : undefined;
  // A neighbour's token opens its own doors only: what one town shares is not asked for at another's.
  if (share?.from.tenant === town.tenant) return { ...NOBODY, share };
  const found = token === undefined ? undefined : await tokens.find(token, now_ms);
  if (found) return { person: found.person, grants: found.person.grants, only: found.only };
  throw new Refusal(401, "TOKEN_INVALID", "This token has expired, was taken back, or never was.");
}

/** The token of a neighbour's box, where one asks. */
export function shareTokenOf({ authorization }: Readonly<Record<string, unknown>>): string | undefined {
  const token = BEARER.exec(String(authorization))?.[1];
  return token?.startsWith(SHARE_PREFIX) ? token : undefined;
}

/** The session's token of a browser that has one. */
export function sessionOf({ cookie }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof cookie === "string" ? IN_COOKIES.exec(cookie)?.[1] : undefined;
}

/** @param token undefined to have the browser forget it. */
export function sessionCookie(token: string | undefined): string {
  const age_s = token === undefined ? 0 : LASTS_S;
  return `${COOKIE}=${token ?? ""}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age_s}`;
}

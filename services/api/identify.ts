import type { Accounts } from "@yardline/identity/accounts";
import type { ApiTokens } from "@yardline/identity/api-tokens";
import type { LoginThrottle } from "@yardline/identity/login-throttle";
import type { Sessions } from "@yardline/identity/sessions";
import type { SetUp } from "@yardline/identity/set-up";
import { NOBODY } from "@yardline/permission/decide";
import { type Asking, cookieOf, readCookie } from "./cookies.ts";
import type { OutsideSignIn } from "./oidc/outside-sign-in.ts";
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
  /** The town's OpenID provider, where it has one. */
  readonly outside?: OutsideSignIn;
  /** Who may sign in with a password: everybody who has one, or administrators alone, for the day when the provider is down. */
  readonly passwords?: "everybody" | "administrators";
};

/** Holds the session's token. */
export const COOKIE = "yardline-session";
const SHARE_PREFIX = "yls_";
const BEARER = /^Bearer ([\w-]{1,100})$/;
const LASTS_S = 24 * 3_600;

export type Identify = (asking: Asking) => Promise<Visitor>;

/** Tells who sends a request. A program's token that is not good is refused; a browser's session that is over is a resident's. */
export function identifier(parts: Pick<Parts, "identity" | "shares" | "town" | "clock">): Identify {
  const { identity, town, clock } = parts;
  return async (asking) => {
    if (!identity) return everybody(town.tenant);
    const { authorization } = asking.headers;
    if (authorization !== undefined) return byToken(BEARER.exec(String(authorization))?.[1], identity, parts);
    const token = sessionOf(asking);
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
  if (share?.from.tenant === town.tenant) return { ...NOBODY, share, token_id: share.id };
  const found = token === undefined ? undefined : await tokens.find(token, now_ms);
  if (found)
    return { person: found.person, grants: found.person.grants, only: found.only, token_id: found.id };
  throw new Refusal(401, "TOKEN_INVALID", "This token has expired, was taken back, or never was.");
}

/** The token of a neighbour's box, where one asks. */
export function shareTokenOf({ authorization }: Readonly<Record<string, unknown>>): string | undefined {
  const token = BEARER.exec(String(authorization))?.[1];
  return token?.startsWith(SHARE_PREFIX) ? token : undefined;
}

/** The session's token of a browser that has one. */
export function sessionOf(asking: Asking): string | undefined {
  return readCookie(COOKIE, asking);
}

/** @param token undefined to have the browser forget it. */
export function sessionCookie(token: string | undefined, asking: Pick<Asking, "protocol">): string {
  return cookieOf({ name: COOKIE, value: token, lasts_s: LASTS_S, same_site: "Strict" }, asking);
}

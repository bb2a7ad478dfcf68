import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { type Asking, cookieOf, readCookie } from "../cookies.ts";

const COOKIE = "yardline-oidc";
/** Long enough to look for a phone with a code on it. */
const LASTS_S = 600;

const Pending = Type.Object(
  {
    state: Type.String({ pattern: "^[\\w-]{43}$" }),
    nonce: Type.String({ pattern: "^[\\w-]{43}$" }),
    verifier: Type.String({ pattern: "^[\\w-]{43,128}$" }),
    return_to: Type.String({ maxLength: 500 }),
    began_ms: Type.Integer(),
  },
  { additionalProperties: false },
);

/**
 * Somebody who went to the provider to sign in. The browser itself keeps it, in a cookie that is bound to this host: whoever comes back
 * without it began somewhere else. So nothing is kept here for those who never come back, and any process may take up what another began.
 */
export type Pending = Static<typeof Pending>;

/** @param pending undefined to have the browser forget it: it is good once. */
export function pendingCookie(pending: Pending | undefined, asking: Pick<Asking, "protocol">): string {
  const value = pending && Buffer.from(JSON.stringify(pending)).toString("base64url");
  // The way back from the provider is a link on another site.
  return cookieOf({ name: COOKIE, value, lasts_s: LASTS_S, same_site: "Lax" }, asking);
}

/** Undefined for whoever did not begin here, or too long ago. */
export function readPending(asking: Asking, now_ms: EpochMs): Pending | undefined {
  const text = Buffer.from(readCookie(COOKIE, asking) ?? "", "base64url").toString("utf8");
  const pending = parsed(text);
  if (!Value.Check(Pending, pending)) return undefined;
  const age_s = (now_ms - pending.began_ms) / 1_000;
  return age_s >= 0 && age_s < LASTS_S ? pending : undefined;
}

/** A path of this town that a browser may be sent to; anything that could be read as another host's is the first page. */
export function ownPath(asked: string | undefined): string {
  const here = "https://here.invalid";
  const url = asked?.startsWith("/") && !/[\\\p{Cc}]/u.test(asked) ? URL.parse(asked, here) : null;
  // Dots are resolved by now: `/.//evil.example` has become `//evil.example`.
  if (url?.origin !== here || url.pathname.startsWith("//")) return "/";
  return url.pathname + url.search + url.hash;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

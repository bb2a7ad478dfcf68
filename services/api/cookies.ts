import type { FastifyRequest } from "fastify";

/** A request as far as cookies go: what was sent, and whether the line is encrypted. */
export type Asking = Pick<FastifyRequest, "headers" | "protocol">;

type Kept = {
  readonly name: string;
  /** Undefined to have the browser forget it. */
  readonly value: string | undefined;
  readonly lasts_s: number;
  /** `Lax` is sent also with the first request that comes from another site's link. */
  readonly same_site: "Strict" | "Lax";
};

/**
 * A cookie that scripts cannot read and no other site's page has sent along. On an encrypted line its name says that this host alone set
 * it, over TLS, for all of itself, which the browser holds it to: neither a sister site nor whoever sits on the plain line can plant one.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis section 4.1.3
 */
export function cookieOf(
  { name, value, lasts_s, same_site }: Kept,
  asking: Pick<Asking, "protocol">,
): string {
  const secure = isEncrypted(asking) ? "; Secure" : "";
  const age_s = value === undefined ? 0 : lasts_s;
  return `${named(name, asking)}=${value ?? ""}; Path=/; HttpOnly; SameSite=${same_site}; Max-Age=${age_s}${secure}`;
}

/** What a browser sends under a name, of the letters that we write; of several the first. */
export function readCookie(name: string, { headers, protocol }: Asking): string | undefined {
  const wanted = `${named(name, { protocol })}=`;
  const pairs = headers.cookie?.split(";").map((pair) => pair.trim()) ?? [];
  const value = pairs.find((pair) => pair.startsWith(wanted))?.slice(wanted.length);
  return value !== undefined && /^[\w.-]{1,2000}$/.test(value) ? value : undefined;
}

export function isEncrypted({ protocol }: Pick<Asking, "protocol">): boolean {
  return protocol === "https";
}

function named(name: string, asking: Pick<Asking, "protocol">): string {
  return isEncrypted(asking) ? `__Host-${name}` : name;
}

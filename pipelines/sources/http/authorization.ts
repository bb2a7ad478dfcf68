import { createHash } from "node:crypto";

/** A camera's user; decoded, as typed by a person. */
export type Credentials = { readonly username: string; readonly password: string };

export type Challenged = {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly path: string;
  readonly cnonce: string;
};

const ALGORITHMS = { MD5: "md5", "SHA-256": "sha256" } as const;
/** A header that is longer holds no challenge that we answer. */
const CHALLENGE_LENGTH_MAX = 2_000;

/**
 * The `Authorization` header that answers a server's challenges: Digest (RFC 7616, `auth` or without qop) before Basic, SHA-256 before
 * MD5. Undefined where none of them can be answered.
 * @param challenges each `WWW-Authenticate` header by itself.
 */
export function authorizationFor(
  challenges: readonly string[],
  { username, password }: Credentials,
  { method, path, cnonce }: Challenged,
): string | undefined {
  const known = challenges.filter(({ length }) => length <= CHALLENGE_LENGTH_MAX);
  const digests = known.filter((each) => /^digest\s/i.test(each)).map(parametersOf);
  for (const [algorithm, hash_name] of Object.entries(ALGORITHMS).reverse()) {
    const challenge = digests.find((each) => (each.get("algorithm") ?? "MD5").toUpperCase() === algorithm);
    const [realm, nonce, qop] = ["realm", "nonce", "qop"].map((name) => challenge?.get(name));
    if (realm === undefined || nonce === undefined) continue;
    if (qop !== undefined && !qop.split(",").some((each) => each.trim() === "auth")) continue;
    const hash = (...parts: readonly string[]) => createHash(hash_name).update(parts.join(":")).digest("hex");
    const [who, what] = [hash(username, realm, password), hash(method, path)];
    const response = qop === undefined ? hash(who, nonce, what) : hash(who, nonce, NC, cnonce, "auth", what);
    const quoted = { username, realm, nonce, uri: path, response, opaque: challenge?.get("opaque") };
    const texts = Object.entries(quoted).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}="${value.replaceAll(/["\\]/g, "\\$&")}"`],
    );
    const counted = qop === undefined ? [] : [`qop=auth`, `nc=${NC}`, `cnonce="${cnonce}"`];
    return `Digest ${[...texts, `algorithm=${algorithm}`, ...counted].join(", ")}`;
  }
  if (!known.some((each) => /^basic\b/i.test(each))) return undefined;
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** Each nonce is used once. */
const NC = "00000001";

function parametersOf(challenge: string): ReadonlyMap<string, string> {
  const pairs = challenge.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g);
  return new Map(
    [...pairs].map(([, name = "", quoted, plain]) => [
      name.toLowerCase(),
      quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? "",
    ]),
  );
}

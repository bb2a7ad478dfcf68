import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { onTestFinished } from "vitest";

type Payload = Record<string, unknown>;

/** A provider that says whatever a test makes it say. */
export type HostileIssuer = {
  readonly issuer: string;
  /** Other words in its own description. */
  describe(over: Payload): void;
  /** What it answers for any code. */
  answerWith(id_token: string): void;
  /** Answers at the token's address in its own way. */
  answerBy(handle: (response: ServerResponse) => void): void;
  /** A good token, or one with something else in it. */
  sign(claims: Payload, by?: { readonly alg?: string; readonly key?: Uint8Array }): Promise<string>;
  /** Addresses that were asked for. */
  readonly asked: readonly string[];
};

export const CLIENT = "yardline";

export async function hostileIssuer(): Promise<HostileIssuer> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), alg: "RS256", use: "sig", kid: "one" };
  let [described, token]: [Payload, string] = [{}, ""];
  let handle = (response: ServerResponse) =>
    json(response, { access_token: "a", token_type: "Bearer", expires_in: 60, id_token: token });
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(request.url ?? "");
    request.resume();
    if (request.url === "/jwks") return json(response, { keys: [jwk] });
    if (request.url === "/token") return handle(response);
    return json(response, { ...descriptionOf(issuer), ...described });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ issuer, asked },
    describe: (over) => (described = over),
    answerWith: (id_token) => (token = id_token),
    answerBy: (next) => (handle = next),
    sign(claims, { alg = "RS256", key } = {}) {
      const now_s = Math.floor(Date.now() / 1_000);
      const good = { iss: issuer, aud: CLIENT, sub: "42", iat: now_s, exp: now_s + 60, groups: ["planners"] };
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg, kid: "one" })
        .sign(key ?? privateKey);
    },
  };
}

function descriptionOf(issuer: string): Payload {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    // It would take anything.
    id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
  };
}

function json(response: ServerResponse, body: Payload): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

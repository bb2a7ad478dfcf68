import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request as openRequest, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json, text } from "node:stream/consumers";
import { calculateJwkThumbprint, type FlattenedJWSInput, flattenedVerify, importJWK, type JWK } from "jose";
import { onTestFinished } from "vitest";
import { type Made, selfSigned, signRequest } from "./certificates.ts";

type Status = "pending" | "ready" | "valid" | "invalid";
type Order = {
  readonly name: string;
  readonly token: string;
  readonly kid: string;
  status: Status;
  cert?: string;
};
type Asked = {
  readonly kid: string;
  readonly jwk: JWK;
  readonly payload: Record<string, unknown>;
  readonly id: string;
};
type Answer = {
  readonly status?: number;
  readonly body?: unknown;
  readonly location?: string;
  readonly type?: string;
};

export type AcmeServer = {
  readonly directory: string;
  readonly authority: Made;
  /** Orders that were taken. */
  orders(): number;
  /** What it says to any order from now on; undefined for a good mood. */
  refuse(
    problem: { readonly status: number; readonly type: string; readonly detail: string } | undefined,
  ): void;
  close(): void;
};

/** @param httpPort where the name's machine answers plain HTTP. */
export async function acmeServer(httpPort: () => number, days = 90): Promise<AcmeServer> {
  const signer = await selfSigned("authority", { authority: true });
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const authority = new Authority({ base, signer, httpPort, days });
  server.on("request", async (request, response) => {
    response.setHeader("replay-nonce", authority.newNonce());
    send(response, await authority.answerTo(request).catch(problemOf));
  });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(close);
  return {
    directory: `${base}/directory`,
    authority: signer,
    orders: () => authority.orders.size,
    refuse: (problem) => (authority.refusal = problem),
    close,
  };
}

type Parts = {
  readonly base: string;
  readonly signer: Made;
  readonly httpPort: () => number;
  readonly days: number;
};

/**
 * An authority as RFC 8555 has it, with HTTP-01: refuses what is not signed by the account's key over the very address and a nonce of its
 * own, asks the name's machine for the proof, and signs what the order was for alone.
 */
class Authority {
  readonly orders = new Map<string, Order>();
  refusal: Parameters<AcmeServer["refuse"]>[0];
  readonly #parts: Parts;
  readonly #nonces = new Set<string>();
  readonly #accounts = new Map<string, JWK>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  newNonce(): string {
    const nonce = randomBytes(16).toString("base64url");
    this.#nonces.add(nonce);
    return nonce;
  }

  async answerTo(request: IncomingMessage): Promise<Answer> {
    const { base } = this.#parts;
    const [, what = "", id = ""] = (request.url ?? "").split("/");
    if (what === "nonce") return {};
    if (what === "directory") {
      const names = { newNonce: "nonce", newAccount: "account", newOrder: "order" };
      return {
        body: Object.fromEntries(Object.entries(names).map(([name, path]) => [name, `${base}/${path}`])),
      };
    }
    const asked = { ...(await this.#verified(request, what === "account")), id };
    if (what === "account") return this.#account(asked);
    if (what === "order") return this.#order(asked);
    const order = this.orders.get(id);
    if (order?.kid !== asked.kid) throw new Refused("unauthorized");
    return this.#ofOrder(what, asked, order);
  }

  /** RFC 8555 6.2 to 6.5. */
  async #verified(request: IncomingMessage, isNew: boolean): Promise<Omit<Asked, "id">> {
    if (request.headers["content-type"] !== "application/jose+json") throw new Refused("malformed");
    const jws = (await json(request)) as FlattenedJWSInput;
    const head = JSON.parse(Buffer.from(jws.protected ?? "", "base64url").toString()) as Record<
      string,
      unknown
    >;
    if (head["url"] !== this.#parts.base + request.url) throw new Refused("unauthorized");
    if (!this.#nonces.delete(String(head["nonce"]))) throw new Refused("badNonce");
    const kid = String(head["kid"]);
    const jwk = isNew ? (head["jwk"] as JWK) : this.#accounts.get(kid);
    if (!jwk || isNew === "kid" in head) throw new Refused("accountDoesNotExist");
    const alg = jwk.kty === "EC" ? "ES256" : "RS256";
    const { payload } = await flattenedVerify(jws, await importJWK(jwk, alg), { algorithms: [alg] });
    const said = Buffer.from(payload).toString();
    return { kid, jwk, payload: said === "" ? {} : (JSON.parse(said) as Record<string, unknown>) };
  }

  async #account({ jwk, payload }: Asked): Promise<Answer> {
    if (payload["termsOfServiceAgreed"] !== true) throw new Refused("userActionRequired");
    const location = `${this.#parts.base}/account/${await calculateJwkThumbprint(jwk)}`;
    this.#accounts.set(location, jwk);
    return { status: 201, location, body: { status: "valid" } };
  }

  #order({ kid, payload }: Asked): Answer {
    if (this.refusal) {
      const { status, type, detail } = this.refusal;
      const body = { type: `urn:ietf:params:acme:error:${type}`, detail };
      return { status, type: "application/problem+json", body };
    }
    const [{ value = "" } = {}] = payload["identifiers"] as { value?: string }[];
    const id = randomBytes(6).toString("hex");
    const token = randomBytes(16).toString("base64url");
    const order: Order = { name: value, token, kid, status: "pending" };
    this.orders.set(id, order);
    return { status: 201, ...this.#shown(id, order) };
  }

  async #ofOrder(what: string, { id, jwk, payload }: Asked, order: Order): Promise<Answer> {
    const { httpPort, signer, days } = this.#parts;
    const proven = order.status === "ready" ? "valid" : order.status;
    if (what === "status") return this.#shown(id, order);
    if (what === "authorization") {
      const identifier = { type: "dns", value: order.name };
      return { body: { status: proven, identifier, challenges: [this.#challenge(id, order)] } };
    }
    if (what === "challenge") {
      const proof = `${order.token}.${await calculateJwkThumbprint(jwk)}`;
      const given = await fetchProof(order.name, order.token, httpPort());
      order.status = given === proof ? "ready" : "invalid";
      return { body: this.#challenge(id, order) };
    }
    if (what === "finalize") {
      if (order.status !== "ready") throw new Refused("orderNotReady");
      const csr = Buffer.from(String(payload["csr"]), "base64url");
      const { cert, names } = await signRequest(csr, signer, days);
      if (new Set(names).size !== 1 || names[0] !== order.name) throw new Refused("badCSR");
      Object.assign(order, { cert, status: "valid" });
      return this.#shown(id, order);
    }
    if (what !== "certificate") throw new Refused("malformed");
    return { type: "application/pem-certificate-chain", body: `${order.cert}${signer.cert}` };
  }

  #shown(id: string, { status, name, cert }: Order): Answer {
    const { base } = this.#parts;
    return {
      location: `${base}/status/${id}`,
      body: {
        status,
        identifiers: [{ type: "dns", value: name }],
        authorizations: [`${base}/authorization/${id}`],
        finalize: `${base}/finalize/${id}`,
        ...(cert !== undefined && { certificate: `${base}/certificate/${id}` }),
      },
    };
  }

  #challenge(id: string, { status, token }: Order) {
    const shown = status === "ready" ? "valid" : status;
    return { type: "http-01", url: `${this.#parts.base}/challenge/${id}`, token, status: shown };
  }
}

function problemOf(thrown: unknown): Answer {
  const kind = thrown instanceof Refused ? thrown.message : "serverInternal";
  const body = { type: `urn:ietf:params:acme:error:${kind}`, detail: String(thrown) };
  return { status: 400, type: "application/problem+json", body };
}

class Refused extends Error {}

/** RFC 8555 8.3: plain HTTP to the name, wherever it leads; here, to this machine. */
async function fetchProof(name: string, token: string, port: number): Promise<string> {
  const path = `/.well-known/acme-challenge/${token}`;
  const sent = openRequest({ host: "127.0.0.1", port, path, headers: { host: name } }).end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return text(answer);
}

function send(
  response: ServerResponse,
  { status = 200, body, location, type = "application/json" }: Answer,
): void {
  const content = typeof body === "string" ? body : JSON.stringify(body ?? {});
  response.writeHead(status, { "content-type": type, ...(location && { location }) }).end(content);
}

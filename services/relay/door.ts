import { once } from "node:events";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import { answerTo, PROBLEM_TYPE, Refusal } from "@yardline/api/problem";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { isoOf } from "@yardline/domain/time";
import { askerRefused, doorOpened, handshakeRefused } from "@yardline/telemetry/relay";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { edgeId, findPeer, type Identity, type Peer, type Role } from "./identity.ts";

/** Where a door stands. Port 0 takes any free one. */
export type Listen = { readonly host: string; readonly port: number };

export type DoorLimits = {
  readonly connections_max: number;
  /** Longest a request's head and body may take to arrive. */
  readonly request_ms_max: number;
  /** Largest request body as it comes over the wire. */
  readonly body_bytes_max: number;
};

export type DoorOptions = {
  /** For metrics and logs. */
  readonly name: "receiver" | "media";
  readonly tls: Identity;
  /** Whose certificates are let in at all. */
  readonly role: Role["role"];
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: DoorLimits;
};

/**
 * An HTTPS server, not yet listening, that only certificates of one role get past: signed by our authority, in force at each
 * request. Who is turned away is counted and logged by the reason's name.
 */
export function buildDoor(options: DoorOptions): FastifyInstance<Server> {
  const { name, tls, log, limits } = options;
  const app = Fastify({
    https: {
      ...{ key: tls.key, cert: tls.cert, ca: tls.ca, minVersion: "TLSv1.3" },
      ...{ requestCert: true, rejectUnauthorized: true },
      // Node looks for overdue requests only every 30 s by itself.
      connectionsCheckingInterval: limits.request_ms_max,
    },
    logger: false,
    requestTimeout: limits.request_ms_max,
    bodyLimit: limits.body_bytes_max,
    // What is being answered is answered; only connections without a request are closed at once.
    forceCloseConnections: "idle",
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
  });
  app.server.maxConnections = limits.connections_max;
  app.server.on("tlsClientError", (failure, socket) => {
    handshakeRefused(log, name, { code: codeOf(failure, socket), address: `${socket.remoteAddress}` });
  });
  app.addHook("onRequest", async (request) => {
    refuseStrangers(getPeer(request), options);
  });
  app.setErrorHandler((thrown, request, reply) => {
    const { problem, retry_after_s } = answerTo(thrown, request.id);
    const { socket } = request.raw;
    const who = socket instanceof TLSSocket ? nameOf(findPeer(socket)) : "nobody";
    askerRefused(log, name, {
      who,
      status: problem.status,
      problem: problem.type,
      reason: messageOf(thrown),
    });
    if (retry_after_s !== undefined) reply.header("retry-after", retry_after_s);
    return reply.code(problem.status).type(PROBLEM_TYPE).send(problem);
  });
  return app;
}

/** @returns the port that it got. @throws AppError `PORT_UNUSABLE`. */
export async function openDoor(
  app: FastifyInstance<Server>,
  { name, log }: DoorOptions,
  listen: Listen,
): Promise<number> {
  try {
    await app.listen(listen);
  } catch (cause) {
    const message = `Port ${listen.port} on ${listen.host} cannot be listened on: ${messageOf(cause)}.`;
    throw new AppError("PORT_UNUSABLE", message, { cause });
  }
  const { port } = app.server.address() as AddressInfo;
  doorOpened(log, name, { host: listen.host, port });
  return port;
}

/** What is being answered gets so long to be through; a request of which a cut line brought half would wait for its rest. */
const DRAIN_MS_MAX = 3_000;

/** Ends the door when `signal` aborts; resolves once what was being answered is through, or its time is. */
export async function closeWith(app: FastifyInstance<Server>, signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
  const closed = new AbortController();
  const closing = app.close().finally(() => closed.abort());
  await delay(DRAIN_MS_MAX, undefined, { signal: closed.signal }).catch(() => undefined);
  app.server.closeAllConnections();
  await closing;
}

/** Who asks. @throws Refusal for a certificate that names no role. */
export function getPeer(request: FastifyRequest): Peer {
  const { socket } = request.raw;
  const peer = socket instanceof TLSSocket && socket.authorized ? findPeer(socket) : undefined;
  if (peer) return peer;
  throw new Refusal(
    403,
    "CERTIFICATE_NAMELESS",
    "This certificate names no edge and no service of Yardline.",
  );
}

/** Connections live longer than handshakes, so what the handshake has checked is checked again at each request. */
function refuseStrangers({ who, expires_at_ms }: Peer, { role, clock }: DoorOptions): void {
  if (clock.now_ms() > expires_at_ms) {
    const message = `Your certificate expired on ${isoOf(expires_at_ms)}. Issue a new one.`;
    throw new Refusal(403, "CERTIFICATE_EXPIRED", message);
  }
  if (who.role !== role) {
    throw new Refusal(403, "ROLE_FOREIGN", `A certificate of role "${who.role}" has no business here.`);
  }
}

function nameOf(peer: Peer | undefined): string {
  if (!peer) return "nobody";
  return peer.who.role === "edge" ? edgeId(peer.who) : peer.who.role;
}

/** OpenSSL's word for what is wrong with a certificate; without one, what broke the handshake. */
function codeOf(failure: Error & { code?: string }, socket: TLSSocket): string {
  const found: unknown = socket.authorizationError;
  return typeof found === "string" ? found : (failure.code ?? "HANDSHAKE_FAILED");
}

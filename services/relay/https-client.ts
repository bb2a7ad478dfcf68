import { X509Certificate } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import type { PeerCertificate } from "node:tls";
import { AppError, messageOf } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { type Identity, type Role, readCertificate, urnOf } from "./identity.ts";

export type Question = {
  readonly method: "GET" | "POST" | "PUT";
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
};

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
};

/** Talks to one machine over mutual TLS. */
export type HttpsClient = {
  /**
   * The whole answer, whatever its status.
   * @throws AppError `PEER_UNREACHABLE` (retryable): no connection, no answer in time, an answer that is too large, somebody
   *   else at the other end; `CERTIFICATE_EXPIRED`: our own. An aborted `signal` rejects with its reason.
   */
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
  close(): void;
};

type Settings = {
  readonly origin: URL;
  readonly identity: Identity;
  /** Who must answer. Its certificate says so; under which address it is found proves nothing. */
  readonly expected: Role;
  readonly clock: Clock;
  /** From asking to the last byte of the answer. */
  readonly answer_ms_max: number;
  readonly answer_bytes_max: number;
  readonly connections_max: number;
};

export function openHttpsClient(settings: Settings): HttpsClient {
  const { origin, identity, expected, clock, answer_ms_max } = settings;
  const { expires_at_ms = 0 } = readCertificate(new X509Certificate(identity.cert)) ?? {};
  const agent = new Agent({
    ...{ key: identity.key, cert: identity.cert, ca: identity.ca, minVersion: "TLSv1.3" },
    ...{ keepAlive: true, maxSockets: settings.connections_max, maxCachedSessions: 0 },
    checkServerIdentity: (_host: string, cert: PeerCertificate) => foreignness(cert, expected),
  });

  async function ask(question: Question, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    if (clock.now_ms() > expires_at_ms) {
      const message = `Our own certificate expired on ${isoOf(expires_at_ms)}. Issue a new one and start again.`;
      throw new AppError("CERTIFICATE_EXPIRED", message, { retryable: true });
    }
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(answer_ms_max)]);
      const response = await begun(question, within);
      const body = await wholeBody(response, settings.answer_bytes_max);
      return { status: response.statusCode ?? 0, headers: response.headers, body };
    } catch (cause) {
      signal.throwIfAborted();
      throw unreachable(origin, cause, answer_ms_max);
    }
  }

  function begun({ method, target, headers, body }: Question, signal: AbortSignal) {
    const url = new URL(target, origin);
    return new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(url, { method, agent, signal, headers: { ...headers } }, resolve);
      asked.on("error", reject);
      asked.end(body);
    });
  }

  return { ask, close: () => agent.destroy() };
}

function foreignness({ raw }: PeerCertificate, expected: Role): Error | undefined {
  const who = readCertificate(new X509Certificate(raw))?.who;
  if (who && urnOf(who) === urnOf(expected)) return undefined;
  return new Error(
    `its certificate is that of ${who ? urnOf(who) : "a stranger"}, not of ${urnOf(expected)}`,
  );
}

async function wholeBody(response: IncomingMessage, bytes_max: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    bytes += part.length;
    if (bytes > bytes_max) throw new Error(`its answer has more than ${bytes_max} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function unreachable({ origin }: URL, cause: unknown, answer_ms_max: number): AppError {
  const timed = cause instanceof Error && cause.name === "AbortError";
  const why = timed ? `no answer within ${answer_ms_max / 1000} s` : messageOf(cause);
  return new AppError("PEER_UNREACHABLE", `${origin} cannot be reached: ${why}.`, { retryable: true, cause });
}

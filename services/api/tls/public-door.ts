import { once } from "node:events";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Server } from "node:net";
import type { SecureContextOptions } from "node:tls";
import type { FastifyInstance } from "fastify";
import { LIMITS } from "../limits.ts";
import { portRefusal } from "../listen.ts";
import type { Challenges } from "./acme.ts";
import type { Pair } from "./certificate.ts";

export type PublicOptions = {
  /** The only name that is answered to. */
  readonly name: string;
  /** Where both listen; every address without it. */
  readonly host?: string;
  /** 443, or where a router sends it. 0 takes any free one. */
  readonly port: number;
  /** 80, or where a router sends it: sends browsers on, and answers authorities. */
  readonly http_port: number;
  readonly challenges: Challenges;
};

export type PublicDoor = {
  /** Serves with this certificate from now on; opens the door with the first. */
  use(pair: Pair): Promise<void>;
  readonly http_port: number;
  /** Where HTTPS listens; undefined while there is no certificate. */
  port(): number | undefined;
  close(): Promise<void>;
};

const CHALLENGE = /^\/\.well-known\/acme-challenge\/([\w-]{1,200})$/;

/**
 * The door to the street: HTTPS for the app, and plain HTTP that does nothing but send browsers to it. The app's own door on loopback stays.
 * @throws AppError `PORT_TAKEN`, `PORT_FORBIDDEN`.
 */
export async function openPublicDoor(app: FastifyInstance, options: PublicOptions): Promise<PublicDoor> {
  await app.ready();
  const { host = "::", port } = options;
  const bounds = {
    requestTimeout: LIMITS.request_ms_max,
    connectionsCheckingInterval: LIMITS.request_ms_max,
  };
  const https = createHttps(bounds, (request, response) => {
    // As if it had come to the app's own door: of a region that finds the tenant's.
    app.server.emit("request", request, response);
  });
  const http = createHttp(bounds, (request, response) => sendOn(request, response, options, portOf(https)));
  for (const server of [https, http]) server.maxConnections = LIMITS.connections_max;
  await listen(http, host, options.http_port);
  return {
    async use({ cert, key }) {
      const context: SecureContextOptions = { cert, key, minVersion: "TLSv1.2" };
      https.setSecureContext(context);
      if (!https.listening) await listen(https, host, port);
    },
    http_port: portOf(http) ?? 0,
    port: () => portOf(https),
    async close() {
      for (const server of [http, https]) {
        const closed = server.listening ? once(server, "close") : undefined;
        server.close();
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

function sendOn(
  { url = "", headers }: IncomingMessage,
  response: ServerResponse,
  { name, challenges }: PublicOptions,
  port: number | undefined,
): void {
  const token = CHALLENGE.exec(url)?.[1];
  const answer = token === undefined ? undefined : challenges.get(token);
  if (answer !== undefined) {
    response.writeHead(200, { "content-type": "text/plain" }).end(answer);
    return;
  }
  // To our own name, whatever was asked for: nobody is sent to a host that they brought along.
  const isOurs = headers.host?.replace(/:\d{1,5}$/, "").toLowerCase() === name && url.startsWith("/");
  if (!isOurs || port === undefined) {
    response.writeHead(isOurs ? 503 : 421, { "content-length": 0, connection: "close" }).end();
    return;
  }
  const location = `https://${name}${port === 443 ? "" : `:${port}`}${url}`;
  response.writeHead(308, { location, "content-length": 0, connection: "close" }).end();
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  const listening = once(server, "listening");
  server.listen({ host, port });
  try {
    await listening;
  } catch (cause) {
    throw portRefusal(cause, host, port);
  }
}

function portOf(server: Server): number | undefined {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address ? address.port : undefined;
}

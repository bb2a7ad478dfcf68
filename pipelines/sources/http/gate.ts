import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request as openRequest, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { allowedAddress, namedInFile } from "./address-policy.ts";

/** A player opens a playlist, a key and a segment or two at a time. */
const CONNECTIONS_MAX = 16;
const SILENCE_MS_MAX = 10_000;

export type Gate = AsyncDisposable & {
  /** What a child is told as its HTTP proxy; holds a secret, since whoever knows it may use the gate. */
  readonly proxy: string;
};

/**
 * A proxy on loopback for one child that follows playlists and redirects by itself: lets it reach the one host that it was sent to, at an
 * address that a camera may have, and nothing else. Without it a hostile playlist could make ffmpeg ask whatever this machine can reach.
 */
export async function openGate(allowed: URL): Promise<Gate> {
  const token = randomBytes(24).toString("hex");
  const expected = `Basic ${Buffer.from(`gate:${token}`).toString("base64")}`;
  const isOurs = ({ headers }: IncomingMessage) => headers["proxy-authorization"] === expected;
  const addressOf = (hostname: string) =>
    hostname === allowed.hostname
      ? allowedAddress(hostname, namedInFile(hostname))
      : Promise.reject(new Error());

  async function forward(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (!isOurs(asked)) {
      answer.writeHead(407, { "proxy-authenticate": 'Basic realm="gate"', connection: "close" }).end();
      return;
    }
    const url = URL.parse(asked.url ?? "");
    const host = await addressOf(url?.protocol === "http:" ? url.hostname : "").catch(() => undefined);
    if (!url || host === undefined || asked.method !== "GET") {
      answer.writeHead(403, { connection: "close" }).end();
      return;
    }
    const headers = Object.fromEntries(
      Object.entries(asked.headers).filter(([name]) => !/^proxy-/i.test(name)),
    );
    const port = url.port || 80;
    const further = openRequest({ host, port, path: url.pathname + url.search, headers, agent: false });
    further.setTimeout(SILENCE_MS_MAX, () => further.destroy());
    further.on("response", (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.on("error", () => answer.destroy());
      given.pipe(answer);
    });
    further.on("error", () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on("close", () => further.destroy());
    further.end();
  }

  async function tunnel(asked: IncomingMessage, from: Duplex): Promise<void> {
    from.on("error", () => undefined);
    if (!isOurs(asked)) {
      from.end('HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="gate"\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const url = URL.parse(`https://${asked.url}`);
    const host = await addressOf(url?.hostname ?? "").catch(() => undefined);
    if (host === undefined) {
      from.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const to = connect({ host, port: Number(url?.port || 443) });
    joined(from, to);
  }

  const server = createServer((asked, answer) => void forward(asked, answer));
  server.maxConnections = CONNECTIONS_MAX;
  server.on("connect", (asked: IncomingMessage, socket: Duplex) => void tunnel(asked, socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    proxy: `http://gate:${token}@127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Two ends of a tunnel; when one is gone so is the other. */
function joined(from: Duplex, to: Socket): void {
  to.setTimeout(SILENCE_MS_MAX, () => to.destroy());
  to.once("connect", () => {
    from.write("HTTP/1.1 200 Connected\r\n\r\n");
    from.pipe(to).pipe(from);
  });
  to.on("error", () => from.destroy());
  to.on("close", () => from.destroy());
  from.on("close", () => to.destroy());
}

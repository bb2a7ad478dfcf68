import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";

/** What becomes of a request on its way: it goes through; or the proxy answers with a status; or the answer to it is lost. */
export type Fate = "through" | number | "answer lost";

export type Proxy = {
  readonly address: string;
  /** Asked of each request; `login` is its header `authorization`. */
  fateOf(path: string, login: string | undefined): Fate;
  close(): Promise<void>;
};

/** Stands before an HTTP server and lets things go wrong; with a certificate it speaks TLS. */
export async function startProxy(
  server: string,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Proxy> {
  const proxy: Proxy = { address: "", fateOf: () => "through", close };
  const answer: RequestListener = async (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const body = Buffer.concat(await request.toArray());
    const fate = proxy.fateOf(url, headers.authorization);
    if (typeof fate === "number") {
      response.writeHead(fate, { "x-elastic-product": "Elasticsearch", "content-type": "application/json" });
      response.end(JSON.stringify({ error: { type: "made_up_exception", reason: "so the test wants it" } }));
      return;
    }
    const upstream = await fetch(server + url, {
      method,
      headers: {
        accept: headers.accept ?? "*/*",
        "content-type": headers["content-type"] ?? "application/json",
      },
      ...(body.length > 0 && { body }),
    });
    const given = Buffer.from(await upstream.arrayBuffer());
    if (fate === "answer lost") {
      request.socket.destroy();
      return;
    }
    response.writeHead(upstream.status, {
      "x-elastic-product": upstream.headers.get("x-elastic-product") ?? "",
      "content-type": upstream.headers.get("content-type") ?? "",
    });
    response.end(given);
  };
  const door = (tls ? createSecureServer(tls, answer) : createServer(answer)).listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  async function close() {
    door.closeAllConnections();
    door.close();
    await once(door, "close");
  }
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return Object.assign(proxy, { address: `${tls ? "https" : "http"}://127.0.0.1:${port}` });
}

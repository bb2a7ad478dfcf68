import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { ApiEvent, SavedSearch } from "../api/types.ts";

type Wish = Pick<SavedSearch, "name" | "q" | "shared" | "alert">;
type Send = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Saved searches as the API keeps them, and a stream that tells what a test wants it to. */
export function fakeSearches() {
  const kept = new Map<string, SavedSearch>();
  const listeners = new Set<ServerResponse>();
  const keep = (id: string, wish: Wish) => {
    const changed_at = new Date().toISOString();
    const search = { ...wish, id, tenant: "verba", owner: "visitor", changed_at };
    kept.set(id, search);
    return search;
  };
  return {
    answer({ pathname }: URL): Send | undefined {
      if (pathname === "/v1/searches/stream") return (_, response) => listen(response, listeners);
      if (pathname === "/v1/searches") {
        return async (request, response) => {
          if (request.method === "GET") return send(response, 200, { searches: [...kept.values()] });
          send(response, 201, keep(`search${kept.size + 1}`, (await json(request)) as Wish));
        };
      }
      const [, id = ""] = /^\/v1\/searches\/(\w+)$/.exec(pathname) ?? [];
      const search = kept.get(id);
      if (!search) return undefined;
      return async (request, response) => {
        response.setHeader("etag", `"${search.changed_at}"`);
        if (request.method === "GET") return send(response, 200, search);
        if (request.method === "PUT") {
          const isSeen = request.headers["if-match"] === `"${search.changed_at}"`;
          return send(response, isSeen ? 200 : 412, keep(id, (await json(request)) as Wish));
        }
        kept.delete(id);
        response.writeHead(204).end();
      };
    },
    alert(search: string, event: ApiEvent, count: number) {
      const data = { search, name: kept.get(search)?.name ?? search, count, event };
      for (const each of listeners) each.write(`id: 1\nevent: alert\ndata: ${JSON.stringify(data)}\n\n`);
    },
  };
}

function listen(response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 500\n\n");
  listeners.add(response);
  response.on("close", () => listeners.delete(response));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

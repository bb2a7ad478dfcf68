import { systemClock } from "@yardline/domain/time";
import { realServer } from "@yardline/testkit/real-server";
import { openElasticIndex } from "../elastic.ts";
import type { EventIndex } from "../event-index.ts";
import type { IndexPlace } from "./place.ts";

let places = 0;

/** Names of its own on the one real server that all tests of a run share. */
export type ElasticTestPlace = IndexPlace & {
  readonly server: string;
  readonly prefix: string;
  /** The server by another way, as through a proxy. */
  openAt(server: string): Promise<EventIndex>;
  /** Asks the server itself. @throws what it answered, where that was no success. */
  ask(method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: unknown): Promise<string>;
};

export async function makeElasticPlace(): Promise<ElasticTestPlace> {
  const server = await realServer("elasticsearch");
  const prefix = `t-${process.pid}-${places++}`;
  const openAt = (way: string) => openElasticIndex({ url: `${way}/?prefix=${prefix}`, clock: systemClock });
  const ask: ElasticTestPlace["ask"] = async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${server}/${path}`, {
      method,
      ...(body !== undefined && { headers, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text;
  };
  return {
    server,
    prefix,
    openAt,
    ask,
    open: () => openAt(server),
    async remove() {
      const { indices } = JSON.parse(await ask("GET", `_resolve/index/${prefix}-*?expand_wildcards=all`));
      for (const { name } of indices) await ask("DELETE", name);
      await ask("DELETE", `_index_template/${prefix}`).catch(() => "there was none");
    },
  };
}

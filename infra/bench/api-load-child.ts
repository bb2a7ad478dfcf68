import { Agent, type RequestOptions, request as send } from "node:http";
import { percentile } from "../soak/percentile.ts";

/** What to ask of the doors, as its parent sends it: over so many connections, each again as soon as it was answered, or at a rate. */
export type LoadOrder = {
  readonly port: number;
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  readonly for_ms: number;
  /** Requests a second, whatever becomes of them; without it as fast as they are answered. */
  readonly rate?: number;
};

export type LoadRequest = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Another address of this machine, as `127.0.0.7`. */
  readonly from?: string;
};

export type LoadAnswer = {
  readonly answers: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  /** How many answers had which status; 0 for those that never came. */
  readonly statuses: Readonly<Record<string, number>>;
};

/** Most requests under way where a rate is asked for: more would be this machine's trouble, not the doors'. */
const UNDER_WAY_MAX = 500;

async function load({ port, requests, connections, for_ms, rate }: LoadOrder): Promise<LoadAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: rate === undefined ? connections : UNDER_WAY_MAX });
  const took_ms: number[] = [];
  const statuses: Record<string, number> = {};
  const until_ms = performance.now() + for_ms;
  let asked = 0;

  async function ask(): Promise<void> {
    const request = requests[asked++ % requests.length];
    if (!request) return;
    const begin_ms = performance.now();
    const status = await statusOf({ port, host: "127.0.0.1", agent }, request);
    took_ms.push(performance.now() - begin_ms);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  async function keepAsking(): Promise<void> {
    while (performance.now() < until_ms) await ask();
  }
  async function askAtRate(each_ms: number): Promise<void> {
    const under_way = new Set<Promise<void>>();
    for (let due_ms = performance.now(); due_ms < until_ms; due_ms += each_ms) {
      const wait_ms = due_ms - performance.now();
      if (wait_ms > 1) await new Promise((resolve) => setTimeout(resolve, wait_ms));
      if (under_way.size >= UNDER_WAY_MAX) await Promise.race(under_way);
      const asking = ask().finally(() => under_way.delete(asking));
      under_way.add(asking);
    }
    await Promise.all(under_way);
  }

  if (rate === undefined) await Promise.all(Array.from({ length: connections }, keepAsking));
  else await askAtRate(1_000 / rate);
  agent.destroy();
  const of = (share: number) => percentile(took_ms, share);
  return { answers: took_ms.length, p50_ms: of(0.5), p95_ms: of(0.95), p99_ms: of(0.99), statuses };
}

function statusOf(
  options: RequestOptions,
  { method, path, headers, body, from }: LoadRequest,
): Promise<number> {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const request = send(
      { ...options, method, path, headers: { ...headers, ...length }, ...(from && { localAddress: from }) },
      (response) => {
        response.resume();
        response.once("close", () => resolve(response.statusCode ?? 0));
      },
    );
    request.once("error", () => resolve(0));
    request.end(body);
  });
}

process.once("message", async (order) => {
  const answer = await load(order as LoadOrder);
  process.send?.(answer, () => process.disconnect?.());
});

import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import type { Condition } from "@yardline/index/condition";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { Bucket, EventIndex, EventQuery } from "@yardline/index/event-index";
import { percentile } from "../soak/percentile.ts";
import { openDoors } from "./api-doors.ts";
import { loadApart } from "./api-load.ts";
import { fillIndex } from "./embedded-index.ts";
import type { Figure } from "./figure.ts";
import { cpuMsOf } from "./thread-cpu.ts";
import { cameraName, type Random, randomOf } from "./town-events.ts";
import { QUESTIONS, someEvent, type Town } from "./town-questions.ts";

/** Our part of an answer, beside what the index takes itself. */
const OVERHEAD_MS_MOST = 3;
const CONNECTIONS = 8;
const REQUESTS_MAX = 1_000_000;
const ADDRESSES = 200;
const DAY_MS = 86_400_000;

export type SearchRun = { readonly rounds: number; readonly load_s: number; readonly kept?: string };

/** What the doors ask of an index, asked of the doors. */
type Asked = Pick<EventIndex, "search" | "histogram" | "get">;

/**
 * Each question of a dispatcher's to the index itself and to the doors in front of it, one after the other in turn, the client in the
 * same process: its cost is counted as ours, and so is the audit log's, which writes each search before it is answered. Then as many
 * searches as the doors answer, from another process.
 * @param kept folder of an index that is filled unless an earlier run did.
 */
export async function measureSearch(
  folder: string,
  town: Town,
  { rounds, load_s, kept = join(folder, "kept") }: SearchRun,
  report: (line: string) => void,
): Promise<readonly Figure[]> {
  await fillOnce(kept, town, report);
  // How many requests one dispatcher may send is not what is measured.
  const free = { address_requests_max: REQUESTS_MAX, account_requests_max: REQUESTS_MAX };
  const doors = await openDoors(folder, free, join(kept, "index"));
  const agent = new Agent({ keepAlive: true });
  try {
    const through = indexBehind(doors.port, doors.cookie, agent);
    const figures = await compare(doors.index, through, town, rounds);
    const requests = addresses(town, randomOf(9)).map((path) => ({
      ...{ method: "GET" as const, path, headers: { cookie: doors.cookie } },
    }));
    const order = { port: doors.port, requests, connections: CONNECTIONS };
    await loadApart({ ...order, for_ms: 2_000 });
    const before_ms = cpuMsOf(process.pid);
    const { answers, p50_ms, p95_ms, p99_ms, statuses } = await loadApart({
      ...order,
      for_ms: load_s * 1_000,
    });
    const cpu_s = (cpuMsOf(process.pid) - before_ms) / 1_000;
    return [
      ...figures,
      {
        what: `searches over ${CONNECTIONS} connections, a CPU second of all threads`,
        value: answers / cpu_s,
        unit: "",
      },
      { what: "searches a second", value: answers / load_s, unit: "" },
      { what: "answer, p50", value: p50_ms, unit: "ms" },
      { what: "answer, p95", value: p95_ms, unit: "ms" },
      { what: "answer, p99", value: p99_ms, unit: "ms" },
      { what: "refused", value: answers - (statuses["200"] ?? 0), unit: "", budget: { most: 0 } },
    ];
  } finally {
    agent.destroy();
    await doors.close();
  }
}

/** What a folder was filled with stands beside its index: filling takes minutes, and the same town is asked again. */
async function fillOnce(folder: string, town: Town, report: (line: string) => void): Promise<void> {
  const note = join(folder, "filled.json");
  const wanted = JSON.stringify(town);
  if ((await readFile(note, "utf8").catch(() => "")) === wanted) return;
  await rm(join(folder, "index"), { recursive: true, force: true });
  const index = await openEmbeddedIndex({ folder: join(folder, "index") });
  await fillIndex(index, town, report);
  await index.close();
  await writeFile(note, wanted);
}

type Times = { readonly first: number[]; readonly index: number[]; readonly doors: number[] };

/** Whoever asks first fetches the files from disk, for everybody: that is told apart, and counted for neither. */
async function compare(
  index: EventIndex,
  through: Asked,
  town: Town,
  rounds: number,
): Promise<readonly Figure[]> {
  const sides = { first: index, index, doors: { ...index, ...bound(index), ...through } };
  const times = new Map<string, Times>(
    QUESTIONS.map(([name]) => [name, { first: [], index: [], doors: [] }]),
  );
  for (let round = 0; round < rounds; round++) {
    const event = await someEvent(index, town, randomOf(round + 1));
    for (const [at, [name, ask]] of QUESTIONS.entries()) {
      const turn = (round + at) % 2 === 0 ? (["index", "doors"] as const) : (["doors", "index"] as const);
      const found = new Set<number>();
      for (const side of ["first", ...turn] as const) {
        const begin_ms = performance.now();
        found.add(await ask(sides[side], { town, random: randomOf(round * 100 + at + 1), event }));
        times.get(name)?.[side].push(performance.now() - begin_ms);
      }
      if (found.size !== 1)
        throw new Error(`${name}: ${[...found].join(" and ")} found, where it should be the same.`);
    }
  }
  return [...times].map(([name, each]) => figureOf(name, each));
}

function figureOf(name: string, { first, index, doors }: Times): Figure {
  const shown = (each: readonly number[]) =>
    [0.5, 0.95, 0.99].map((share) => percentile(each, share).toFixed(1)).join("/");
  return {
    what: `${name}: p50/p95/p99 ${shown(doors)} ms through the doors, ${shown(index)} ms straight, ${shown(first)} ms at first; ours at p95`,
    value: percentile(doors, 0.95) - percentile(index, 0.95),
    unit: "ms",
    budget: { most: OVERHEAD_MS_MOST },
  };
}

/** Methods of a class are not taken along by spreading it. */
function bound(index: EventIndex): EventIndex {
  return {
    put: (events) => index.put(events),
    refresh: () => index.refresh(),
    get: (occurrence) => index.get(occurrence),
    search: (query, page) => index.search(query, page),
    count: (query) => index.count(query),
    histogram: (query, cut) => index.histogram(query, cut),
    scan: (page) => index.scan(page),
    erase: (occurrences) => index.erase(occurrences),
    fade: (now_ms, held, again) => index.fade(now_ms, held, again),
    expire: (now_ms) => index.expire(now_ms),
    close: () => index.close(),
  };
}

/**
 * The questions that a dispatcher's page asks, as requests over a connection that stays open; the client is Node's plain one, because `fetch`
 * takes longer to read an answer than the doors to make it. The doors add themselves whose events they are.
 */
function indexBehind(port: number, cookie: string, agent: Agent): Asked {
  const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const sent = body && JSON.stringify(body);
    const headers = {
      cookie,
      ...(sent && { "content-type": "application/json", "content-length": Buffer.byteLength(sent) }),
    };
    const asking = request({ host: "127.0.0.1", port, agent, path, headers, method: sent ? "POST" : "GET" });
    asking.end(sent);
    const [answer]: IncomingMessage[] = await once(asking, "response");
    if (answer?.statusCode !== 200) throw new Error(`${path}: ${answer?.statusCode}`);
    // Our own answers, of which the count is compared with what the index says.
    return (await json(answer)) as Answer;
  };
  return {
    search: async (query, page) => ask("/v1/events/search", { ...questionOf(query), ...page }),
    async histogram(query, { every, timezone }) {
      const search = new URLSearchParams({ ...periodOf(query), every, timezone });
      const label = labelIn(query.where);
      if (label !== undefined) search.append("label", label);
      const { buckets } = await ask<{ buckets: Bucket[] }>(`/v1/events/histogram?${search}`);
      return buckets;
    },
    get: async (occurrence) => ask(`/v1/events/${occurrence}`),
  };
}

const isoOf = (at_ms: number) => new Date(at_ms).toISOString();
const clockOf = (minute: number) =>
  `${Math.floor(minute / 60)}`.padStart(2, "0").concat(":", `${minute % 60}`.padStart(2, "0"));

function periodOf({ from_ms, to_ms }: EventQuery): { from?: string; to?: string } {
  return {
    ...(from_ms !== undefined && { from: isoOf(from_ms) }),
    ...(to_ms !== undefined && { to: isoOf(to_ms) }),
  };
}

function questionOf(query: EventQuery): object {
  const { hours, where, order } = query;
  const own = where?.op === "all" ? where.of.filter((each) => !isTenant(each)) : [];
  return {
    ...periodOf(query),
    ...(hours && {
      hours: { from: clockOf(hours.from_min), to: clockOf(hours.to_min), timezone: hours.timezone },
    }),
    ...(own.length > 0 && { where: { op: "all", of: own } }),
    ...(order && { order }),
  };
}

const isTenant = (condition: Condition): boolean => condition.op === "is" && condition.field === "tenant";

function labelIn(where: Condition | undefined): string | undefined {
  const own = where?.op === "all" ? where.of : [];
  return own.flatMap((each) => (each.op === "is" && each.field === "label" ? each.values : []))[0];
}

/** What many dispatchers look for: a label on a camera, in some week. */
function addresses({ from_ms, to_ms }: Town, random: Random): readonly string[] {
  return Array.from({ length: ADDRESSES }, () => {
    const begin_ms = from_ms + Math.floor(random() * Math.max(1, to_ms - from_ms - 7 * DAY_MS));
    const period = `from=${isoOf(begin_ms)}&to=${isoOf(begin_ms + 7 * DAY_MS)}`;
    const camera = cameraName(Math.floor(random() * 20));
    return `/v1/events?${period}&q=${encodeURIComponent(`label:person camera:${camera}`)}`;
  });
}

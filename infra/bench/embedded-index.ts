import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { EventIndex } from "@yardline/index/event-index";
import { percentile } from "../soak/percentile.ts";
import { type Random, townEvents } from "./town-events.ts";
import { QUESTIONS, someEvent, type Town } from "./town-questions.ts";

/** Measures an index of a town's events: how fast it takes them in, and how fast it answers what dispatchers ask. */

const BATCH = 2_500;
/** Events that are made before they are put, so that making them is not measured. */
const CHUNK = 5_000;
const REPORT_EVERY = 500_000;
const WEEK_MS = 7 * 86_400_000;
/** What arrives while questions are measured. */
const ARRIVING_PER_S = 500;
const ARRIVING_EVERY_MS = 200;

export type Filled = {
  readonly events_per_s: number;
  /** Of all threads, making the events not counted. */
  readonly cpu_us_per_event: number;
  /** What it takes afterwards to put in order what is over; a town does that week by week. */
  readonly settling_s: number;
};

/** Puts a town's events in batches, oldest first, each once; then lets the index put in order what is over, as a town does hourly. */
export async function fillIndex(
  index: Pick<EventIndex, "put" | "expire">,
  { events, from_ms, to_ms, seed }: Town,
  report: (line: string) => void,
): Promise<Filled> {
  let [took_ms, cpu_us, put] = [0, 0, 0];
  for (const chunk of chunksOf(townEvents(events, from_ms, to_ms, seed), CHUNK)) {
    const cpu = process.cpuUsage();
    const begin_ms = performance.now();
    for (let at = 0; at < chunk.length; at += BATCH) await index.put(chunk.slice(at, at + BATCH));
    took_ms += performance.now() - begin_ms;
    const { user, system } = process.cpuUsage(cpu);
    cpu_us += user + system;
    put += chunk.length;
    if (put % REPORT_EVERY === 0) report(`${put} events, ${Math.round((put / took_ms) * 1000)}/s`);
  }
  const begin_ms = performance.now();
  await index.expire(to_ms + WEEK_MS);
  const settling_s = (performance.now() - begin_ms) / 1000;
  return { events_per_s: (put / took_ms) * 1000, cpu_us_per_event: cpu_us / put, settling_s };
}

function* chunksOf<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

export type Measured = {
  readonly name: string;
  readonly p50_ms: number;
  readonly p95_ms: number;
  /** Events or buckets in the answers, on the average: nobody praises empty hands. */
  readonly found: number;
};

/** Asks each question so many times, in turn, while events arrive. */
export async function measureQuestions(
  index: EventIndex,
  town: Town,
  rounds: number,
  random: Random,
): Promise<readonly Measured[]> {
  const stop = new AbortController();
  const arriving = arrive(index, town, stop.signal);
  const times = new Map(QUESTIONS.map(([name]) => [name, [] as number[]]));
  const found = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    const asked = { town, random, event: await someEvent(index, town, random) };
    for (const [name, ask] of QUESTIONS) {
      const begin_ms = performance.now();
      const answered = await ask(index, asked);
      times.get(name)?.push(performance.now() - begin_ms);
      found.set(name, (found.get(name) ?? 0) + answered);
    }
  }
  stop.abort();
  await arriving;
  return [...times].map(([name, each]) => ({
    name,
    p50_ms: percentile(each, 0.5),
    p95_ms: percentile(each, 0.95),
    found: (found.get(name) ?? 0) / rounds,
  }));
}

/** What happens after the town's time, at the pace of a busy one. */
async function arrive(index: EventIndex, { events, to_ms }: Town, signal: AbortSignal): Promise<void> {
  const batch = (ARRIVING_PER_S * ARRIVING_EVERY_MS) / 1000;
  const coming = chunksOf(townEvents(events, to_ms, to_ms + WEEK_MS, 7), batch);
  let next_ms = performance.now();
  for (const chunk of coming) {
    if (signal.aborted) return;
    await index.put(chunk);
    next_ms += ARRIVING_EVERY_MS;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next_ms - performance.now())));
  }
}

/** Bytes of all files of an index. */
export function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

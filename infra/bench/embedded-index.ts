import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { YardlineEvent } from "@yardline/events/event";
import type { Condition, Field } from "@yardline/index/condition";
import type { EventIndex, EventQuery } from "@yardline/index/event-index";
import { percentile } from "../soak/percentile.ts";
import { cameraName, cameraPlace, lentVehicle, type Random, townEvents, zoneName } from "./town-events.ts";

/** Measures an index of a town's events: how fast it takes them in, and how fast it answers what dispatchers ask. */

const BATCH = 1_000;
/** Events that are made before they are put, so that making them is not measured. */
const CHUNK = 20_000;
const PAGE = 50;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const MINUTE_MS = 60_000;
/** What arrives while questions are measured. */
const ARRIVING_PER_S = 500;
const ARRIVING_EVERY_MS = 200;

export type Town = {
  readonly events: number;
  readonly from_ms: number;
  readonly to_ms: number;
  readonly seed: number;
};

export type Filled = { readonly events_per_s: number; readonly cpu_us_per_event: number };

/** Puts a town's events in batches, oldest first, each once. */
export async function fillIndex(
  index: Pick<EventIndex, "put">,
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
    if (put % (10 * CHUNK) === 0) report(`${put} events, ${Math.round((put / took_ms) * 1000)}/s`);
  }
  return { events_per_s: (put / took_ms) * 1000, cpu_us_per_event: cpu_us / put };
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

type Asked = {
  readonly town: Town;
  readonly random: Random;
  /** One that is there. */
  readonly event: YardlineEvent;
};
type Question = (index: EventIndex, asked: Asked) => Promise<number>;

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

async function someEvent(
  index: EventIndex,
  { from_ms, to_ms }: Town,
  random: Random,
): Promise<YardlineEvent> {
  const before_ms = to_ms - below(random, to_ms - from_ms - DAY_MS);
  const [event] = (await index.search({ to_ms: before_ms }, { limit: 1 })).events;
  if (!event) throw new Error("There is no event to ask about: the index is empty.");
  return event;
}

const is = (field: Field, value: string): Condition => ({ op: "is", field, values: [value] });
const all = (...of: readonly Condition[]): Condition => ({ op: "all", of: [is("tenant", "town"), ...of] });
const below = (random: Random, count: number): number => Math.floor(random() * count);
const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[below(random, items.length)] ?? items[0];

const weekIn = ({ from_ms, to_ms }: Town, random: Random) => spanIn(from_ms, to_ms, WEEK_MS, random);

function spanIn(from_ms: number, to_ms: number, length_ms: number, random: Random) {
  const begin_ms = from_ms + below(random, Math.max(1, to_ms - from_ms - length_ms));
  return { from_ms: begin_ms, to_ms: begin_ms + length_ms };
}

async function found(index: EventIndex, query: EventQuery, cursor?: string): Promise<number> {
  const page = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
  return (await index.search(query, page)).events.length;
}

const CAMERAS_ASKED = 20;
const CORNERS_ASKED = 4;

/** What a dispatcher asks; every question names the tenant, as the API's do. */
const QUESTIONS: readonly (readonly [string, Question])[] = [
  [
    "camera, label, week",
    (index, { town, random }) => {
      const where = all(
        is("source", `camera/${cameraName(below(random, CAMERAS_ASKED))}`),
        is("label", pick(random, ["person", "car", "dog"])),
      );
      return found(index, { ...weekIn(town, random), where });
    },
  ],
  [
    "zone at night, month",
    (index, { town, random }) => {
      const span = spanIn(town.from_ms, town.to_ms, 30 * DAY_MS, random);
      const hours = { from_min: 22 * 60, to_min: 6 * 60, timezone: "Europe/Kyiv" };
      const zone = zoneName(below(random, CAMERAS_ASKED), below(random, CORNERS_ASKED));
      return found(index, { ...span, hours, where: all(is("zone", zone)) });
    },
  ],
  [
    "300 m around, all time",
    (index, { random }) => {
      const { latitude, longitude } = cameraPlace(below(random, CAMERAS_ASKED));
      const center = { latitude: latitude + 0.002 * random(), longitude: longitude + 0.002 * random() };
      return found(index, { where: all({ op: "circle", center, radius_m: 300 }) });
    },
  ],
  [
    "rare code, all time",
    (index, { random }) => found(index, { where: all({ op: "words", text: lentVehicle(random) }) }),
  ],
  [
    "two common words, week",
    (index, { town, random }) => {
      const text = pick(random, ["людина зона", "автобус запізнення", "car view", "остановка вулиця"]);
      return found(index, { ...weekIn(town, random), where: all({ op: "words", text }) });
    },
  ],
  [
    "hours of a label, month",
    async (index, { town, random }) => {
      const span = spanIn(town.from_ms, town.to_ms, 30 * DAY_MS, random);
      const where = all(is("label", pick(random, ["person", "car", "dog"])));
      const buckets = await index.histogram({ ...span, where }, { every: "hour", timezone: "Europe/Kyiv" });
      return buckets.length;
    },
  ],
  ["by id", async (index, { event }) => ((await index.get(event.occurrence)) ? 1 : 0)],
  [
    "four filters, all time",
    (index, { random }) => {
      const camera = below(random, CAMERAS_ASKED);
      const where = all(
        is("zone", zoneName(camera, 3)),
        is("label", pick(random, ["dog", "bus", "truck"])),
        is("type", "yard.presence"),
        { op: "measure", measure: "duration_s", min: 30 },
      );
      return found(index, { where });
    },
  ],
  [
    "deep page",
    (index, { random, event }) =>
      found(index, { where: all(is("label", pick(random, ["person", "car"]))) }, event.occurrence),
  ],
  [
    "neighbours in place and time",
    (index, { event }) => {
      const at_ms = Date.parse(event.time);
      const [latitude = 0, longitude = 0] = event.place?.slice("geo:".length).split(",").map(Number) ?? [];
      const circle: Condition = { op: "circle", center: { latitude, longitude }, radius_m: 500 };
      return found(index, {
        from_ms: at_ms - 10 * MINUTE_MS,
        to_ms: at_ms + 10 * MINUTE_MS,
        where: all(circle),
      });
    },
  ],
];

/** Bytes of all files of an index. */
export function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

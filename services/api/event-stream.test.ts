import { setTimeout as sleep } from "node:timers/promises";
import type { EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import { eventually } from "@yardline/testkit/eventually";
import { expect, test } from "vitest";
import { memoryBus } from "./testing/fakes.ts";
import { listenTo, servedBus } from "./testing/listening.ts";
import { presence, stopVisit } from "./testing/scenes.ts";

const EVENTS = Array.from({ length: 6 }, (_, n) => presence(n));
const OCCURRENCES = EVENTS.map(({ occurrence }) => occurrence);

test("an event comes as soon as it is said, in the words of the standard", async () => {
  const { bus, stream } = await servedBus();
  const { response, heard } = await listenTo(stream);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  bus.say(presence());
  await eventually(() => expect(heard).toHaveLength(2));
  expect(heard[0]?.text).toBe("retry: 2000");
  expect(heard[1]?.text).toMatch(/^id: p1\nevent: event\ndata: \{"specversion":"1.0",[^\n]*\}$/);
  expect(heard[1]?.data).toMatchObject({ ...presence(), links: { self: expect.any(String) } });
});

test("revisions and withdrawals come one after the other", async () => {
  const { bus, stream } = await servedBus();
  const { heard } = await listenTo(stream);
  bus.say(presence(), presence(0, { revision: 2, state: "closed" }));
  bus.say(presence(0, { revision: 3, state: "withdrawn" }));
  await eventually(() => expect(heard).toHaveLength(4));
  expect(heard.slice(1).map(({ data }) => data?.state)).toEqual(["open", "closed", "withdrawn"]);
});

test.for([
  { query: "type=transit.stop-visit", hears: ["bus"] },
  { query: "source=camera/yard", hears: ["person"] },
  { query: "label=person&label=dog", hears: ["person"] },
  { query: "label=3", hears: ["bus"] },
  { query: "bbox=24,49,25,50", hears: ["person"] },
  { query: "near=49.84,24.03,50", hears: ["person"] },
  { query: "type=yard.presence&type=transit.stop-visit", hears: ["person", "bus"] },
])("?$query hears $hears", async ({ query, hears }) => {
  const { bus, stream } = await servedBus();
  const { heard } = await listenTo(`${stream}?${query}`);
  const elsewhere = { place: { latitude: 0, longitude: 0 } };
  const events = { person: presence(1), bus: stopVisit(2, elsewhere) };
  const stranger = presence(3, { tenant: "neighbour" });
  const last = presence(4, { ...elsewhere, source: "camera/other", data: { label: "cat" } });
  bus.say(events.person, stranger, events.bus, last);
  await eventually(() => expect(heard.length).toBeGreaterThan(hears.length));
  await sleep(30);
  const wanted = Object.entries(events).flatMap(([name, event]) =>
    hears.includes(name) ? [event.occurrence] : [],
  );
  expect(heard.slice(1, 1 + wanted.length).map(({ data }) => data?.occurrence)).toEqual(wanted);
  expect(heard.map(({ data }) => data?.tenant)).not.toContain("neighbour");
});

test.for([
  { how: "Last-Event-ID, from the ring", headers: { "last-event-id": "p2" }, query: "", before: 0 },
  { how: "?after=, from the ring", headers: {}, query: "?after=p2", before: 0 },
  {
    how: "the header goes before the parameter",
    headers: { "last-event-id": "p2" },
    query: "?after=p5",
    before: 0,
  },
  { how: "from the bus, said before we started", headers: { "last-event-id": "p2" }, query: "", before: 6 },
  { how: "from the bus into the ring", headers: { "last-event-id": "p2" }, query: "", before: 4 },
])("resumes after p2: $how", async ({ headers, query, before }) => {
  const bus = memoryBus();
  bus.say(...EVENTS.slice(0, before));
  const { stream, url } = await servedBus({ bus });
  const watcher = await listenTo(stream);
  bus.say(...EVENTS.slice(before));
  await eventually(() => expect(watcher.occurrences()).toEqual(OCCURRENCES.slice(before)));
  const { occurrences } = await listenTo(`${url}/v1/events/stream${query}`, headers);
  await eventually(() => expect(occurrences()).toEqual(OCCURRENCES.slice(2)));
  bus.say(presence(100));
  await eventually(() => expect(occurrences()).toEqual([...OCCURRENCES.slice(2), presence(100).occurrence]));
});

test("nothing is missed or doubled, however often a listener is cut off", async () => {
  const { bus, stream } = await servedBus({ limits: { ring_events_max: 20 } });
  const events = Array.from({ length: 300 }, (_, n) => presence(n));
  const got: string[] = [];
  let last: string | undefined;
  const talking = (async () => {
    for (const event of events) {
      bus.say(event);
      await sleep(1);
    }
  })();
  while (got.length < events.length) {
    const headers: Record<string, string> = last === undefined ? {} : { "last-event-id": last };
    const listener = await listenTo(got.length === 0 ? `${stream}?after=p0` : stream, headers);
    const enough = got.length + 7;
    await eventually(() =>
      expect(got.length + listener.occurrences().length).toBeGreaterThanOrEqual(
        Math.min(enough, events.length),
      ),
    );
    listener.hangUp();
    got.push(...listener.occurrences());
    last = listener.heard.findLast(({ id }) => id !== undefined)?.id;
  }
  await talking;
  expect(got).toEqual(events.map(({ occurrence }) => occurrence));
});

test("a quiet stream is alive: heartbeats name the place reached, past what was not wanted", async () => {
  const { bus, stream } = await servedBus({ limits: { heartbeat_ms: 20 } });
  const { heard } = await listenTo(`${stream}?type=transit.stop-visit`);
  await eventually(() => expect(heard.at(-1)?.text).toBe(":"));
  bus.say(presence());
  await eventually(() => expect(heard.at(-1)?.text).toBe(":\nid: p1"));
});

test("one that resumes at the newest event after a restart hears heartbeats too, then goes on", async () => {
  const bus = memoryBus();
  bus.say(...EVENTS);
  const { stream } = await servedBus({ bus, limits: { heartbeat_ms: 20 } });
  const { heard, occurrences } = await listenTo(stream, { "last-event-id": "p6" });
  await eventually(() => expect(heard.at(-1)?.text).toBe(":\nid: p6"));
  bus.say(presence(50), presence(51));
  await eventually(() =>
    expect(occurrences()).toEqual([presence(50), presence(51)].map((event) => event.occurrence)),
  );
});

test.for([
  { headers: { "last-event-id": "nonsense" }, query: "" },
  { headers: { "last-event-id": "a b" }, query: "" },
  { headers: { "last-event-id": "x".repeat(501) }, query: "" },
  { headers: {}, query: "?after=p1%0aevent:x" },
  { headers: {}, query: "?text=person" },
  { headers: {}, query: "?bbox=3,2,1,0" },
])("$headers $query is refused", async ({ headers, query }) => {
  const memory = memoryBus();
  const bus: EventBus = {
    ...memory,
    tail(topic, position, signal) {
      if (/^p\d+$/.test(position)) return memory.tail(topic, position, signal);
      throw new AppError("BUS_POSITION", `"${position}" is no position of this bus.`);
    },
  };
  const { stream, metric } = await servedBus({ bus });
  const response = await fetch(stream + query, { headers });
  expect([response.status, response.headers.get("content-type")]).toEqual([
    400,
    "application/problem+json; charset=utf-8",
  ]);
  await eventually(() => metric("yardline_api_listeners 0"));
});

test("what is no event is skipped and counted", async () => {
  const { bus, stream, metric } = await servedBus();
  const { occurrences } = await listenTo(stream);
  bus.publishBytes(Buffer.from("{"));
  bus.publishBytes(Uint8Array.of(0xff));
  bus.publishBytes(Buffer.from(JSON.stringify({ ...presence(), occurrence: "../../etc" })));
  bus.say(presence(9));
  await eventually(() => expect(occurrences()).toEqual([presence(9).occurrence]));
  await metric("yardline_api_records_unreadable_total 3");
});

test("a bus that fails is asked again, from where it stopped", async () => {
  const memory = memoryBus();
  let failures = 2;
  const bus: EventBus = {
    ...memory,
    async *tail(topic, position, signal) {
      for await (const batch of memory.tail(topic, position, signal)) {
        yield batch;
        if (failures-- > 0) throw new AppError("BUS_UNAVAILABLE", "The disk is full.", { retryable: true });
      }
    },
  };
  const { stream, metric } = await servedBus({ bus, limits: { tail_retry_ms: 10 } });
  const { occurrences } = await listenTo(stream);
  for (const event of EVENTS) {
    memory.say(event);
    await sleep(20);
  }
  await eventually(() => expect(occurrences()).toEqual(OCCURRENCES));
  await metric("yardline_api_tail_failures_total 2");
});

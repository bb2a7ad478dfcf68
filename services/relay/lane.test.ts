import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { type BusRecord, type EventBus, OLDEST } from "@yardline/bus/event-bus";
import { take } from "@yardline/bus/testing";
import { AppError } from "@yardline/domain/errors";
import { systemClock } from "@yardline/domain/time";
import { readDeadLetter } from "@yardline/indexer/dead-letters";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { runLane } from "./lane.ts";
import { type Region, RegionRefusal } from "./region-client.ts";
import { counted, testFolder } from "./testing/region.ts";
import type { Receipt, WireRecord } from "./wire.ts";

const text = (n: string): BusRecord => ({
  key: n,
  source: "camera/north-1",
  body: new TextEncoder().encode(n),
});

type LaneBus = Pick<EventBus, "subscribe" | "lag" | "publish">;

/** A lane from a real bus to a region that answers as told. What got through, batch by batch, and what is among the dead letters. */
async function open(answer: (records: readonly WireRecord[]) => Receipt | Error) {
  const folder = await testFolder();
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  const batches: string[][] = [];
  const ends: AbortController[] = [];
  const runs: Promise<void>[] = [];

  const region: Pick<Region, "send"> = {
    async send(_topic, records, signal) {
      signal.throwIfAborted();
      const answered = answer(records);
      if (answered instanceof Error) throw answered;
      batches.push(records.map(({ body }) => body));
      return answered;
    },
  };
  function start(parts: { bus?: LaneBus } = {}): void {
    const end = new AbortController();
    ends.push(end);
    const options = { bus, clock: systemClock, random: () => 0, log: pino({ level: "silent" }), ...parts };
    runs.push(runLane("events", region, { ...options, signal: end.signal }));
  }
  async function stop(): Promise<void> {
    for (const end of ends) end.abort();
    await Promise.all(runs);
  }
  onTestFinished(async () => {
    await stop();
    await bus.close();
  });
  async function aside(): Promise<readonly string[]> {
    const count = await bus.lag("dead-letters", "nobody");
    const letters = await take(bus.tail("dead-letters", OLDEST, new AbortController().signal), count);
    return letters.map(({ body }) => {
      const { key, reason } = readDeadLetter(body);
      return `${key} ${/\((.*?)\)/.exec(reason)?.[1]}`;
    });
  }
  return { bus, batches, aside, start, stop, lag: () => bus.lag("events", "relay") };
}

const all = (records: readonly WireRecord[]): Receipt => ({ taken: records.length, refused: [] });
const away = new AppError("PEER_UNREACHABLE", "The line is cut.", { retryable: true });

test("goes on where it stopped, and counts a batch as sent only when its receipt came", async () => {
  let answer: Receipt | Error = away;
  const lane = await open((records) => (answer instanceof Error ? answer : all(records)));
  await lane.bus.publish("events", [text("1"), text("2")]);
  lane.start();
  await eventually(async () =>
    expect(await counted("yardline_relay_lag_records", { topic: "events" })).toBe(2),
  );
  await lane.stop();
  expect([await lane.lag(), lane.batches]).toEqual([2, []]);
  answer = all([]);
  lane.start();
  await lane.bus.publish("events", [text("3")]);
  await eventually(async () => expect(await lane.lag()).toBe(0));
  expect(lane.batches.flat()).toEqual(["1", "2", "3"]);
});

test("what the region refuses, and what cannot even travel, is set aside by name; the rest goes through", async () => {
  const lane = await open((records) => ({
    taken: records.length - 1,
    refused: [{ at: 1, code: "TENANT_FOREIGN", reason: "It speaks for another." }],
  }));
  const before = await counted("yardline_relay_records_set_aside_total");
  const unfit = [
    { ...text("b"), body: Uint8Array.of(0xff) },
    { ...text("c"), source: "" },
  ];
  await lane.bus.publish("events", [text("a"), ...unfit, text("d"), text("e")]);
  lane.start();
  await eventually(async () => expect(await lane.lag()).toBe(0));
  expect(lane.batches).toEqual([["a", "d", "e"]]);
  expect(await lane.aside()).toEqual(["b RECORD_UNFIT", "c RECORD_UNFIT", "d TENANT_FOREIGN"]);
  expect(await counted("yardline_relay_records_set_aside_total")).toBe(before + 3);
});

test("a batch that is too large is halved until it fits, in order; what is too large alone is set aside", async () => {
  const lane = await open((records) =>
    records.length > 2 || records.some(({ body }) => body === "huge")
      ? new RegionRefusal("BATCH_TOO_LARGE", "Too large.", undefined)
      : all(records),
  );
  await lane.bus.publish("events", ["1", "2", "3", "huge", "5", "6", "7"].map(text));
  lane.start();
  await eventually(async () => expect(await lane.lag()).toBe(0));
  expect(lane.batches.flat()).toEqual(["1", "2", "3", "5", "6", "7"]);
  expect(await lane.aside()).toEqual(["huge BATCH_TOO_LARGE"]);
});

test("a megabyte of bodies is a batch's share", async () => {
  const lane = await open(all);
  const large = (n: string): BusRecord => ({ ...text(n), body: new TextEncoder().encode(n.repeat(400_000)) });
  await lane.bus.publish("events", ["a", "b", "c", "d", "e"].map(large));
  lane.start();
  await eventually(async () => expect(await lane.lag()).toBe(0));
  expect(lane.batches.map((batch) => batch.map(([first]) => first).join(""))).toEqual(["ab", "cd", "e"]);
});

test("a region that refuses the whole edge keeps it waiting and loses nothing", async () => {
  let refusals = 2;
  const revoked = new RegionRefusal("EDGE_REVOKED", "Taken out of service.", 1);
  const lane = await open((records) => (refusals-- > 0 ? revoked : all(records)));
  const before = await counted("yardline_relay_waits_total", { code: "EDGE_REVOKED" });
  await lane.bus.publish("events", [text("1")]);
  lane.start();
  await eventually(() => expect(lane.batches).toEqual([["1"]]));
  expect(await counted("yardline_relay_waits_total", { code: "EDGE_REVOKED" })).toBe(before + 2);
  expect(await lane.bus.lag("dead-letters", "nobody")).toBe(0);
});

test("what cannot be set aside is sent again: it is not lost on the way", async () => {
  let full = true;
  const noRoom = new AppError("BUS_UNAVAILABLE", "The disk is full.", { retryable: true });
  const lane = await open(() => ({
    taken: 0,
    refused: [{ at: 0, code: "SOURCE_FOREIGN", reason: "Not its own." }],
  }));
  await lane.bus.publish("events", [text("1")]);
  const bus: LaneBus = {
    subscribe: (...args) => lane.bus.subscribe(...args),
    lag: (...args) => lane.bus.lag(...args),
    publish: (...args) => (full ? Promise.reject(noRoom) : lane.bus.publish(...args)),
  };
  lane.start({ bus });
  await eventually(() => expect(lane.batches).toEqual([["1"]]));
  expect(await lane.lag()).toBe(1);
  full = false;
  await eventually(async () => expect(await lane.lag()).toBe(0));
});

test("a bus that no waiting mends ends it with the reason", async () => {
  const damaged = new AppError("STORE_DAMAGED", "The file is damaged.");
  const bus: LaneBus = {
    lag: async () => 0,
    publish: async () => undefined,
    subscribe: () => {
      throw damaged;
    },
  };
  const parts = {
    bus,

    clock: systemClock,
    random: () => 0,
    log: pino({ level: "silent" }),
  };
  const run = runLane(
    "events",
    { send: async () => all([]) },
    { ...parts, signal: new AbortController().signal },
  );
  await expect(run).rejects.toBe(damaged);
});

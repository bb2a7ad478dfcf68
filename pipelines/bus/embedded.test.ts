import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import type { BusWatch } from "./bus-watch.ts";
import { openEmbeddedBus } from "./embedded.ts";
import { describeEventBus, take, textsOf } from "./testing.ts";

const DAY_MS = 86_400_000;
const noon = Date.parse("2026-11-22T12:00:00Z");
const record = (text: string) => ({ key: "a", source: "test", body: new TextEncoder().encode(text) });
const soon = () => AbortSignal.timeout(10_000);

const makeFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bus-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** A bus at a wall-clock time that the test sets, with what it told. */
async function openAt(folder: string, start_ms: number, keep_ms?: number) {
  const told: string[] = [];
  const watch: BusWatch = {
    published: (topic, records) => told.push(`published ${topic} ${records}`),
    refused: (topic, records) => told.push(`refused ${topic} ${records}`),
    failed: (topic, records, { code }) => told.push(`failed ${topic} ${records} ${code}`),
    expired: (topic, day) => told.push(`expired ${topic} ${day}`),
    lagging: (topic, group, records) => told.push(`lagging ${topic} ${group} ${records}`),
    rejoining: () => {},
    said: () => {},
  };
  let now_ms = start_ms;
  const clock = { now_ms: () => now_ms, monotonic_ms: () => performance.now() };
  const bus = await openEmbeddedBus({ folder, clock, watch, ...(keep_ms !== undefined && { keep_ms }) });
  onTestFinished(() => bus.close());
  const setClock = (to_ms: number) => {
    now_ms = to_ms;
  };
  return { bus, told, setClock };
}

describeEventBus("the embedded bus", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bus-"));
  return {
    open: () => openEmbeddedBus({ folder, clock: systemClock }),
    remove: () => rm(folder, { recursive: true }),
  };
});

test("calls that wait together share one transaction", async () => {
  const { bus, told } = await openAt(await makeFolder(), noon);
  await Promise.all(Array.from({ length: 1000 }, (_, n) => bus.publish("events", [record(`${n}`)])));
  expect(told).toEqual(["published events 1000"]);
});

test("a call too many is refused whole, and accepted a little later", async () => {
  const { bus, told } = await openAt(await makeFolder(), noon);
  const many = (count: number) => Array.from({ length: count }, (_, n) => record(`${n}`));
  const first = bus.publish("positions", many(60_000));
  await expect(bus.publish("positions", many(1))).rejects.toMatchObject({
    code: "BUS_UNAVAILABLE",
    retryable: true,
  });
  await first;
  await bus.publish("positions", many(1));
  expect(told).toEqual(["refused positions 1", "published positions 60000", "published positions 1"]);
});

test("a waiting reader has a record within milliseconds", async () => {
  const { bus } = await openAt(await makeFolder(), noon);
  const waits: number[] = [];
  const reader = bus.tail("events", await bus.end("events"), soon())[Symbol.asyncIterator]();
  for (let n = 0; n < 50; n++) {
    const next = reader.next();
    await bus.publish("events", [record(`${n}`)]);
    const published_ms = performance.now();
    await next;
    waits.push(performance.now() - published_ms);
  }
  // The median, since other work may take the processor away now and then.
  expect(waits.toSorted((a, b) => a - b)[25]).toBeLessThan(5);
});

test("days follow each other without a gap, and the old ones go", async () => {
  const folder = await makeFolder();
  const { bus, told, setClock } = await openAt(folder, noon, DAY_MS);
  for (const day of [0, 1, 2, 3]) {
    setClock(noon + day * DAY_MS);
    await bus.publish("events", [record(`${day}a`), record(`${day}b`)]);
    if (day === 0)
      expect(textsOf(await take(bus.tail("events", "2026-11-22:1", soon()), 1))).toEqual(["a:0b"]);
  }
  await bus.publish("events", [record("last")]);
  expect(told.filter((line) => line.startsWith("expired"))).toEqual(["expired events 2026-11-22"]);
  expect((await readdir(join(folder, "events"))).filter((name) => name.startsWith("2026-11-22"))).toEqual([]);
  expect(await bus.lag("events", "group")).toBe(7);
  const kept = ["a:1a", "a:1b", "a:2a", "a:2b", "a:3a", "a:3b", "a:last"];
  expect(textsOf(await take(bus.subscribe("events", "group", soon()), 7))).toEqual(kept);
  // A page that comes back after days goes on with the oldest that is kept.
  expect(textsOf(await take(bus.tail("events", "2026-11-22:1", soon()), 7))).toEqual(kept);
});

test("each topic is kept for as long as it is declared to be", async () => {
  const { bus, told, setClock } = await openAt(await makeFolder(), noon);
  for (const day of [0, 1, 2, 3, 4]) {
    setClock(noon + day * DAY_MS);
    await bus.publish("events", [record(`${day}`)]);
    await bus.publish("positions", [record(`${day}`)]);
  }
  await eventually(() => expect(told).toContain("expired positions 2026-11-22"));
  expect(told.filter((line) => line.startsWith("expired events"))).toEqual([]);
});

test("says each second how far a group is behind, also while it handles nothing", async () => {
  const { bus, told } = await openAt(await makeFolder(), noon);
  await bus.publish("events", [record("1"), record("2")]);
  const reader = bus.subscribe("events", "slow", soon())[Symbol.asyncIterator]();
  await reader.next();
  await eventually(() => expect(told).toContain("lagging events slow 2"));
  await reader.return?.();
});

test("a town that was off for weeks forgets its old days at start, but not its offsets", async () => {
  const folder = await makeFolder();
  const before = await openAt(folder, noon, DAY_MS);
  await before.bus.publish("events", [record("1")]);
  before.setClock(noon + DAY_MS);
  await before.bus.publish("events", [record("2")]);
  await before.bus.close();
  const after = await openAt(folder, noon + 30 * DAY_MS, DAY_MS);
  expect(after.told).toEqual(["expired events 2026-11-22"]);
  await after.bus.publish("events", [record("3")]);
  expect(textsOf(await take(after.bus.tail("events", "2026-11-23:2", soon()), 1))).toEqual(["a:3"]);
});

test("a clock that jumps back does not reopen the day before", async () => {
  const { bus, setClock } = await openAt(await makeFolder(), noon);
  await bus.publish("events", [record("1")]);
  setClock(noon - DAY_MS);
  await bus.publish("events", [record("2")]);
  const taken = await take(bus.subscribe("events", "group", soon()), 2);
  expect(taken.map(({ position }) => position)).toEqual(["2026-11-22:1", "2026-11-22:2"]);
});

test("a position or an offset of a folder that was made anew goes on from now", async () => {
  const folder = await makeFolder();
  const { bus } = await openAt(folder, noon);
  await bus.publish("events", [record("old")]);
  const tail = take(bus.tail("events", "2026-11-22:900", soon()), 1);
  await bus.publish("events", [record("new")]);
  expect(textsOf(await tail)).toEqual(["a:new"]);
});

test("a second Yardline on the same folder is refused by name", async () => {
  const folder = await makeFolder();
  await openAt(folder, noon);
  await expect(openAt(folder, noon)).rejects.toMatchObject({ code: "STORE_IN_USE" });
});

test.for([
  [
    "a foreign file",
    "events/2026-11-22.sqlite",
    "no database at all, but long enough to be looked at".repeat(30),
  ],
  ["a damaged list of offsets", "offsets.sqlite", "\0".repeat(8192)],
])("%s gives one clear error", async ([, name = "", content = ""]) => {
  const folder = await makeFolder();
  const { bus } = await openAt(folder, noon);
  await bus.publish("events", [record("1")]);
  await bus.close();
  await writeFile(join(folder, name), content);
  await expect(openAt(folder, noon)).rejects.toMatchObject({
    code: expect.stringMatching(/^STORE_(DAMAGED|FOREIGN)$/),
    message: expect.stringContaining("Move it away"),
  });
  expect(existsSync(join(folder, name))).toBe(true);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BusRecord, EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import { anchorOf } from "@yardline/events/identity";
import { readEvent } from "@yardline/events/read-event";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { gapOf } from "./fixtures/gap.ts";
import { openProducer } from "./open-occurrences.ts";
import { UPDATE_EVERY_MS } from "./revise.ts";
import { openSqliteRecords } from "./sqlite.ts";

const DAY_MS = 86_400_000;

async function scene() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-producer-"));
  const clock = handClock(DAY_MS);
  const said: string[] = [];
  const bus = {
    up: true,
    async publish(_topic: string, batch: readonly BusRecord[]) {
      if (!bus.up) throw new AppError("BUS_UNAVAILABLE", "The disk is full.", { retryable: true });
      for (const { body } of batch) {
        const { revision, state, data, backfilled } = readEvent(body);
        const late = backfilled ? " backfilled" : "";
        said.push(`${data["camera"]} ${revision} ${state} ${data["attempts"]}${late}`);
      }
    },
  };
  let records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  const open = () =>
    openProducer({
      name: "edge",
      tenant: "town",
      bus: bus as unknown as EventBus,
      records,
      clock,
      remember_ms: 7 * DAY_MS,
    });
  return {
    said,
    bus,
    clock,
    records: () => records,
    open,
    async restart() {
      await records.close();
      records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
      return open();
    },
  };
}

test("opened, told again in vain, updated when it is time, closed at once", async () => {
  const { said, clock, open } = await scene();
  const producer = await open();
  await producer.state([gapOf({})]);
  await producer.state([gapOf({ state: "updated" })]);
  await producer.state([gapOf({ state: "updated", attempts: 1 })]);
  clock.advance(UPDATE_EVERY_MS);
  await producer.state([gapOf({ state: "updated", attempts: 2 })]);
  await producer.state([gapOf({ state: "closed", attempts: 3 })]);
  await producer.state([gapOf({ state: "closed", attempts: 3 })]);
  expect(said).toEqual(["yard-1 0 open 0", "yard-1 1 updated 2", "yard-1 2 closed 3"]);
  expect(producer.listOpen()).toEqual([]);
});

test("a burst is one publish, each occurrence under its own revision", async () => {
  const { said, open } = await scene();
  const producer = await open();
  await producer.state([
    gapOf({ camera: "a" }),
    gapOf({ camera: "b" }),
    gapOf({ camera: "a", state: "closed" }),
  ]);
  expect(said).toEqual(["a 0 open 0", "b 0 open 0", "a 1 closed 0"]);
});

test("a closed occurrence is corrected under the next revision, after a restart too", async () => {
  const { said, open, restart } = await scene();
  const producer = await open();
  await producer.state([gapOf({ state: "closed" })]);
  await producer.state([gapOf({ camera: "other" })]);
  await producer.state([gapOf({ state: "closed", attempts: 5 })]);
  const again = await restart();
  await again.state([gapOf({ state: "closed", attempts: 5 }), gapOf({ state: "withdrawn", attempts: 6 })]);
  expect(said.filter((line) => line.startsWith("yard-1"))).toEqual([
    "yard-1 0 closed 0",
    "yard-1 1 closed 5",
    "yard-1 1 closed 5", // Said once more after the restart, word for word.
    "yard-1 2 withdrawn 6",
  ]);
});

test("whether it was learnt too late is settled by the first statement, and after a restart still", async () => {
  const { said, open, restart } = await scene();
  const producer = await open();
  const [late, live] = [gapOf({}), gapOf({ camera: "other" })];
  await producer.state([{ ...late, backfilled: true }, live]);
  await producer.state([late, { ...live, backfilled: true }]);
  expect(said).toHaveLength(2);
  const again = await restart();
  await again.state([gapOf({ state: "closed", attempts: 1 })]);
  await again.state([{ ...gapOf({ camera: "other", state: "closed", attempts: 1 }), backfilled: true }]);
  expect(said.slice(-2)).toEqual(["yard-1 1 closed 1 backfilled", "other 1 closed 1"]);
});

test("what was open before a restart is given back and told once more, word for word", async () => {
  const { said, open, restart } = await scene();
  await (await open()).state([gapOf({ camera: "a" }), gapOf({ camera: "b" })]);
  const again = await restart();
  expect(
    again
      .listOpen()
      .map(({ data }) => data["camera"])
      .toSorted(),
  ).toEqual(["a", "b"]);
  expect(said.toSorted()).toEqual(["a 0 open 0", "a 0 open 0", "b 0 open 0", "b 0 open 0"]);
});

test("what the bus refused is published by the next call, before anything newer", async () => {
  const { said, bus, open } = await scene();
  const producer = await open();
  bus.up = false;
  await expect(producer.state([gapOf({})])).rejects.toMatchObject({ code: "BUS_UNAVAILABLE" });
  bus.up = true;
  await producer.state([gapOf({ state: "closed", attempts: 1 })]);
  expect(said).toEqual(["yard-1 0 open 0", "yard-1 1 closed 1"]);
});

test("one malformed statement harms no other, of its call or later", async () => {
  const { said, open } = await scene();
  const producer = await open();
  const bored = { ...gapOf({}), data: { ...gapOf({}).data, why: "bored" } };
  const never = { ...gapOf({}), data: { ...gapOf({}).data, since: "never" } };
  await expect(producer.state([never, gapOf({ camera: "b" }), bored])).rejects.toMatchObject({
    code: "IDENTITY_ANCHOR",
  });
  await expect(producer.state([bored])).rejects.toMatchObject({ code: "EVENT_MALFORMED", retryable: false });
  await producer.state([gapOf({})]);
  expect(said).toEqual(["b 0 open 0", "yard-1 0 open 0"]);
});

test("a clock that was set back silences nobody", async () => {
  const { said, clock, open } = await scene();
  const producer = await open();
  await producer.state([gapOf({})]);
  clock.setNow(DAY_MS - 3_600_000);
  await producer.state([gapOf({ state: "updated", attempts: 1 })]);
  expect(said).toEqual(["yard-1 0 open 0", "yard-1 1 updated 1"]);
});

test("what ended is remembered as long as it can be corrected, whatever the clock says, and then forgotten", async () => {
  const { said, clock, records, open } = await scene();
  const producer = await open();
  const at = (since_ms: number, attempts: number) => {
    const gap = gapOf({ state: "closed", attempts });
    return { ...gap, data: { ...gap.data, since: new Date(since_ms).toISOString() } };
  };
  await producer.state([at(0, 1)]);
  clock.setNow(Date.parse("2099-01-01"));
  await producer.state([at(6 * DAY_MS, 2)]);
  await producer.state([at(0, 3)]);
  expect(said.at(-1)).toBe("yard-1 1 closed 3");
  await producer.state([at(8 * DAY_MS, 4)]);
  await producer.state([at(13 * DAY_MS, 5)]);
  const remembered = await records().list("closed-occurrence/edge");
  expect(remembered.map(({ id }) => anchorOf(id) / DAY_MS)).toEqual([6, 8]);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeadLetter } from "@yardline/bus/dead-letter";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import { systemClock } from "@yardline/domain/time";
import { cameraLost } from "@yardline/events/camera-lost";
import { stateEvent } from "@yardline/events/event-type";
import { writeEvent } from "@yardline/events/write-event";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { type IndexerParts, runIndexer } from "./indexer.ts";
import { listDeadLetters } from "./retry-dead-letters.ts";

const text = (body: string) => new TextEncoder().encode(body);

function gap(camera: string, revision = 0) {
  const data = {
    camera,
    since: "2026-11-22T06:00:00.000Z",
    why: "silent" as const,
    attempts: revision,
  };
  const statement = { source: `camera/${camera}`, tenant: "town", severity: "notice" } as const;
  return stateEvent(cameraLost, data, { ...statement, revision, state: revision === 0 ? "open" : "updated" });
}

async function town() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-indexer-"));
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  const index = await openEmbeddedIndex({ folder: join(folder, "index") });
  const log = pino({ level: "silent" });
  const running: Promise<void>[] = [];
  const stop = new AbortController();
  onTestFinished(async () => {
    stop.abort();
    await Promise.allSettled(running);
    await Promise.all([bus.close(), index.close()]);
    await rm(folder, { recursive: true });
  });
  const publish = (bodies: readonly Uint8Array[]) =>
    bus.publish(
      "events",
      bodies.map((body, n) => ({ key: `${n}`, source: "camera/test", body })),
    );
  const start = (other: Partial<IndexerParts> = {}) => {
    const parts = { bus, index, clock: systemClock, log, signal: stop.signal, ...other };
    const run = runIndexer(parts);
    running.push(run.catch(() => {}));
    return run;
  };
  const found = async () => {
    const { events } = await index.search({}, { limit: 200 });
    return events.map(({ data, revision }) => `${data["camera"]} ${revision}`).toSorted();
  };
  return { bus, index, publish, start, found };
}

test("what is published is found", async () => {
  const { bus, publish, start, found } = await town();
  await publish([gap("a"), gap("b")].map(writeEvent));
  void start();
  await eventually(async () => expect(await found()).toEqual(["a 0", "b 0"]));
  await publish([gap("b", 1), gap("a", 0)].map(writeEvent));
  await eventually(async () => expect(await found()).toEqual(["a 0", "b 1"]));
  await eventually(async () => expect(await bus.lag("events", "indexer")).toBe(0));
});

test("it goes on where it stopped", async () => {
  const { bus, publish, start, found } = await town();
  const first = new AbortController();
  const run = start({ signal: first.signal });
  await publish([writeEvent(gap("a"))]);
  await eventually(async () => expect(await bus.lag("events", "indexer")).toBe(0));
  first.abort();
  await run;
  await publish([writeEvent(gap("b"))]);
  expect(await found()).toEqual(["a 0"]);
  void start();
  await eventually(async () => expect(await found()).toEqual(["a 0", "b 0"]));
});

test("while the index is away nothing is lost, and it stops when it is told to", async () => {
  const { bus, index, publish, start, found } = await town();
  const away = new AppError("INDEX_UNAVAILABLE", "The disk is full.", { retryable: true });
  let isAway = true;
  const flaky: Pick<EventIndex, "put"> = {
    put: (events) => (isAway ? Promise.reject(away) : index.put(events)),
  };
  const stop = new AbortController();
  const first = start({ index: flaky, signal: stop.signal });
  await publish([writeEvent(gap("a"))]);
  await eventually(async () => expect(await bus.lag("events", "indexer")).toBe(1));
  stop.abort();
  await first;
  void start({ index: flaky });
  await publish([writeEvent(gap("b"))]);
  expect(await found()).toEqual([]);
  isAway = false;
  await eventually(async () => expect(await found()).toEqual(["a 0", "b 0"]));
});

test("an index that no waiting mends ends it with the reason", async () => {
  const { publish, start } = await town();
  const damaged = new AppError("STORE_DAMAGED", "The file is damaged.");
  const run = start({ index: { put: () => Promise.reject(damaged) } });
  await publish([writeEvent(gap("a"))]);
  await expect(run).rejects.toBe(damaged);
});

test("a record that is no event is set aside with the reason, and the others of its batch are found", async () => {
  const { bus, publish, start, found } = await town();
  const long = text("x".repeat(300_000));
  await publish([writeEvent(gap("a")), text("{"), long, writeEvent(gap("b"))]);
  void start();
  await eventually(async () => expect(await found()).toEqual(["a 0", "b 0"]));
  const [broken, tooLong, ...none] = await letters(bus);
  expect(none).toEqual([]);
  expect(broken).toMatchObject({
    topic: "events",
    key: "1",
    source: "camera/test",
    reason: expect.stringContaining("This is not an event"),
    bytes: 1,
    body_base64: Buffer.from("{").toString("base64"),
  });
  expect(tooLong).toMatchObject({
    key: "2",
    bytes: 300_000,
    reason: expect.stringContaining("300000 bytes"),
  });
  expect(Buffer.from(tooLong?.body_base64 ?? "", "base64")).toHaveLength(16_384);
});

test("a well-formed event of an unknown type is found by its envelope", async () => {
  const { index, publish, start } = await town();
  await publish([
    text(
      JSON.stringify({ ...gap("a"), type: "garden.watered", dataschema: "urn:yardline:garden.watered:v9" }),
    ),
  ]);
  void start();
  await eventually(async () => {
    const { events } = await index.search({}, { limit: 10 });
    expect(events.map(({ type }) => type)).toEqual(["garden.watered"]);
  });
});

test("a flood of broken records holds up nothing", async () => {
  const { bus, publish, start, found } = await town();
  await publish(Array.from({ length: 3_000 }, (_, n) => text(`broken ${n}`)));
  await publish([writeEvent(gap("a"))]);
  void start();
  await eventually(async () => expect(await found()).toEqual(["a 0"]));
  expect(await bus.lag("dead-letters", "any")).toBe(3_000);
});

async function letters(bus: EventBus): Promise<readonly DeadLetter[]> {
  const listed = await eventually(async () => {
    const { letters: found, waiting } = await listDeadLetters(bus, AbortSignal.timeout(5_000));
    expect(waiting).toBeGreaterThan(1);
    return found;
  });
  return listed;
}

import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import type { FaultyJob, FaultySettings, Gate } from "./fixtures/faulty-worker.ts";
import { type PoolOptions, type Trouble, WorkerPool } from "./worker-pool.ts";

const gate = (): Gate => new Int32Array(new SharedArrayBuffer(4));
function lift(held: Gate): void {
  Atomics.store(held, 0, 1);
  Atomics.notify(held, 0);
}

/** Nothing that hangs outlives its test. */
function hanging(): Gate {
  const held = gate();
  onTestFinished(() => lift(held));
  return held;
}

async function poolOf(options: Partial<PoolOptions> = {}, start: FaultySettings["start"] = "well") {
  const troubles: Trouble[] = [];
  const settings: FaultySettings = { start, gate: hanging() };
  const pool = await WorkerPool.open<FaultyJob, unknown>({
    script: new URL("./fixtures/faulty-worker.ts", import.meta.url),
    settings,
    workers: 1,
    policy: "wait",
    queue_max: 8,
    timeout_ms: 10_000,
    onTrouble: (trouble) => troubles.push(trouble),
    ...options,
  });
  onTestFinished(() => pool.close());
  return { pool, troubles };
}

const BUSY = { code: "DETECTOR_BUSY", retryable: true };
const BROKEN = { code: "DETECTOR_BROKEN", retryable: true };

test("many jobs over two workers: each gets its own answer", async () => {
  const { pool, troubles } = await poolOf({ workers: 2, queue_max: 100 });
  const jobs = Array.from({ length: 60 }, (_, value) => pool.run({ act: "answer", value }));
  expect(await Promise.all(jobs)).toEqual(jobs.map((_, value) => value));
  expect(troubles).toEqual([]);
});

test("live: with the queue full, the oldest that waits gives way to the newest", async () => {
  const { pool, troubles } = await poolOf({ policy: "drop-oldest", queue_max: 2 });
  const held = hanging();
  const running = pool.run({ act: "hang", value: "running", gate: held });
  const waiting = ["a", "b", "c", "d"].map((value) => pool.run({ act: "answer", value }));
  const outcomes = Promise.allSettled([running, ...waiting]);
  lift(held);
  expect(await outcomes).toEqual([
    { status: "fulfilled", value: "running" },
    { status: "rejected", reason: expect.objectContaining(BUSY) },
    { status: "rejected", reason: expect.objectContaining(BUSY) },
    { status: "fulfilled", value: "c" },
    { status: "fulfilled", value: "d" },
  ]);
  expect(troubles).toEqual([{ kind: "dropped" }, { kind: "dropped" }]);
});

test("recordings: nothing that waits is dropped; who asks for too much at once is told", async () => {
  const { pool } = await poolOf({ policy: "wait", queue_max: 2 });
  const held = hanging();
  const running = pool.run({ act: "hang", value: "running", gate: held });
  const waiting = ["a", "b", "c"].map((value) => pool.run({ act: "answer", value }));
  const outcomes = Promise.allSettled([running, ...waiting]);
  lift(held);
  expect(await outcomes).toEqual([
    { status: "fulfilled", value: "running" },
    { status: "fulfilled", value: "a" },
    { status: "fulfilled", value: "b" },
    { status: "rejected", reason: expect.objectContaining(BUSY) },
  ]);
});

test("a worker that dies is replaced and its job tried again, before those that wait", async () => {
  const { pool, troubles } = await poolOf();
  const answers: unknown[] = [];
  const jobs = [
    pool.run({ act: "die", value: "second time", gate: gate() }),
    pool.run({ act: "answer", value: "next" }),
  ];
  await Promise.all(jobs.map((job) => job.then((answer) => answers.push(answer))));
  expect(answers).toEqual(["second time", "next"]);
  expect(troubles).toEqual([{ kind: "restarted", reason: "it ended" }]);
});

test("a worker that hangs is replaced, too; when it comes back its answer is not taken for another's", async () => {
  const { pool, troubles } = await poolOf({ timeout_ms: 4000 });
  const held = hanging();
  expect(await pool.run({ act: "hang", value: "second time", gate: held })).toBe("second time");
  expect(troubles).toEqual([{ kind: "restarted", reason: "no answer in 4000 ms" }]);
  const next = pool.run({ act: "answer", value: "next" });
  lift(held);
  expect(await next).toBe("next");
});

test("a job that kills two workers goes back to who asked; the next one is served", async () => {
  const { pool, troubles } = await poolOf();
  await expect(pool.run({ act: "die" })).rejects.toMatchObject(BROKEN);
  expect(troubles).toHaveLength(2);
  expect(await pool.run({ act: "answer", value: "alive" })).toBe("alive");
});

test("workers that die one after another: it rests, refuses at once, and is there again after it", async () => {
  const { pool, troubles } = await poolOf({ rest_ms: 1500 });
  for (const _ of [1, 2]) await expect(pool.run({ act: "die" })).rejects.toMatchObject(BROKEN);
  expect(troubles.map(({ kind }) => kind)).toEqual([...Array(4).fill("restarted"), "resting"]);
  await expect(pool.run({ act: "answer" })).rejects.toMatchObject({
    ...BROKEN,
    message: expect.stringContaining("failed 4 times in a row; it rests for a while"),
  });
  expect(troubles).toHaveLength(5);
  await eventually(async () => expect(await pool.run({ act: "answer", value: "back" })).toBe("back"), 10_000);
});

test("workers that hang and never come back: after so many no other is started; one that comes back makes room", async () => {
  const { pool } = await poolOf({ timeout_ms: 2000, hung_max: 2 });
  const [first, second] = [hanging(), hanging()];
  expect(await pool.run({ act: "hang", value: "second time", gate: first })).toBe("second time");
  const refused = { ...BROKEN, message: expect.stringContaining("2 of its workers hang") };
  await expect(pool.run({ act: "hang", gate: second })).rejects.toMatchObject(refused);
  await expect(pool.run({ act: "answer" })).rejects.toMatchObject(refused);
  lift(first);
  await eventually(async () => expect(await pool.run({ act: "answer", value: "back" })).toBe("back"), 10_000);
});

test("a job that throws fails alone, with its reason, and costs no worker", async () => {
  const { pool, troubles } = await poolOf();
  const bad = pool.run({ act: "throw" });
  await expect(bad).rejects.toMatchObject({ ...BROKEN, message: "the detector failed: a bad picture" });
  expect(troubles).toEqual([]);
});

test("a job given up while it waits never reaches a worker; one given up while it runs is forgotten", async () => {
  const { pool } = await poolOf();
  const [held, marker, reason] = [hanging(), gate(), new Error("enough")];
  const stop = new AbortController();
  const running = pool.run({ act: "hang", gate: held }, stop.signal);
  const waiting = pool.run({ act: "throw", gate: marker }, stop.signal);
  const next = pool.run({ act: "answer", value: "next" });
  stop.abort(reason);
  await expect(running).rejects.toBe(reason);
  await expect(waiting).rejects.toBe(reason);
  lift(held);
  expect(await next).toBe("next");
  expect(marker[0]).toBe(0);
});

test("a job given up while it hangs costs one worker, not two", async () => {
  const { pool, troubles } = await poolOf({ timeout_ms: 2000 });
  const stop = new AbortController();
  const running = pool.run({ act: "hang", gate: hanging() }, stop.signal);
  const next = pool.run({ act: "answer", value: "next" });
  stop.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
  expect(await next).toBe("next");
  expect(troubles).toHaveLength(1);
});

test("memory that is shared reaches the worker without a copy, other memory stays with the caller", async () => {
  const { pool } = await poolOf();
  const [shared, own] = [gate(), Uint8Array.of(1, 2, 3)];
  expect(await pool.run({ act: "answer", value: { shared, own } })).toEqual({ shared, own });
  expect(own).toEqual(Uint8Array.of(1, 2, 3));
});

test.for([
  ["throwing", "no such model"],
  ["dying", "the worker ended while it started"],
  ["hanging", "the worker did not start in 1000 ms"],
] as const)("a worker that starts %s is told at once", async ([start, message]) => {
  const opening = poolOf({ timeout_ms: start === "hanging" ? 1000 : 10_000, workers: 2 }, start);
  await expect(opening).rejects.toMatchObject({ ...BROKEN, message: `the detector failed: ${message}` });
});

test("closing waits for a worker that hangs only so long, rejects what is left and can be repeated", async () => {
  const { pool, troubles } = await poolOf({ timeout_ms: 3000 });
  const left = Promise.allSettled([pool.run({ act: "hang", gate: hanging() }), pool.run({ act: "answer" })]);
  await Promise.all([pool.close(), pool.close()]);
  const closed = { status: "rejected", reason: expect.objectContaining({ code: "DETECTOR_CLOSED" }) };
  expect(await left).toEqual([closed, closed]);
  await expect(pool.run({ act: "answer" })).rejects.toMatchObject({ code: "DETECTOR_CLOSED" });
  expect(troubles).toEqual([]);
});

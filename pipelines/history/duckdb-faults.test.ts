import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { dayAfter } from "@yardline/timetable/service-day";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { type DuckHistoryOptions, openDuckHistory } from "./duckdb.ts";
import { DuckChild } from "./duckdb-child.ts";
import type { CountQuery } from "./history.ts";
import { batchOf, CLOSED, EVERY_DAY, NOON_MS, TODAY, visitOf, YESTERDAY } from "./scenes.ts";

const COUNTS: CountQuery = { filter: EVERY_DAY, by: ["service_date"] };
const DAY_MS = 86_400_000;
const UNAVAILABLE = { code: "HISTORY_UNAVAILABLE", retryable: true };

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-history-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A history with a few visits; `told` is what its watch heard. */
async function start(more: Partial<DuckHistoryOptions> = {}) {
  const folder = more.folder ?? (await temporary());
  const clock = handClock(NOON_MS);
  const told: string[] = [];
  const watch: DuckHistoryOptions["watch"] = {
    appended: ({ refused }) => refused > 0 && told.push(`refused ${refused}`),
    asked: (name, _took_ms, code) => code !== undefined && told.push(`${name}: ${code}`),
    died: (name, how) => told.push(`died in ${name}: ${how}`),
    dayClosed: (date) => told.push(`closed ${date}`),
    dayExpired: (date) => told.push(`expired ${date}`),
    closingFailed: ({ code }) => told.push(`not closed: ${code}`),
  };
  const history = await openDuckHistory({ folder, clock, memory_mb: 256, threads: 1, watch, ...more });
  onTestFinished(() => history.close());
  await history.append([visitOf(0, 1), visitOf(0, 1, { service_date: TODAY })]);
  const count = async () =>
    (await history.counts(COUNTS)).map(({ group, visits }) => `${group.service_date} ${visits}`);
  return { folder, history, clock, told, count };
}

const SOME = [`${YESTERDAY} 1`, `${TODAY} 1`];

/** Processes that this one has started and that are about DuckDB. */
async function duckPids(): Promise<number[]> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
  const pids = children.split(" ").filter((pid) => pid !== "");
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return pids.filter((_, at) => lines[at]?.includes("duckdb-worker")).map(Number);
}

/** Stops DuckDB's process in its tracks: what is asked then stays unanswered. */
async function freeze(): Promise<number> {
  const [pid = 0] = await duckPids();
  process.kill(pid, "SIGSTOP");
  return pid;
}

test("when DuckDB's process is killed in mid-question, that question fails, appending goes on, the next one is answered", async () => {
  const { history, told, count } = await start();
  expect(await count()).toEqual(SOME);
  const pid = await freeze();
  const asked = count();
  await history.append([visitOf(1, 1)]);
  process.kill(pid, "SIGKILL");
  await expect(asked).rejects.toMatchObject(UNAVAILABLE);
  expect(await count()).toEqual([`${YESTERDAY} 2`, `${TODAY} 1`]);
  expect(told).toEqual(["died in counts: SIGKILL", "counts: HISTORY_UNAVAILABLE"]);
});

test("a process that dies again and again is not started for ever", async () => {
  const { clock, count } = await start();
  for (let deaths = 0; deaths < 5; deaths++) {
    await count();
    const pid = await freeze();
    const asked = count();
    process.kill(pid, "SIGKILL");
    await expect(asked).rejects.toMatchObject(UNAVAILABLE);
  }
  await expect(count()).rejects.toMatchObject({
    ...UNAVAILABLE,
    message: expect.stringContaining("died 5 times"),
  });
  expect(await duckPids()).toEqual([]);
  clock.advance(10 * 60_000 + 1);
  expect(await count()).toEqual(SOME);
});

test("a question without an answer ends by its time, or when its asker goes; the next one is answered", async () => {
  const { folder } = await start();
  const told: string[] = [];
  const watch = { asked: () => {}, died: (name: string) => told.push(name) };
  const child = new DuckChild({ folder, clock: handClock(), memory_mb: 256, threads: 1, watch });
  onTestFinished(() => child.close());
  const ask = (timeout_ms: number, signal?: AbortSignal) =>
    child.call("counts", [COUNTS], { timeout_ms, signal });
  await ask(20_000);
  await freeze();
  await expect(ask(50)).rejects.toMatchObject({ code: "HISTORY_TIMEOUT", retryable: true });
  await ask(20_000);
  await freeze();
  await expect(ask(20_000, AbortSignal.timeout(50))).rejects.toMatchObject({ code: "HISTORY_CANCELLED" });
  await expect(ask(20_000, AbortSignal.abort())).rejects.toMatchObject({ code: "HISTORY_CANCELLED" });
  expect(await ask(20_000)).toHaveLength(2);
  expect(told).toEqual([]);
});

test("more questions than may wait are refused", async () => {
  const { count } = await start();
  const asked = await Promise.allSettled(Array.from({ length: 40 }, count));
  const refused = asked.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(refused).toHaveLength(8);
  expect(refused[0]).toMatchObject({ code: "HISTORY_BUSY", retryable: true });
});

test("a question that needs too much memory is refused, and no more memory is held afterwards", async () => {
  const { history, count } = await start({ memory_mb: 32 });
  for (let n = 0; n < 100; n++) await history.append(batchOf(n));
  await eventually(() => expect(count()).rejects.toMatchObject({ code: "HISTORY_MEMORY", retryable: false }));
  await eventually(async () => expect(await duckPids()).toEqual([]));
  expect(await history.append([visitOf(5, 1)])).toMatchObject({ taken: 1 });
});

test("a damaged file is named, and only the days that are in it are not told", async () => {
  const { folder, history, told } = await start();
  await history.append([visitOf(0, 1, { service_date: CLOSED })]);
  await history.closeDays();
  const [file = ""] = await readdir(join(folder, "days"));
  await writeFile(join(folder, "days", file), "no Parquet");
  const upTo = (to: string) => history.counts({ filter: { ...EVERY_DAY, from: to, to }, by: [] });
  await expect(upTo(CLOSED)).rejects.toMatchObject({
    code: "HISTORY_DAMAGED",
    message: expect.stringContaining(file),
  });
  expect(await upTo(TODAY)).toEqual([{ group: {}, visits: 1, trips: 1 }]);
  await history.append([visitOf(1, 1, { service_date: CLOSED })]);
  await history.closeDays();
  expect(told.at(-1)).toBe("not closed: HISTORY_DAMAGED");
});

test("days close by themselves as the calendar goes on, and go when they were kept long enough", async () => {
  const { folder, history, clock, told } = await start({ keep_days: 30 });
  const heard = ["closed -1", "closed 0", "closed 7", "closed 60", "expired -1", "expired 0", "expired 7"];
  const inDays = heard.map((line) => {
    const [fate, days] = line.split(" ");
    return `${fate} ${dayAfter(TODAY, Number(days))}`;
  });
  for (const [days, count] of [
    [7, 2],
    [60, 3],
    [120, 7],
  ] as const) {
    clock.setNow(NOON_MS + days * DAY_MS);
    await history.append([visitOf(0, 1, { service_date: dayAfter(TODAY, days) })]);
    await eventually(() => expect(told).toEqual(inDays.slice(0, count)));
  }
  expect(await readdir(join(folder, "days"))).toEqual([`${dayAfter(TODAY, 60)}.1.parquet`]);
});

test("one process at a time writes it", async () => {
  const { folder } = await start();
  await expect(openDuckHistory({ folder, clock: handClock() })).rejects.toMatchObject({
    code: "STORE_IN_USE",
  });
});

const disk = mountSmallDisk(3);
afterAll(() => disk?.remove());

test.skipIf(!disk)(
  "on a full disk (needs root to make one) visits are refused and days stay open, nothing is lost, and work goes on once there is room",
  async () => {
    const { history, told, count } = await start({ folder: join(disk?.folder ?? "", "history") });
    await history.append([visitOf(0, 1, { service_date: CLOSED })]);
    disk?.fill();
    const refused: unknown[] = [];
    for (let n = 0; n < 60; n++) await history.append(batchOf(n)).catch((thrown) => refused.push(thrown));
    expect(refused.length).toBeGreaterThan(0);
    for (const each of refused) expect(each).toMatchObject(UNAVAILABLE);
    await history.closeDays();
    expect(told.at(-1)).toBe("not closed: HISTORY_UNAVAILABLE");
    const before = await count();
    disk?.free();
    await history.closeDays();
    expect(told.at(-1)).toMatch(/^closed/);
    expect(await count()).toEqual(before);
    expect(await history.append([visitOf(9, 1, { vehicle_id: "new" })])).toMatchObject({ taken: 1 });
  },
);

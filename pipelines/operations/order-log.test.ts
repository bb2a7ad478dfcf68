import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { readCancelled } from "./cancelled-runs.ts";
import type { What } from "./order.ts";
import { appendOrder, readOrderLog } from "./order-log.ts";
import { DAY, EIGHT_MS, orderOf, trip } from "./testing.ts";

async function openRecords() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-orders-"));
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  return records;
}

const CANCEL = orderOf(0, { order: "cancel", run: trip("east-08:20") });

test("orders are numbered in turn; of two that follow the same log one is refused, and nothing of it is kept", async () => {
  const records = await openRecords();
  const empty = await readOrderLog(records);
  expect((await appendOrder(records, empty, CANCEL, EIGHT_MS)).id).toBe("1");
  const log = await readOrderLog(records);
  const both = await Promise.allSettled([
    appendOrder(records, log, CANCEL, EIGHT_MS),
    appendOrder(records, log, { ...CANCEL, by: "Ivan" }, EIGHT_MS),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const after = await readOrderLog(records);
  expect([after.revision, after.orders.map(({ id }) => id)]).toEqual([2, ["1", "2"]]);
});

test("what ended long ago is cleared away, an undo with what it undid; numbers are never used again", async () => {
  const records = await openRecords();
  const append = async (order: typeof CANCEL, now_ms: number) =>
    appendOrder(records, await readOrderLog(records), order, now_ms);
  await append(CANCEL, EIGHT_MS);
  await append(orderOf(0, { order: "close-stop", stop_id: "east-1" }, 0, Number.POSITIVE_INFINITY), EIGHT_MS);
  await append(orderOf(0, { order: "undo", of: "1" }), EIGHT_MS);
  const later_ms = EIGHT_MS + 10 * 86_400_000;
  expect((await append(CANCEL, later_ms)).id).toBe("4");
  expect((await readOrderLog(records)).orders.map(({ id }) => id)).toEqual(["2", "4"]);
});

test("a run stays known as cancelled when its order is cleared away; an undo takes it back", async () => {
  const records = await openRecords();
  const append = async (what: What, now_ms = EIGHT_MS) =>
    appendOrder(records, await readOrderLog(records), orderOf(0, what), now_ms);
  await append({ order: "cancel", run: trip("east-08:20") });
  await append({ order: "cancel", run: { ...trip("east-08:40"), feed: "town" } });
  await append({ order: "undo", of: "2" });
  const later_ms = EIGHT_MS + 60 * 86_400_000;
  await append({ order: "close-stop", stop_id: "east-1" }, later_ms);
  expect((await readOrderLog(records)).orders.map(({ id }) => id)).toEqual(["4"]);
  const cancelled = await readCancelled(records, { from: DAY, to: DAY });
  const named = ["east-08:20", "east-08:40"].map((trip_id) => cancelled("town", trip(trip_id)));
  expect(named).toEqual([true, false]);
  const other = await readCancelled(records, { from: "20260602", to: "20260603" });
  expect(other("town", trip("east-08:20"))).toBe(false);
});

import { memoryRecords } from "@yardline/records/memory";
import { expect, test } from "vitest";
import { findLock, LOCK_MS, refuseLocked, releaseLock, takeLock } from "./edit-lock.ts";
import { feedEnd, readFeed } from "./feed.ts";
import { NOON_MS } from "./testing.ts";

const OF = { id: "2026-11-k7m2qdx4", revision: 3 };

function desk() {
  const records = memoryRecords();
  const at = (by: string, after_ms = 0) => ({ by, at_ms: NOON_MS + after_ms });
  return {
    records,
    at,
    take: (by: string, after_ms = 0, take_over = false) => takeLock(records, OF, take_over, at(by, after_ms)),
    told: async () =>
      (await readFeed(records, 0, await feedEnd(records)))?.map(({ by, what }) => `${by} ${what}`),
  };
}

test("one edits at a time, until an end that moves on as long as they go on; others may not change it", async () => {
  const { records, at, take, told } = desk();
  const lock = await take("olena");
  expect(lock).toEqual({ by: "olena", since: "2026-11-22T12:00:00.000Z", until: "2026-11-22T12:02:00.000Z" });
  await expect(take("petro", 1_000)).rejects.toMatchObject({ code: "INCIDENT_BEING_EDITED" });
  await expect(refuseLocked(records, OF.id, at("petro"))).rejects.toMatchObject({
    code: "INCIDENT_BEING_EDITED",
  });
  await refuseLocked(records, OF.id, at("olena"));
  expect((await take("olena", 60_000)).until).toBe("2026-11-22T12:03:00.000Z");
  expect(await findLock(records, OF.id, NOON_MS + LOCK_MS + 59_999)).toBeDefined();
  expect(await findLock(records, OF.id, NOON_MS + LOCK_MS + 60_000)).toBeUndefined();
  await take("petro", LOCK_MS + 60_000);
  expect(await told()).toEqual(["olena lock", "petro lock"]);
});

test("taking it over is told", async () => {
  const { records, at, take, told } = desk();
  await take("olena");
  expect((await take("petro", 1_000, true)).by).toBe("petro");
  await releaseLock(records, OF, at("olena", 2_000));
  expect((await findLock(records, OF.id, NOON_MS + 2_000))?.by).toBe("petro");
  await releaseLock(records, OF, at("petro", 2_000));
  expect(await findLock(records, OF.id, NOON_MS + 2_000)).toBeUndefined();
  expect(await told()).toEqual(["olena lock", "petro lock-taken-over", "petro unlock"]);
});

test("of two at once one gets it", async () => {
  const { take } = desk();
  const results = await Promise.allSettled([take("olena"), take("petro")]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

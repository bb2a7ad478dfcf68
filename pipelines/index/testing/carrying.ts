import type { YardlineEvent } from "@yardline/events/event";
import { fadedAt, personalUntil } from "@yardline/events/fade";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PAGE_MAX } from "../event-index.ts";
import { Oracle } from "../oracle.ts";
import { everyStatement, statementOf, stayAt } from "../scenes.ts";
import { idsOf, type Start, scanAll, searchAll } from "./place.ts";

const DAY_MS = 86_400_000;
const begin_ms = Date.parse("2026-11-09T12:00:00Z");
/** A period is at most a week, and begins on a Monday. */
const PERIOD_MS = 7 * DAY_MS;
/** How long stays in view are kept, by their entry in the catalogue. */
const KEPT_MS = 365 * DAY_MS;

/** `scan`: what goes from index to index. */
export function testScan(start: Start): void {
  test("a scan gives everything that is kept, oldest first, with pages of any size", async () => {
    const { index } = await start();
    const oracle = new Oracle();
    const statements = [...everyStatement, { ...statementOf(6, 9), state: "withdrawn" } as const];
    await index.put(statements);
    oracle.put(statements);
    const kept = oracle.scan();
    expect(kept.some(({ state }) => state === "withdrawn")).toBe(true);
    for (const limit of [7, PAGE_MAX]) expect(await scanAll(index, limit)).toEqual(kept);
    expect(await index.scan({ limit: 1 })).toMatchObject({ events: [kept[0]] });
  });

  test("a scan refuses pages that are none and cursors that are not its own", async () => {
    const { index } = await start();
    const code = (page: { limit: number; cursor?: string }) =>
      index.scan(page).then(
        () => "given",
        (thrown) => thrown.code,
      );
    expect(await code({ limit: 0 })).toBe("INDEX_QUERY");
    expect(await code({ limit: PAGE_MAX + 1 })).toBe("INDEX_QUERY");
    expect(await code({ limit: 1, cursor: "' OR 1=1" })).toBe("INDEX_CURSOR");
  });
}

/** `erase`: what goes for good, one by one. */
export function testErase(start: Start): void {
  test("what is erased is gone, and no revision of it comes back", async () => {
    const { index, reopen } = await start();
    const [zero, one, two] = [statementOf(1, 0), statementOf(1, 1), statementOf(1, 2)];
    const other = statementOf(4, 0);
    await index.put([one, other]);
    await index.erase([one.occurrence, statementOf(7, 0).occurrence]);
    await index.erase([]);
    expect(await index.put([zero, one, two, statementOf(7, 1)])).toEqual(["kept", "kept", "kept", "kept"]);
    for (const given of [async () => index, reopen]) {
      const each = await given();
      await each.refresh();
      expect(await each.get(one.occurrence)).toBeUndefined();
      expect(await searchAll(each, {})).toEqual([other]);
      expect(await searchAll(each, { where: { op: "words", text: "школа" } })).toEqual([]);
      expect(await scanAll(each)).toEqual([other]);
      expect(await each.count({})).toEqual({ value: 1, exact: true });
      const day = { from_ms: begin_ms - PERIOD_MS, to_ms: begin_ms + PERIOD_MS };
      const buckets = await each.histogram(day, { every: "day", timezone: "UTC", by: "route" });
      expect(buckets.every(({ count }) => count === 1)).toBe(true);
      expect(await each.put([two])).toEqual(["kept"]);
    }
  });

  test("putting and erasing in any order leaves what the list leaves", async () => {
    const { index } = await start();
    const oracle = new Oracle();
    const step = fc.oneof(
      fc.array(fc.constantFrom(...everyStatement), { maxLength: 20 }).map((put) => ({ put })),
      fc.array(fc.constantFrom(...everyStatement), { maxLength: 2 }).map((erased) => ({ erased })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        for (const each of steps) {
          if ("put" in each) {
            await index.put(each.put);
            oracle.put(each.put);
          } else {
            const occurrences = each.erased.map(({ occurrence }) => occurrence);
            await index.erase(occurrences);
            oracle.erase(occurrences);
          }
        }
        expect(idsOf(await scanAll(index))).toEqual(idsOf(oracle.scan()));
        expect(idsOf(await searchAll(index, {}))).toEqual(idsOf(oracle.search({})));
      }),
      { numRuns: 10 },
    );
  });
}

/** `fade`: what of an event goes before the rest of it. */
export function testFade(start: Start): void {
  test("personal fields go in time, what is held stays until that is over, and nothing is found or counted otherwise", async () => {
    const { index, reopen } = await start();
    const [one, two, late] = [stayAt(begin_ms), stayAt(begin_ms + DAY_MS), stayAt(begin_ms + 9 * DAY_MS)];
    await index.put([one, two, late]);
    const due_ms = personalUntil(two) ?? 0;
    const held = [{ source: one.source, from_ms: begin_ms - 1, to_ms: begin_ms + 1 }];
    expect(await index.fade((personalUntil(one) ?? 0) - 1)).toBe(0);
    expect(await index.fade(due_ms, held)).toBe(1);
    expect(await index.fade(due_ms, held)).toBe(0);
    await index.refresh();
    expect(await index.get(one.occurrence)).toEqual(one);
    expect(await index.get(two.occurrence)).toEqual(fadedAt(two, due_ms));
    // What was passed over is looked at again when it is held no longer.
    expect(await index.fade(due_ms, [], [{ from_ms: begin_ms - DAY_MS, to_ms: begin_ms + DAY_MS }])).toBe(1);
    // The same revision brings nothing back; a later one is a new statement.
    expect(await index.put([two])).toEqual(["kept"]);
    const again = await reopen();
    await again.refresh();
    expect(await scanAll(again)).toEqual([fadedAt(one, due_ms), fadedAt(two, due_ms), late]);
    expect(await searchAll(again, { where: { op: "is", field: "type", values: [one.type] } })).toHaveLength(
      3,
    );
    expect(await again.fade(due_ms + 30 * DAY_MS)).toBe(1);
  });

  test("what comes late, of a time that was looked at already, fades as well, and so does a later revision", async () => {
    const { index } = await start();
    const one = stayAt(begin_ms);
    await index.put([one]);
    const now_ms = (personalUntil(one) ?? 0) + DAY_MS;
    expect(await index.fade(now_ms)).toBe(1);
    // They go on until now, but began before all that was looked at.
    const until = new Date(now_ms).toISOString();
    const lasting = (event: YardlineEvent) => ({ ...event, data: { ...event.data, until } });
    const [other, more] = [lasting(stayAt(begin_ms - 1)), lasting(stayAt(begin_ms, { revision: 1 }))];
    expect(await index.put([other, more])).toEqual(["written", "written"]);
    expect(await index.fade(now_ms)).toBe(0);
    const due_ms = personalUntil(more) ?? 0;
    expect(await index.fade(due_ms)).toBe(2);
    expect(await index.get(more.occurrence)).toEqual(fadedAt(more, due_ms));
  });
}

/** `expire`: what goes for good, period by period. */
export function testExpire(start: Start): void {
  test("a period goes when everything in it has outlived its time, and not before", async () => {
    const { index, reopen } = await start();
    const old = stayAt(begin_ms);
    const later = stayAt(begin_ms + 3 * PERIOD_MS);
    await index.put([old, later]);
    expect(await index.expire(begin_ms + KEPT_MS)).toEqual([]);
    expect(await searchAll(index, {})).toEqual([later, old]);
    expect(await index.expire(begin_ms + KEPT_MS + PERIOD_MS)).toHaveLength(1);
    expect(await index.expire(begin_ms + KEPT_MS + PERIOD_MS)).toEqual([]);
    for (const given of [async () => index, reopen]) {
      const each = await given();
      expect(await each.get(old.occurrence)).toBeUndefined();
      expect(await searchAll(each, {})).toEqual([later]);
      expect(await scanAll(each)).toEqual([later]);
      expect(await each.count({})).toEqual({ value: 1, exact: true });
    }
    const again = await reopen();
    expect(await again.expire(begin_ms + 100 * KEPT_MS)).toHaveLength(1);
  });

  test("kinds that live shorter or longer go each at their own time", async () => {
    const { index } = await start();
    // A kind that this release does not know may be in a class of its own.
    const [known, unknown] = [stayAt(begin_ms), statementOf(2, 0)];
    await index.put([known, unknown]);
    for (const day of [1, 31, 100, 364]) {
      await index.expire(begin_ms + day * DAY_MS);
      expect(await index.get(known.occurrence)).toEqual(known);
      expect(idsOf(await scanAll(index))).toContain(known.id);
    }
    await index.expire(begin_ms + KEPT_MS + PERIOD_MS);
    expect(await index.get(known.occurrence)).toBeUndefined();
    await index.expire(begin_ms + 100 * KEPT_MS);
    expect(await scanAll(index)).toEqual([]);
  });
}

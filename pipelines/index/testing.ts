import type { YardlineEvent } from "@yardline/events/event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "./condition.ts";
import { type EventQuery, PAGE_MAX } from "./event-index.ts";
import { Oracle } from "./oracle.ts";
import { everyStatement, statementOf, VOCABULARY } from "./scenes.ts";
import { testBombs } from "./testing/bombs.ts";
import { testErase, testExpire, testFade, testScan } from "./testing/carrying.ts";
import { testPaging } from "./testing/paging.ts";
import { type IndexPlace, idsOf, searchAll, startAt, starting } from "./testing/place.ts";
import { questionsAbout } from "./testing/questions.ts";
import { testTotals } from "./testing/totals.ts";

export { compareIndexes } from "./testing/compare.ts";
export { memoryIndex } from "./testing/memory-index.ts";
export { type IndexPlace, scanAll, searchAll } from "./testing/place.ts";
export { townYear } from "./testing/town-year.ts";

const says = (text: string): EventQuery => ({ where: { op: "words", text } });
const is = (field: Field, value: string): EventQuery => ({ where: { op: "is", field, values: [value] } });

/** What every index must do; each adapter's test file calls this with a place of its own. */
export function describeEventIndex(name: string, create: () => Promise<IndexPlace>): void {
  const started = starting(create);

  describe(name, () => {
    test("keeps the highest revision, whole, and says what became of each statement", async () => {
      const { index, reopen } = await started();
      const [zero, one, two] = [statementOf(1, 0), statementOf(1, 1), statementOf(1, 2)];
      const other = statementOf(3, 0);
      expect(await index.put([one, zero, other, one])).toEqual(["written", "kept", "written", "kept"]);
      expect(await index.put([two])).toEqual(["written"]);
      expect(await index.put([])).toEqual([]);
      expect(await index.get(two.occurrence)).toEqual(two);
      expect(await searchAll(await reopen(), {})).toEqual([other, two]);
    });

    test("finds what is true now, not what an earlier revision said", async () => {
      const { index } = await started();
      const before = statementOf(1, 0);
      const now = statementOf(1, 1);
      await index.put([before]);
      expect(idsOf(await searchAll(index, says("вокзал")))).toEqual([before.id]);
      await index.put([now]);
      expect(await searchAll(index, says("вокзал"))).toEqual([]);
      expect(idsOf(await searchAll(index, says("школа")))).toEqual([now.id]);
    });

    test("keeps what was withdrawn, and finds it no more", async () => {
      const { index } = await started();
      const withdrawn = { ...statementOf(3, 1), state: "withdrawn" } as const;
      await index.put([statementOf(3, 0), withdrawn, statementOf(4, 0)]);
      expect(await index.get(withdrawn.occurrence)).toEqual(withdrawn);
      expect(idsOf(await searchAll(index, {}))).toEqual([statementOf(4, 0).id]);
      expect(await searchAll(index, is("type", "yard.presence"))).toEqual([]);
      const restated = { ...statementOf(3, 2), state: "closed" } as const;
      await index.put([restated]);
      expect(await searchAll(index, is("type", "yard.presence"))).toEqual([restated]);
    });

    test("knows nothing of an occurrence that was never stated", async () => {
      const { index } = await started();
      expect(await index.get(statementOf(1, 0).occurrence)).toBeUndefined();
      expect(await index.get("no occurrence")).toBeUndefined();
      expect(await searchAll(index, {})).toEqual([]);
    });

    test("pages neither repeat nor hide anything while events are written", async () => {
      const { index } = await started();
      const early = [1, 4, 7, 10].map((n) => statementOf(n, 0));
      await index.put(early);
      await index.refresh();
      const first = await index.search({}, { limit: 2 });
      await index.put([statementOf(30, 0), statementOf(10, 1), statementOf(7, 1), statementOf(2, 0)]);
      await index.refresh();
      const second = await index.search({}, { limit: 2, cursor: first.cursor ?? "" });
      const third = await index.search({}, { limit: 2, cursor: second.cursor ?? "" });
      expect([first, second, third].map(({ events }) => idsOf(events))).toEqual([
        [statementOf(10, 0).id, statementOf(7, 0).id],
        [
          statementOf(4, 0).id,
          ...idsOf([statementOf(1, 0), statementOf(2, 0)].toSorted(newestFirst)).slice(0, 1),
        ],
        idsOf([statementOf(1, 0), statementOf(2, 0)].toSorted(newestFirst)).slice(1),
      ]);
      expect(third.cursor).toBeUndefined();
    });

    test.for<[string, EventQuery, { limit: number; cursor?: string }, string]>([
      ["a cursor that no index made", {}, { limit: 10, cursor: "' OR 1=1" }, "INDEX_CURSOR"],
      ["an end before the beginning", { from_ms: 2, to_ms: 1 }, { limit: 10 }, "INDEX_QUERY"],
      ["a time that is no number", { from_ms: Number.NaN }, { limit: 10 }, "INDEX_QUERY"],
      ["a page of nothing", {}, { limit: 0 }, "INDEX_QUERY"],
      ["a page too large", {}, { limit: PAGE_MAX + 1 }, "INDEX_QUERY"],
      [
        "a box inside out",
        { where: { op: "box", box: { west: 2, east: 1, south: 0, north: 1 } } },
        { limit: 10 },
        "INDEX_QUERY",
      ],
      [
        "a circle without a radius",
        { where: { op: "circle", center: { latitude: 50, longitude: 30 }, radius_m: -1 } },
        { limit: 10 },
        "INDEX_QUERY",
      ],
      [
        "a measure between bounds that contradict",
        { where: { op: "measure", measure: "delay_s", min: 1, max: 0 } },
        { limit: 10 },
        "INDEX_QUERY",
      ],
      [
        "hours of more days than anybody looks through",
        { hours: { from_min: 0, to_min: 60, timezone: "Europe/Kyiv" } },
        { limit: 10 },
        "INDEX_QUERY",
      ],
      [
        "hours of no time zone",
        { from_ms: 0, to_ms: 1, hours: { from_min: 0, to_min: 60, timezone: "Mars/Olympus" } },
        { limit: 10 },
        "INDEX_QUERY",
      ],
    ])("refuses %s", async ([, query, page, code]) => {
      const { index } = await started();
      await expect(index.search(query, page)).rejects.toMatchObject({ code, retryable: false });
    });

    test("any order and repetition of the statements makes the same index", { timeout: 90_000 }, async () => {
      const order = fc.array(fc.constantFrom(...everyStatement), { maxLength: 120 });
      const sizes = fc.integer({ min: 1, max: 50 });
      await fc.assert(
        fc.asyncProperty(order, sizes, async (statements, size) => {
          const { index, end } = await startAt(await create());
          const oracle = new Oracle();
          for (let at = 0; at < statements.length; at += size) {
            await index.put(statements.slice(at, at + size));
            oracle.put(statements.slice(at, at + size));
          }
          expect(await searchAll(index, {})).toEqual(oracle.search({}));
          for (const { occurrence } of statements.slice(0, 20)) {
            expect(await index.get(occurrence)).toEqual(oracle.get(occurrence));
          }
          await end();
        }),
        { numRuns: 10 },
      );
    });

    test("every question has the answer that going through a list gives, with pages of any size", async () => {
      const { index } = await started();
      const oracle = new Oracle();
      for (const event of everyStatement) {
        await index.put([event]);
        oracle.put([event]);
      }
      let hits = 0;
      await fc.assert(
        fc.asyncProperty(
          questionsAbout(VOCABULARY),
          fc.integer({ min: 1, max: 12 }),
          async (query, limit) => {
            const found = await searchAll(index, query, limit);
            hits += found.length;
            expect(idsOf(found)).toEqual(idsOf(oracle.search(query)));
          },
        ),
        { numRuns: 400 },
      );
      expect(hits).toBeGreaterThan(0);
    });

    testPaging(started);
    testBombs(started);
    testTotals(started);
    testScan(started);
    testErase(started);
    testFade(started);
    testExpire(started);
  });
}

function newestFirst(a: YardlineEvent, b: YardlineEvent): number {
  return a.occurrence < b.occurrence ? 1 : -1;
}

import type { YardlineEvent } from "@yardline/events/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventQuery } from "../event-index.ts";
import { everyStatement } from "../scenes.ts";
import type { Start } from "./place.ts";

/** Cursors while others write. */
export function testPaging(start: Start): void {
  test("what is there while somebody turns pages comes once, whatever is written meanwhile", {
    timeout: 60_000,
  }, async () => {
    const { index } = await start();
    const newest = [...Map.groupBy(everyStatement, ({ occurrence }) => occurrence).values()].map(
      (revisions) => revisions.toSorted((a, b) => b.revision - a.revision)[0] as YardlineEvent,
    );
    const shown = newest.filter(({ state }) => state !== "withdrawn");
    // Half is there from the beginning, a third of that is revised and the rest is put while pages are turned.
    const kept = shown.filter((_, at) => at % 2 === 0);
    const coming = newest.filter((event) => !kept.includes(event));
    await index.put(kept);
    await index.refresh();
    const pace = fc.record({ limit: fc.integer({ min: 1, max: 9 }), batch: fc.integer({ min: 1, max: 7 }) });
    let revision = 1_000;
    await fc.assert(
      fc.asyncProperty(pace, fc.constantFrom("newest", "oldest"), async ({ limit, batch }, order) => {
        const query: EventQuery = { order };
        const seen: string[] = [];
        let cursor: string | undefined;
        for (let turn = 0; turn === 0 || cursor !== undefined; turn++) {
          const revised = kept
            .filter((_, at) => at % 3 === turn % 3)
            .map((event) => ({ ...event, revision, id: `${event.occurrence}.${revision}` }));
          revision += 1;
          const [found] = await Promise.all([
            index.search(query, { limit, ...(cursor !== undefined && { cursor }) }),
            index
              .put([...revised, ...coming.slice(turn * batch, (turn + 1) * batch)])
              .then(() => index.refresh()),
          ]);
          seen.push(...found.events.map(({ occurrence }) => occurrence));
          cursor = found.cursor;
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toEqual(order === "oldest" ? seen.toSorted() : seen.toSorted().toReversed());
        const missing = kept.filter(({ occurrence }) => !seen.includes(occurrence));
        expect(missing).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });
}

import type { YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { yardPresence } from "@yardline/events/yard-presence";
import { memoryIndex, searchAll } from "@yardline/index/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tenantIndex } from "./tenant-index.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const event = (at: number, tenant: string): YardlineEvent => {
  const time = new Date(NOON_MS + at * 1_000).toISOString();
  const facts = {
    ...{ camera: "yard", rule: "presence", zone: "all", label: "person" as const },
    track: "3f1f2c1e-0000-4000-8000-000000000001",
    ...{ since: time, until: time, score: 0.9, sightings: 12 },
    box: [0.1, 0.2, 0.3, 0.6] as [number, number, number, number],
  };
  const statement = {
    source: "camera/yard",
    tenant,
    revision: 1,
    state: "closed",
    severity: "info",
  } as const;
  return stateEvent(yardPresence, facts, statement);
};

test("whatever is asked of one tenant's index is answered as if no other's events were there", async () => {
  const conditions = fc.constantFrom(
    undefined,
    { op: "is", field: "tenant", values: ["lypivka", "kaminka"] } as const,
    { op: "not", of: { op: "is", field: "tenant", values: ["kaminka"] } } as const,
    {
      op: "any",
      of: [
        { op: "all", of: [] },
        { op: "is", field: "source", values: ["camera/yard"] },
      ],
    } as const,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 12 }), conditions, async (whose, where) => {
      const events = whose.map((theirs, at) => event(at, theirs ? "lypivka" : "kaminka"));
      const mine = events.filter(({ tenant }) => tenant === "kaminka");
      const [shared, alone] = [memoryIndex(), memoryIndex()];
      await shared.put(events);
      await alone.put(mine);
      const view = tenantIndex(shared, "kaminka");
      const query = where ? { where } : {};
      expect(await searchAll(view, query)).toEqual(await searchAll(alone, query));
      expect(await view.count(query)).toEqual(await alone.count(query));
      for (const each of events) {
        expect(await view.get(each.occurrence)).toEqual(each.tenant === "kaminka" ? each : undefined);
      }
    }),
    { numRuns: 50 },
  );
});

test("it takes and erases nothing of another's", async () => {
  const shared = memoryIndex();
  const [mine, theirs] = [event(1, "kaminka"), event(2, "lypivka")];
  await shared.put([theirs]);
  const view = tenantIndex(shared, "kaminka");
  expect(await view.put([theirs, mine, theirs])).toEqual([
    { refused: "It is another tenant's." },
    "written",
    { refused: "It is another tenant's." },
  ]);
  await view.erase([mine.occurrence, theirs.occurrence]);
  expect([await shared.get(mine.occurrence), await shared.get(theirs.occurrence)]).toEqual([
    undefined,
    theirs,
  ]);
});

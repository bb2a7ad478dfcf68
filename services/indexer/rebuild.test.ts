import { AppError } from "@yardline/domain/errors";
import { systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { fadedAt } from "@yardline/events/fade";
import { writeEvent } from "@yardline/events/write-event";
import type { EventIndex } from "@yardline/index/event-index";
import { memoryIndex, scanAll, townYear } from "@yardline/index/testing";
import { expect, test } from "vitest";
import { type RebuildParts, rebuildIndex } from "./rebuild.ts";

const NOW_MS = Date.parse("2027-01-01T00:00:00Z");
const EVENTS = townYear(3_000, 11);
const clock = { ...systemClock, now_ms: () => NOW_MS };

/** A bus that has these statements after its position `p0`. */
function busOf(...events: readonly YardlineEvent[]): RebuildParts["bus"] {
  return {
    end: async () => `p${events.length}`,
    async *tail(_topic, after) {
      const rest = events.map((event, at) => ({
        key: event.occurrence,
        source: event.source,
        body: writeEvent(event),
        position: `p${at + 1}`,
      }));
      const from = Number(after.slice(1));
      for (let at = from; at < rest.length; at += 2) yield rest.slice(at, at + 2);
    },
  };
}

function partsOf(parts: Partial<RebuildParts> & Pick<RebuildParts, "from" | "to">): RebuildParts {
  return {
    bus: busOf(),
    after: "p0",
    erasures: async () => [],
    clock,
    report: () => undefined,
    signal: new AbortController().signal,
    ...parts,
  };
}

const revised = (event: YardlineEvent, revision: number): YardlineEvent => ({
  ...event,
  revision,
  id: `${event.occurrence}.${revision}`,
});

test("everything is carried over, withdrawn events and the newest revisions from the bus included", async () => {
  const [from, to] = [memoryIndex(EVENTS), memoryIndex()];
  const [first, second] = await scanAll(from);
  if (!first || !second) throw new Error("nothing to carry");
  const news = [revised(first, 90), revised(second, 91), revised(first, 92)];
  // The old index serves on: its own indexer takes the same statements.
  await from.put(news);
  expect(await rebuildIndex(partsOf({ from, to, bus: busOf(...news) }))).toEqual({
    carried: (await scanAll(from)).length,
    followed: 3,
    erased: 0,
  });
  expect(await scanAll(to)).toEqual(await scanAll(from));
});

test("what was erased is in neither, even where the bus still has it", async () => {
  const [from, to] = [memoryIndex(EVENTS), memoryIndex()];
  const [gone, ...rest] = await scanAll(from);
  if (!gone) throw new Error("nothing to erase");
  await from.erase([gone.occurrence]);
  const bus = busOf(revised(gone, 99));
  const rebuilt = await rebuildIndex(partsOf({ from, to, bus, erasures: async () => [gone.occurrence] }));
  expect(rebuilt.erased).toBe(1);
  expect(await scanAll(to)).toEqual(rest);
});

test("interrupted anywhere and run again, it ends the same", async () => {
  const from = memoryIndex(EVENTS);
  const to = memoryIndex();
  for (const puts of [0, 1]) {
    const stop = new AbortController();
    let left = puts;
    const put: EventIndex["put"] = async (events) => {
      if (left-- === 0) stop.abort();
      return to.put(events);
    };
    const parts = partsOf({ from, to: { ...to, put }, signal: stop.signal });
    await expect(rebuildIndex(parts)).rejects.toMatchObject({ code: "INTERRUPTED" });
  }
  await rebuildIndex(partsOf({ from, to }));
  expect(await scanAll(to)).toEqual(await scanAll(from));
});

test("a new index that is away for a while is waited for", async () => {
  const [from, to] = [memoryIndex(EVENTS), memoryIndex()];
  const lines: string[] = [];
  let refusals = 2;
  const put: EventIndex["put"] = async (events) => {
    if (refusals-- > 0) throw new AppError("INDEX_UNAVAILABLE", "Away.", { retryable: true });
    return to.put(events);
  };
  await rebuildIndex(partsOf({ from, to: { ...to, put }, report: (line) => lines.push(line) }));
  expect(lines.filter((line) => line.startsWith("waiting"))).toHaveLength(2);
  expect(await scanAll(to)).toEqual(await scanAll(from));
});

test("it follows the bus until it is told to stop", async () => {
  const [from, to] = [memoryIndex(EVENTS), memoryIndex()];
  const stop = new AbortController();
  const [first] = await scanAll(from);
  if (!first) throw new Error("nothing to follow");
  const quiet = busOf(revised(first, 90));
  const bus: RebuildParts["bus"] = {
    ...quiet,
    async *tail(topic, after, signal) {
      yield* quiet.tail(topic, after, signal);
      await from.put([revised(first, 90)]);
      stop.abort();
    },
  };
  const rebuilt = await rebuildIndex(partsOf({ from, to, bus, follow: true, signal: stop.signal }));
  expect(rebuilt.followed).toBe(1);
  // The bus has personal fields for longer than an index may: of what comes from there, only those go in whose time is not over.
  const kept = (await scanAll(from)).map((event) =>
    event.occurrence === first.occurrence ? fadedAt(event, NOW_MS) : event,
  );
  expect(await scanAll(to)).toEqual(kept);
});

test.for([
  {
    what: "an index that holds other events",
    code: "INDEX_ORIGIN",
    parts: () => ({ from: memoryIndex(EVENTS.slice(0, 50)), to: memoryIndex(townYear(20, 99)) }),
  },
  {
    what: "an index that refuses an event",
    code: "INDEX_REFUSED",
    parts: () => ({
      from: memoryIndex(EVENTS.slice(0, 50)),
      to: { ...memoryIndex(), put: async () => [{ refused: "too deep" }] },
    }),
  },
  {
    what: "an index that loses an event",
    code: "INDEX_DIFFERS",
    parts: () => {
      const to = memoryIndex();
      const put: EventIndex["put"] = (events) => to.put(events.filter(({ state }) => state !== "open"));
      return { from: memoryIndex(EVENTS.slice(0, 50)), to: { ...to, put } };
    },
  },
])("$what is no index to switch to", async ({ code, parts }) => {
  await expect(rebuildIndex(partsOf(parts()))).rejects.toMatchObject({ code });
});

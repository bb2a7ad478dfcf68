import { describe, expect, onTestFinished, test } from "vitest";
import {
  BATCH_MAX,
  type BusRecord,
  type Delivered,
  type EventBus,
  OLDEST,
  RECORD_BYTES_MAX,
} from "./event-bus.ts";

/** Where a bus keeps its records: opening it again finds what was there. */
export type BusPlace = {
  open(): Promise<EventBus>;
  /** Afterwards nothing of it is left. */
  remove(): Promise<void>;
};

const TEST_MS = 15_000;
const record = (key: string, text: string): BusRecord => ({
  key,
  source: "camera/yard-1",
  body: new TextEncoder().encode(text),
});
const numbered = (key: string, count: number) => Array.from({ length: count }, (_, n) => record(key, `${n}`));

/** Bodies as text, key before it: `a:1`. */
export const textsOf = (records: readonly BusRecord[]): string[] =>
  records.map(({ key, body }) => `${key}:${new TextDecoder().decode(body)}`);

/** Reads until `count` records came, and then asks no more: what came last is not handled. */
export async function take(
  batches: AsyncIterable<readonly Delivered[]>,
  count: number,
): Promise<Delivered[]> {
  const taken: Delivered[] = [];
  for await (const batch of batches) {
    taken.push(...batch);
    if (taken.length >= count) break;
  }
  return taken;
}

/** Reads `count` records of a group and handles them all. */
async function handle(bus: EventBus, group: string, count: number): Promise<string[]> {
  const stop = new AbortController();
  const handled: string[] = [];
  for await (const batch of bus.subscribe("events", group, stop.signal)) {
    handled.push(...textsOf(batch));
    if (handled.length >= count) stop.abort();
  }
  return handled;
}

/** What every bus must do; each adapter's test file calls this with a place of its own. */
export function describeEventBus(name: string, create: () => Promise<BusPlace>): void {
  const start = async () => {
    const place = await create();
    let bus = await place.open();
    onTestFinished(async () => {
      await bus.close();
      await place.remove();
    });
    return {
      bus,
      async reopen() {
        await bus.close();
        bus = await place.open();
        return bus;
      },
    };
  };
  const soon = () => AbortSignal.timeout(TEST_MS);

  describe(name, () => {
    test("delivers what was published, whole and in order", async () => {
      const { bus } = await start();
      const published = [
        record("a", "1"),
        { key: "ключ", source: "feed/town", body: Uint8Array.of(0, 255, 10) },
        record("a", ""),
      ];
      await bus.publish("events", published);
      const taken = await take(bus.subscribe("events", "group", soon()), 3);
      const plain = taken.map(({ position, ...rest }) => ({ ...rest, body: new Uint8Array(rest.body) }));
      // In order are those of one source.
      const bySource = (records: readonly BusRecord[]) => Map.groupBy(records, ({ source }) => source);
      expect(bySource(plain)).toEqual(bySource(published));
    });

    test("a position among several sources forgets none and repeats none", async () => {
      const { bus } = await start();
      const published = Array.from({ length: 40 }, (_, n) => ({
        ...record("a", `${n}`),
        source: `camera/${n % 8}`,
      }));
      await bus.publish("events", published);
      const taken = await take(bus.tail("events", OLDEST, soon()), published.length);
      for (const at of [0, 13, 27, 38]) {
        const others = taken.slice(at + 1);
        const again = await take(bus.tail("events", taken[at]?.position ?? "", soon()), others.length);
        expect(textsOf(again).toSorted()).toEqual(textsOf(others).toSorted());
      }
    });

    test("keeps topics apart and takes an empty call", async () => {
      const { bus } = await start();
      await bus.publish("positions", [record("p", "1")]);
      await bus.publish("events", []);
      await bus.publish("events", [record("e", "1")]);
      expect(textsOf(await take(bus.subscribe("events", "group", soon()), 1))).toEqual(["e:1"]);
      expect(textsOf(await take(bus.subscribe("positions", "group", soon()), 1))).toEqual(["p:1"]);
    });

    test("delivers a batch again when its reader stopped before asking for the next", async () => {
      const { bus, reopen } = await start();
      await bus.publish("events", [record("a", "1")]);
      expect(textsOf(await take(bus.subscribe("events", "group", soon()), 1))).toEqual(["a:1"]);
      expect(textsOf(await take(bus.subscribe("events", "group", soon()), 1))).toEqual(["a:1"]);
      expect(textsOf(await take((await reopen()).subscribe("events", "group", soon()), 1))).toEqual(["a:1"]);
    });

    test("goes on where a group stopped, also after it was opened again", async () => {
      const { bus, reopen } = await start();
      await bus.publish("events", [record("a", "1"), record("a", "2")]);
      expect(await handle(bus, "group", 2)).toEqual(["a:1", "a:2"]);
      const again = await reopen();
      await again.publish("events", [record("a", "3")]);
      expect(await handle(again, "group", 1)).toEqual(["a:3"]);
    });

    test("serves each group everything", async () => {
      const { bus } = await start();
      await bus.publish("events", numbered("a", 3));
      expect(await handle(bus, "one", 3)).toEqual(["a:0", "a:1", "a:2"]);
      expect(await handle(bus, "other", 3)).toEqual(["a:0", "a:1", "a:2"]);
      expect([await bus.lag("events", "one"), await bus.lag("events", "third")]).toEqual([0, 3]);
      await bus.publish("events", numbered("a", 2));
      expect(await bus.lag("events", "one")).toBe(2);
    });

    test("hands out batches of bounded size, each record once", async () => {
      const { bus } = await start();
      const count = 2 * BATCH_MAX + 7;
      await bus.publish("events", numbered("a", count));
      const sizes: number[] = [];
      const texts: string[] = [];
      const stop = new AbortController();
      for await (const batch of bus.subscribe("events", "group", stop.signal)) {
        sizes.push(batch.length);
        texts.push(...textsOf(batch));
        if (texts.length >= count) stop.abort();
      }
      expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH_MAX);
      expect(texts).toEqual(numbered("a", count).map((_, n) => `a:${n}`));
    });

    test("tails from now on, and from after a position that survives opening again", async () => {
      const { bus, reopen } = await start();
      await bus.publish("events", [record("a", "before")]);
      const tail = bus.tail("events", await bus.end("events"), soon());
      await bus.publish("events", numbered("a", 3));
      const taken = await take(tail, 3);
      expect(textsOf(taken)).toEqual(["a:0", "a:1", "a:2"]);
      const again = await reopen();
      const after = async (position = "") => textsOf(await take(again.tail("events", position, soon()), 2));
      expect(await after(taken[0]?.position)).toEqual(["a:1", "a:2"]);
      expect(textsOf(await take(again.tail("events", OLDEST, soon()), 4))).toHaveLength(4);
    });

    test("an empty topic has an end too", async () => {
      const { bus } = await start();
      const end = await bus.end("positions");
      await bus.publish("positions", [record("a", "1")]);
      expect(textsOf(await take(bus.tail("positions", end, soon()), 1))).toEqual(["a:1"]);
    });

    test("refuses a position that no bus made", async () => {
      const { bus } = await start();
      expect(() => bus.tail("events", "'; DROP TABLE", soon())).toThrow(
        expect.objectContaining({ code: "BUS_POSITION" }),
      );
    });

    test("ends quietly when the reader's signal aborts", async () => {
      const { bus } = await start();
      const stop = new AbortController();
      const reading = take(bus.subscribe("events", "group", stop.signal), 1);
      setTimeout(() => stop.abort(), 20);
      expect(await reading).toEqual([]);
      expect(await take(bus.tail("events", OLDEST, AbortSignal.abort()), 1)).toEqual([]);
    });

    test("keeps nothing of a call with a record that is too large", async () => {
      const { bus } = await start();
      const large = { ...record("b", ""), body: new Uint8Array(RECORD_BYTES_MAX + 1) };
      await expect(bus.publish("events", [record("a", "1"), large])).rejects.toMatchObject({
        code: "BUS_RECORD_TOO_LARGE",
        retryable: false,
      });
      const largest = { ...record("c", ""), body: new Uint8Array(RECORD_BYTES_MAX) };
      await bus.publish("events", [largest]);
      const [only] = await take(bus.subscribe("events", "group", soon()), 1);
      expect([only?.key, only?.body.byteLength]).toEqual(["c", RECORD_BYTES_MAX]);
    });

    test("keeps the order of each key under many publishers, and a call's records together", async () => {
      const { bus } = await start();
      const publishers = Array.from({ length: 20 }, (_, n) => `p${n}`);
      const publishing = publishers.map(async (key) => {
        for (let n = 0; n < 20; n++) await bus.publish("events", [record(key, `${n}`), record(key, `${n}+`)]);
      });
      const taken = textsOf(await take(bus.subscribe("events", "group", soon()), 800));
      await Promise.all(publishing);
      for (const key of publishers) {
        const expected = Array.from({ length: 20 }, (_, n) => [`${key}:${n}`, `${key}:${n}+`]).flat();
        expect(taken.filter((text) => text.startsWith(`${key}:`))).toEqual(expected);
      }
    });

    test("says that it is closed, and lets its readers go", async () => {
      const { bus } = await start();
      const reading = take(bus.subscribe("events", "group", soon()), 1);
      await bus.publish("positions", [record("a", "1")]);
      await bus.close();
      expect(await reading).toEqual([]);
      await expect(bus.publish("events", [record("a", "1")])).rejects.toMatchObject({
        code: "BUS_UNAVAILABLE",
      });
    });
  });
}

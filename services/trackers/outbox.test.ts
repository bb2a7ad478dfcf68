import type { BusRecord } from "@yardline/bus/event-bus";
import { expect, test } from "vitest";
import { openOutbox } from "./outbox.ts";

const position = (vehicle_id: string, at_ms = 0) => ({
  vehicle_id,
  at_ms,
  received_at_ms: 0,
  latitude: 49,
  longitude: 31,
});

/** A bus that takes each batch only when it is told to. */
function slowBus() {
  const batches: { records: readonly BusRecord[]; take: PromiseWithResolvers<void> }[] = [];
  return {
    batches,
    publish: async (_topic: string, records: readonly BusRecord[]) => {
      const take = Promise.withResolvers<void>();
      batches.push({ records, take });
      await take.promise;
    },
  };
}

test("what arrives while the bus is busy goes together, in order, and each waits for its own batch", async () => {
  const bus = slowBus();
  const outbox = openOutbox(bus, "feed/trackers");
  const settled: string[] = [];
  const put = (vehicle_id: string) => outbox.put([position(vehicle_id)]).then(() => settled.push(vehicle_id));
  const puts = [put("a"), put("b"), put("c")];
  expect(bus.batches.map(({ records }) => records.map(({ key }) => key))).toEqual([["a"]]);
  bus.batches[0]?.take.resolve();
  await puts[0];
  expect(settled).toEqual(["a"]);
  bus.batches[1]?.take.resolve();
  await Promise.all(puts);
  expect(bus.batches.map(({ records }) => records.map(({ key }) => key))).toEqual([["a"], ["b", "c"]]);
  expect(bus.batches[1]?.records[1]).toEqual({
    key: "c",
    source: "feed/trackers",
    body: Buffer.from(JSON.stringify(position("c"))),
  });
});

test("a failed batch fails those who are in it and nobody after", async () => {
  const bus = slowBus();
  const outbox = openOutbox(bus, "feed/trackers");
  const first = outbox.put([position("a")]);
  const second = outbox.put([position("b")]);
  bus.batches[0]?.take.reject(new Error("disk full"));
  await expect(first).rejects.toThrow("disk full");
  bus.batches[1]?.take.resolve();
  await second;
});

test("a bus that never answers fills a bounded box", async () => {
  const outbox = openOutbox(slowBus(), "feed/trackers");
  const many = Array.from({ length: 1000 }, () => position("a"));
  const puts = Array.from({ length: 22 }, () => outbox.put(many).catch((failure) => failure.code));
  // One batch is with the bus, twenty wait.
  expect(await puts[21]).toBe("OUTBOX_FULL");
});

import type { BusRecord, Delivered, EventBus } from "@yardline/bus/event-bus";
import { expect, test } from "vitest";
import { tenantBus } from "./tenant-bus.ts";

const record = (source: string, body: object): BusRecord => ({
  ...{ key: source, source },
  body: Buffer.from(JSON.stringify(body)),
});
const RECORDS = [
  record("kaminka/north/camera/yard", { tenant: "kaminka", data: { name: "1" } }),
  record("feed/buses", { tenant: "kaminka", data: { name: "2" } }),
  record("lypivka/south/camera/yard", { tenant: "lypivka", data: { name: '"tenant":"kaminka"' } }),
  record("feed/buses", { tenant: "lypivka", data: {} }),
];

/** Gives all records at once, as one batch each. */
function listOf(records: readonly BusRecord[], published: BusRecord[] = []): EventBus {
  return {
    async *tail() {
      for (const [at, each] of records.entries()) {
        const batch: readonly Delivered[] = [{ ...each, position: `p${at + 1}` }];
        yield batch;
      }
    },
    publish: async (_topic, more) => void published.push(...more),
    end: async () => "p4",
    subscribe: () => {
      throw new Error("unused");
    },
    lag: async () => 0,
    close: async () => undefined,
  };
}

async function heard(topic: "events" | "positions", tenant: string): Promise<string> {
  const bus = tenantBus(listOf(RECORDS), tenant);
  const positions: string[] = [];
  for await (const batch of bus.tail(topic, "oldest", new AbortController().signal)) {
    positions.push(...batch.map(({ position }) => position));
  }
  return positions.join(" ");
}

test("an event says whose it is, and a text that quotes another's name does not; everything else is whose stamp it bears", async () => {
  expect(await heard("events", "kaminka")).toBe("p1 p2");
  expect(await heard("events", "lypivka")).toBe("p3 p4");
  expect(await heard("positions", "kaminka")).toBe("p1");
  expect(await heard("positions", "lypivka")).toBe("p3");
});

test("it publishes nothing of another's", async () => {
  const published: BusRecord[] = [];
  const bus = tenantBus(listOf([], published), "kaminka");
  await expect(bus.publish("events", RECORDS)).rejects.toMatchObject({ code: "BUS_FOREIGN" });
  await bus.publish("events", RECORDS.slice(0, 2));
  expect(published).toEqual(RECORDS.slice(0, 2));
});

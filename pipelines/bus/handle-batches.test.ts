import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { systemClock } from "@yardline/domain/time";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedBus } from "./embedded.ts";
import { handleBatches } from "./handle-batches.ts";
import { textsOf } from "./testing.ts";

async function openBus() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-handle-"));
  const bus = await openEmbeddedBus({ folder, clock: systemClock });
  onTestFinished(async () => {
    await bus.close();
    await rm(folder, { recursive: true });
  });
  const publish = (text: string) =>
    bus.publish("events", [{ key: "a", source: "test", body: new TextEncoder().encode(text) }]);
  return { bus, publish };
}

test("a batch that cannot be handled for now comes again, after a wait that grows", async () => {
  const { bus, publish } = await openBus();
  await publish("1");
  const stop = new AbortController();
  const seen: string[][] = [];
  const waited_ms: number[] = [];
  await handleBatches({
    bus,
    topic: "events",
    group: "test",
    async handle(batch) {
      seen.push(textsOf(batch));
      if (seen.length < 3) throw new AppError("INDEX_UNAVAILABLE", "Away.", { retryable: true });
      stop.abort();
    },
    waits: (_error, wait_ms) => waited_ms.push(wait_ms),
    signal: stop.signal,
  });
  expect([seen, waited_ms]).toEqual([
    [["a:1"], ["a:1"], ["a:1"]],
    [100, 200],
  ]);
  expect(await bus.lag("events", "test")).toBe(0);
});

test("what no waiting mends ends it", async () => {
  const { bus, publish } = await openBus();
  await publish("1");
  const handling = handleBatches({
    bus,
    topic: "events",
    group: "test",
    handle: async () => {
      throw new AppError("STORE_DAMAGED", "Broken.");
    },
    waits: () => expect.unreachable(),
    signal: AbortSignal.timeout(10_000),
  });
  await expect(handling).rejects.toMatchObject({ code: "STORE_DAMAGED" });
});

test("a bus that is closed while batches are waited for does not take the process' time", async () => {
  const { bus } = await openBus();
  const stop = new AbortController();
  let subscriptions = 0;
  const counted = {
    subscribe: (...args: Parameters<typeof bus.subscribe>) => {
      subscriptions++;
      return bus.subscribe(...args);
    },
  };
  const nothing = { handle: async () => undefined, waits: () => undefined, signal: stop.signal };
  const handling = handleBatches({ bus: counted, topic: "events", group: "test", ...nothing });
  await bus.close();
  // Were there no pause, this timer would never come.
  setTimeout(() => stop.abort(), 350);
  await handling;
  expect(subscriptions).toBeLessThan(6);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedBus } from "./embedded.ts";
import { findReached } from "./embedded-reached.ts";
import { OLDEST } from "./event-bus.ts";
import { take } from "./testing.ts";

test("how far a group got is seen while the bus is open, and reading goes on from there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-reached-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  expect(findReached(folder, "events", "indexer")).toBe(OLDEST);
  const bus = await openEmbeddedBus({ folder, clock: systemClock });
  onTestFinished(() => bus.close());
  expect(findReached(folder, "events", "indexer")).toBe(OLDEST);
  const say = (text: string) =>
    bus.publish("events", [{ key: text, source: "camera/yard", body: new TextEncoder().encode(text) }]);
  await say("a");
  const stop = new AbortController();
  for await (const _batch of bus.subscribe("events", "indexer", stop.signal)) stop.abort();
  await say("b");
  const rest = bus.tail("events", findReached(folder, "events", "indexer"), new AbortController().signal);
  expect((await take(rest, 1)).map(({ key }) => key)).toEqual(["b"]);
});

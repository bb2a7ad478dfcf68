import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedBus } from "./embedded.ts";
import { take, textsOf } from "./testing.ts";

const KILLED_AFTER_MS = [3, 71, 150, 11, 40];
const child = new URL("./fixtures/publish-until-killed.ts", import.meta.url);

test("what was acknowledged before kill -9 is there, in order, whole calls only", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bus-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const acknowledged: string[] = [];
  for (const [round, after_ms] of KILLED_AFTER_MS.entries()) {
    acknowledged.push(...(await runUntilKilled(child, [folder, `${round}`], after_ms)));
  }

  const bus = await openEmbeddedBus({ folder, clock: systemClock });
  const count = await bus.lag("events", "check");
  const texts = textsOf(await take(bus.subscribe("events", "check", AbortSignal.timeout(20_000)), count));
  await bus.close();

  // Each loop's calls, in their order, without a gap and each with its three records.
  const calls = Map.groupBy(texts, (text) => text.split(":")[0] ?? "");
  for (const [key, found] of calls) {
    expect(found).toEqual(found.map((_, at) => `${key}:${Math.floor(at / 3)}${"abc"[at % 3]}`));
    expect(found.length % 3).toBe(0);
  }
  const kept = new Set(texts);
  const lost = acknowledged.filter((call) => !kept.has(`${call.replace(" ", ":")}a`));
  expect(lost).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(KILLED_AFTER_MS.length);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { makePki } from "./testing/pki.ts";
import { TwoBoxes } from "./testing/two-boxes.ts";

const pki = makePki();
/** Each starts and kills real processes for some seconds. */
const RUNS = 2;

async function start(per_s: number): Promise<TwoBoxes> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-link-"));
  const boxes = await TwoBoxes.start(folder, await pki, per_s);
  onTestFinished(async () => {
    await boxes.stop();
    await rm(folder, { recursive: true });
  });
  return boxes;
}

test("what an edge states arrives in its region once each, in order", async () => {
  const boxes = await start(500);
  await wait(1_000);
  await boxes.catchUp(10_000);
  await boxes.stop();
  const acknowledged = boxes.acknowledged();
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(await boxes.said("region")).toEqual(acknowledged);
});

type Fault = "cut for a moment" | "cut past every patience" | "edge killed" | "region killed" | "nothing";

const FAULTS: Readonly<Record<Fault, (boxes: TwoBoxes) => Promise<void>>> = {
  async "cut for a moment"({ link }) {
    link.cut();
    await wait(300);
    link.mend();
  },
  async "cut past every patience"({ link }) {
    link.cut();
    await wait(2_500);
    link.mend();
  },
  async "edge killed"(boxes) {
    await boxes.killEdge();
    await boxes.startEdge();
  },
  async "region killed"(boxes) {
    await boxes.killRegion();
    await boxes.startRegion();
  },
  nothing: async () => undefined,
};

const story = fc.array(
  fc.record({ after_ms: fc.nat(400), fault: fc.constantFrom<Fault>(...(Object.keys(FAULTS) as Fault[])) }),
  { minLength: 3, maxLength: 5 },
);

test("whatever is cut and killed, the region has what the edge has, in its order", {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(story, async (faults) => {
      const boxes = await start(600);
      for (const { after_ms, fault } of faults) {
        await wait(after_ms);
        await FAULTS[fault](boxes);
      }
      await boxes.catchUp(15_000);
      await boxes.stop();
      const kept = await boxes.said("edge");
      // What was under way when something was killed may come twice: the second changes nothing.
      expect([...new Set(await boxes.said("region"))]).toEqual(kept);
      expect([...new Set(boxes.acknowledged()).difference(new Set(kept))]).toEqual([]);
      expect(await boxes.said("edge", "dead-letters")).toEqual([]);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

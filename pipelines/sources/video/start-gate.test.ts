import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { createStartGate } from "./start-gate.ts";

const live = new AbortController().signal;

test("starts follow each other half a second to a second apart", async () => {
  const enter = createStartGate(() => 0);
  const began_ms = performance.now();
  const entered = await Promise.all(
    [0, 1, 2].map(() => enter(live).then(() => performance.now() - began_ms)),
  );
  const gaps = entered.slice(1).map((at_ms, i) => at_ms - (entered[i] ?? 0));
  for (const gap_ms of gaps) expect(gap_ms).toBeGreaterThan(480);
});

test("a child that has ended lets the next one in early, one that is stopped does not hold anybody up", async () => {
  const enter = createStartGate(() => 0);
  const letNext = await enter(live);
  const stopped = enter(AbortSignal.abort()).catch(() => "stopped");
  const next = enter(live);
  letNext();
  expect(await Promise.race([next.then(() => "entered"), delay(300, "waited")])).toBe("entered");
  expect(await stopped).toBe("stopped");
});

import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { PauseGate } from "./pause-gate.ts";

const pause = { from_ms: 0, until_ms: 1_000, reason: "a funeral", paused_by: "olena" };

test("a session ends when the camera is paused, and another begins when that is over", async () => {
  const gate = new PauseGate();
  const stop = new AbortController();
  const said: string[] = [];
  const ended = gate.run(stop.signal, async (signal) => {
    said.push("looks");
    await once(signal, "abort");
    said.push("ends");
    return said.length;
  });
  await delay(1);
  expect(gate.heed(pause, 100)).toEqual({ from_ms: 0, to_ms: 100 });
  expect(gate.heed({ ...pause, until_ms: 2_000 }, 200)).toBeUndefined();
  await delay(1);
  expect([said, gate.pause?.until_ms]).toEqual([["looks", "ends"], 2_000]);
  expect(gate.heed(undefined, 3_000)).toEqual({ from_ms: 0, to_ms: 2_000 });
  expect(gate.heed(undefined, 4_000)).toBeUndefined();
  await delay(1);
  expect(said).toEqual(["looks", "ends", "looks"]);
  stop.abort();
  expect(await ended).toBe(4);
});

test("who is paused from the beginning does not look, and stops when it is told to", async () => {
  const gate = new PauseGate();
  gate.heed(pause, 0);
  const stop = new AbortController();
  const ended = gate.run(stop.signal, async () => "looked");
  await delay(1);
  stop.abort();
  expect(await ended).toBeUndefined();
});

test("a session that ends by itself is the last one", async () => {
  expect(await new PauseGate().run(AbortSignal.timeout(10_000), async () => "at its end")).toBe("at its end");
});

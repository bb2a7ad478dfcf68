import { cameraLost } from "@yardline/events/camera-lost";
import { yardPresence } from "@yardline/events/yard-presence";
import type { MediaKeeper } from "@yardline/media/media-store";
import type { Said } from "@yardline/records/revise";
import { expect, test } from "vitest";
import { heedEvents } from "./heed-events.ts";
import { CONTINUOUS } from "./recording-plan.ts";
import { quiet, SaidProducer } from "./testing.ts";

const AT_MS = Date.parse("2026-11-22T12:00:00Z");
const iso = (s: number) => new Date(AT_MS + s * 1_000).toISOString();
const STAY: Said = {
  eventType: yardPresence,
  source: "camera/yard",
  state: "open",
  severity: "notice",
  data: {
    ...{ camera: "yard", rule: "presence", zone: "all", track: "3f1f2c1e-0000-4000-8000-000000000001" },
    ...{ label: "person", since: iso(0), until: iso(10), score: 0.9, sightings: 3, box: [0, 0, 1, 1] },
    clip: { from: iso(-5), to: iso(15) },
  },
};

function heeding(protect: MediaKeeper["protect"]) {
  const producer = new SaidProducer();
  const plan = { ...CONTINUOUS, pre_roll_ms: 20_000 };
  const planOf = (camera: string) => (camera === "yard" ? plan : undefined);
  return { producer, heeding: heedEvents(producer, { protect }, planOf, quiet) };
}

test("a statement protects its clip and the camera's own rolls, before it is made", async () => {
  const asked: unknown[] = [];
  const { producer, heeding: heeded } = heeding(async (occurrence, period, weight, until_ms) => {
    asked.push([occurrence.length, period, weight, until_ms, producer.said.length]);
  });
  const lost = { camera: "yard", since: iso(30), why: "silent", attempts: 1 };
  await heeded.state([STAY]);
  await heeded.state([{ ...STAY, eventType: cameraLost, data: lost }]);
  await heeded.state([{ ...STAY, data: { ...STAY.data, camera: "stranger" } }]);
  expect(asked).toEqual([
    [
      32,
      { camera: "yard", from_ms: AT_MS - 20_000, to_ms: AT_MS + 15_000 },
      2,
      AT_MS + 15_000 + 72 * 3_600_000,
      0,
    ],
    [32, { camera: "yard", from_ms: AT_MS + 10_000, to_ms: AT_MS + 35_000 }, 2, undefined, 1],
  ]);
});

test("a list that cannot be written costs no statement; a statement that fails leaves its camera behind until it is made", async () => {
  const { producer, heeding: heeded } = heeding(() => Promise.reject(new Error("full")));
  await heeded.state([STAY]);
  expect([producer.said.length, heeded.isBehind("yard")]).toEqual([1, false]);
  producer.failures.push(new Error("the bus is away"));
  await expect(heeded.state([STAY])).rejects.toThrow();
  expect([heeded.isBehind("yard"), heeded.isBehind("gate")]).toEqual([true, false]);
  await heeded.state([STAY]);
  expect(heeded.isBehind("yard")).toBe(false);
});

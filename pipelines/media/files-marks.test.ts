import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openFileStore } from "./files.ts";

/** A store with four segments of four seconds from 0 on, and a snapshot at 5 s. */
async function recorded() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-marks-"));
  const store = await openFileStore({ folder });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const record = (from_ms: number, camera = "yard") =>
    store.putSegment({ camera, connection: "c", from_ms, to_ms: from_ms + 4_000 }, Uint8Array.of(1));
  for (const from_ms of [0, 4_000, 8_000, 12_000]) await record(from_ms);
  const snapshot = await store.putSnapshot("yard", 5_000, Uint8Array.of(1));
  const wanted = async (skip = 0) =>
    (await store.listLeastWanted(10, skip)).map(({ camera, from_ms, weight }) => [camera, from_ms, weight]);
  return { store, record, snapshot, wanted };
}

test("what an event refers to is wanted more: what was there before it was told, and what is recorded after", async () => {
  const { store, record, wanted } = await recorded();
  await store.protect("o1", { camera: "yard", from_ms: 4_500, to_ms: 20_500 }, 2);
  await record(16_000);
  await record(16_000, "gate");
  await record(24_000);
  expect(await wanted()).toEqual([
    ["yard", 0, 0],
    ["gate", 16_000, 0],
    ["yard", 24_000, 0],
  ]);
  expect(await wanted(3)).toEqual([
    ["yard", 4_000, 2],
    ["yard", 5_000, 2],
    ["yard", 8_000, 2],
    ["yard", 12_000, 2],
    ["yard", 16_000, 2],
  ]);
  expect((await store.listPlain("yard", 9_000, 10, 0)).map(({ from_ms }) => from_ms)).toEqual([0]);
});

test("what is removed is gone with its mark; more than once changes nothing", async () => {
  const { store, snapshot, wanted } = await recorded();
  await store.protect("o1", { camera: "yard", from_ms: 0, to_ms: 30_000 }, 1);
  const all = await store.listLeastWanted(10, 0);
  await store.remove(all);
  await store.remove(all);
  expect([await wanted(), await store.read(snapshot), await store.usedBytes()]).toEqual([[], undefined, 0]);
});

test("gaps of one reason that touch are one; they go with the time of their camera, spared recording does not", async () => {
  const { store } = await recorded();
  await store.noteGap("yard", { from_ms: 20_000, to_ms: 24_000, why: "disk-slow" });
  await store.noteGap("yard", { from_ms: 24_000, to_ms: 28_000, why: "disk-slow" });
  await store.noteGap("yard", { from_ms: 22_000, to_ms: 60_000, why: "camera-lost" });
  const gaps = [
    { from_ms: 20_000, to_ms: 28_000, why: "disk-slow" },
    { from_ms: 22_000, to_ms: 60_000, why: "camera-lost" },
  ];
  expect(await store.listGaps("yard", 0, 100_000)).toEqual(gaps);
  expect(await store.listGaps("gate", 0, 100_000)).toEqual([]);
  const held = [{ camera: "yard", from_ms: 5_000, to_ms: 6_000 }];
  expect(await store.expire("yard", 4 * 86_400_000, held)).toBe(3);
  expect((await store.listSegments("yard", 0, 100_000)).map(({ from_ms }) => from_ms)).toEqual([4_000]);
  const [segment] = await store.listSegments("yard", 0, 100_000);
  expect(await store.read(segment?.id ?? "")).toEqual(Buffer.of(1));
  expect(await store.listGaps("yard", 0, 100_000)).toEqual([]);
});

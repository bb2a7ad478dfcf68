import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileStore } from "@yardline/media/files";
import type { Gap } from "@yardline/media/media-store";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { expect, onTestFinished, test } from "vitest";
import type { EdgeCamera } from "./edge.ts";
import { CONTINUOUS, type RecordingPlan } from "./recording-plan.ts";
import { type RetentionParts, sweep } from "./retention.ts";
import { quiet, YardDetector } from "./testing.ts";

const NOW_MS = Date.parse("2026-11-22T12:00:00Z");
const ago = (s: number) => NOW_MS - s * 1_000;

function cameraOf(id: string, recording: RecordingPlan = CONTINUOUS): EdgeCamera {
  return {
    ...{ id, name: id, address: CameraAddress.parse("/nowhere.mp4"), recorded: false, recording },
    scene: PRESENCE_EVERYWHERE,
    sight: { detector: new YardDetector() },
    record: {
      purpose: "protection-of-property",
      legal_basis: "public-task",
      controller: "Test",
      retention_h: 1,
      mask: { form: "none-needed", reason: "a drawn yard" },
      sign: { not_needed: "a drawn yard" },
    },
  };
}

async function storeOf(folder?: string) {
  const place = folder ?? (await mkdtemp(join(tmpdir(), "yardline-retention-")));
  const store = await openFileStore({ folder: place });
  onTestFinished(async () => {
    await store.close();
    if (!folder) await rm(place, { recursive: true });
  });
  const record = (camera: string, from_ms: number, bytes = 10) =>
    store.putSegment({ camera, connection: "c", from_ms, to_ms: from_ms + 4_000 }, new Uint8Array(bytes));
  const kept = async (camera: string) =>
    (await store.listSegments(camera, 0, NOW_MS + 1)).map(({ from_ms }) => (NOW_MS - from_ms) / 1_000);
  const gaps = async (camera: string) =>
    (await store.listGaps(camera, 0, NOW_MS + 1)).map(({ from_ms, to_ms, why }: Gap) => [
      ...[(NOW_MS - from_ms) / 1_000, (NOW_MS - to_ms) / 1_000],
      why,
    ]);
  return { store, record, kept, gaps };
}

function partsOf(
  store: Awaited<ReturnType<typeof openFileStore>>,
  { free_bytes = 1e12, ...more }: Partial<RetentionParts> & { free_bytes?: number } = {},
): RetentionParts {
  const disk = { freeBytes: async () => free_bytes, budget: { keep_free_bytes: 1_000 } };
  return {
    media: store,
    keeping: { keeper: store, disk, listHeld: async () => [] },
    clock: { now_ms: () => NOW_MS },
    log: quiet,
    isBehind: () => false,
    ...more,
  };
}

test("a camera recorded by event keeps what its events refer to; the rest goes after the buffer, shown as a gap", async () => {
  const { store, record, kept, gaps } = await storeOf();
  for (let s = 200; s > 0; s -= 4) for (const camera of ["yard", "gate"]) await record(camera, ago(s));
  await store.protect("o1", { camera: "yard", from_ms: ago(175), to_ms: ago(165) }, 1);
  const plan = { ...CONTINUOUS, mode: "by-event" as const };
  const cameras = [cameraOf("yard", plan), cameraOf("gate")];
  await sweep(cameras, partsOf(store, { isBehind: (camera) => camera === "yard" }));
  expect((await kept("yard")).length).toBe(50);
  await sweep(cameras, partsOf(store));
  expect((await kept("yard")).filter((s) => s > 136)).toEqual([176, 172, 168]);
  expect((await kept("gate")).length).toBe(50);
  expect(await gaps("yard")).toEqual([
    [200, 176, "by-event"],
    [164, 132, "by-event"],
  ]);
});

test("an event's footage goes when its kind's time is over, but for what another event or a hold still needs", async () => {
  const { store, record, kept, gaps } = await storeOf();
  for (let s = 60; s > 0; s -= 4) await record("yard", ago(s));
  const picture = await store.putSnapshot("yard", ago(55), new Uint8Array(9));
  const about = (from_s: number, to_s: number) => ({
    camera: "yard",
    from_ms: ago(from_s),
    to_ms: ago(to_s),
  });
  await store.protect("over", about(56, 44), 1, NOW_MS);
  await store.protect("goes-on", about(47, 45), 1, NOW_MS + 1);
  await store.protect("no-pictures-of-its-own", about(30, 28), 1);
  await store.protect("held", about(20, 12), 1, NOW_MS - 1);
  const listHeld = async () => [about(15, 14)];
  const { keeping, ...parts } = partsOf(store);
  await sweep([cameraOf("yard"), cameraOf("gate")], { ...parts, keeping: { ...keeping, listHeld } });
  expect(await kept("yard")).toEqual([60, 48, 44, 40, 36, 32, 28, 24, 16, 12, 8, 4]);
  expect(await store.read(picture)).toBeUndefined();
  expect(await gaps("yard")).toEqual([
    [56, 48, "class-expired"],
    [20, 16, "class-expired"],
  ]);
});

test("for want of disk the oldest plain recording of any camera goes first, never what is held, and all of it is told", async () => {
  const { store, record, kept, gaps } = await storeOf();
  for (const s of [100, 96, 92, 88]) await record("yard", ago(s), 300);
  await record("gate", ago(98), 300);
  await store.protect("o1", { camera: "yard", from_ms: ago(95), to_ms: ago(93) }, 1);
  const listHeld = async () => [{ camera: "gate", from_ms: ago(97), to_ms: ago(96) }];
  const { keeping, ...parts } = partsOf(store, { free_bytes: 500 });
  await sweep([cameraOf("yard"), cameraOf("gate")], { ...parts, keeping: { ...keeping, listHeld } });
  expect([await kept("yard"), await kept("gate")]).toEqual([[96, 88], [98]]);
  expect(await gaps("yard")).toEqual([
    [100, 96, "made-room"],
    [92, 88, "made-room"],
  ]);
});

test("while it is not known what is held, nothing goes", async () => {
  const { store, record, kept } = await storeOf();
  await record("yard", ago(10 * 3_600));
  const { keeping, ...parts } = partsOf(store, { free_bytes: 0 });
  const listHeld = () => Promise.reject(new Error("the records are away"));
  await sweep([cameraOf("yard")], { ...parts, keeping: { ...keeping, listHeld } });
  expect(await kept("yard")).toEqual([36_000]);
});

const disk = mountSmallDisk(4);
test.skipIf(!disk)(
  "a disk that is really full (needs root to make one) is freed by what is least wanted and not held",
  async () => {
    onTestFinished(() => disk?.remove());
    const folder = disk?.folder ?? "";
    const { store, record, kept } = await storeOf(folder);
    for (let s = 40; s > 0; s -= 4) await record("yard", ago(s), 200_000);
    await store.protect("o1", { camera: "yard", from_ms: ago(40), to_ms: ago(36) }, 1);
    disk?.fill();
    await expect(record("yard", NOW_MS)).rejects.toMatchObject({ code: "MEDIA_UNAVAILABLE" });
    const freeBytes = async () => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    };
    const { keeping, ...parts } = partsOf(store);
    const listHeld = async () => [{ camera: "yard", from_ms: ago(35), to_ms: ago(33) }];
    const real = { ...keeping, listHeld, disk: { freeBytes, budget: { keep_free_bytes: 700_000 } } };
    await sweep([cameraOf("yard")], { ...parts, keeping: real });
    expect(await freeBytes()).toBeGreaterThanOrEqual(700_000 - 100_000);
    await record("yard", NOW_MS);
    const left = await kept("yard");
    expect([...left.slice(0, 2), left.includes(32), left.at(-1)]).toEqual([40, 36, false, 0]);
  },
);

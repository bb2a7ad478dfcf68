import { hash } from "node:crypto";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFragmentReader, isInit, type Packet } from "@yardline/sources/video/fragments";
import { fragmentedVideo } from "@yardline/sources/video/testing";
import { expect, onTestFinished, test } from "vitest";
import { openDrafts } from "./drafts.ts";
import { openFileStore } from "./files.ts";

const FROM_MS = Date.parse("2026-11-22T12:00:00Z");
const YARD = { camera: "yard", connection: "c/1", from_ms: FROM_MS };
const pieces = createFragmentReader()(fragmentedVideo({ size: "160x90", seconds: 2, rate_fps: 10 }));
const init = pieces.find(isInit)?.data ?? new Uint8Array();
const pictures = pieces.filter((piece): piece is Packet => !isInit(piece)).map(({ data }) => data);

async function start() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-drafts-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { folder, underWay: () => readdir(join(folder, ".under-way")) };
}

/** The store as the next process finds it. */
async function reopened(folder: string) {
  const store = await openFileStore({ folder });
  onTestFinished(() => store.close());
  return { store, segments: await store.listSegments("yard", 0, FROM_MS + 60_000) };
}

test("a segment that grew is stored as it is given at its end, and nothing of it is written twice", async () => {
  const { folder, underWay } = await start();
  const { store } = await reopened(folder);
  await store.grow(YARD, [init, ...pictures.slice(0, 5)]);
  await store.grow(YARD, pictures.slice(5, 12));
  const [name = ""] = await underWay();
  const before = await stat(join(folder, ".under-way", name));
  const whole = Buffer.concat([init, ...pictures]);
  const { id } = await store.putSegment({ ...YARD, to_ms: FROM_MS + 2_000 }, whole);
  expect(Buffer.from((await store.read(id)) ?? []).equals(whole)).toBe(true);
  expect((await stat(join(folder, "yard", "2026-11-22", `${id}.mp4`))).ino).toBe(before.ino);
  expect(await underWay()).toEqual([]);
});

test("what a killed process left is kept up to its last whole picture", async () => {
  const { folder, underWay } = await start();
  const drafts = openDrafts(folder);
  await drafts.grow(YARD, [init, ...pictures.slice(0, 9), (pictures[9] ?? new Uint8Array()).subarray(0, 40)]);
  await drafts.close();
  const { store, segments } = await reopened(folder);
  const kept = Buffer.concat([init, ...pictures.slice(0, 9)]);
  expect(segments).toMatchObject([{ ...YARD, to_ms: FROM_MS + 900, sha256: hash("sha256", kept) }]);
  const data = await store.read(segments[0]?.id ?? "");
  expect(Buffer.from(data ?? []).equals(kept)).toBe(true);
  expect(await underWay()).toEqual([]);
});

test("what holds no whole picture, or is none of ours, is removed", async () => {
  const { folder, underWay } = await start();
  const drafts = openDrafts(folder);
  await drafts.grow(YARD, [init, (pictures[0] ?? new Uint8Array()).subarray(0, 40)]);
  await drafts.grow({ ...YARD, camera: "gate" }, [new Uint8Array(500)]);
  await drafts.close();
  await writeFile(join(folder, ".under-way", "..@1@x.mp4"), "x");
  expect((await reopened(folder)).segments).toEqual([]);
  expect(await underWay()).toEqual([]);
});

test("one whose beginning is missing, and one that cannot be written, are stored whole at the end", async () => {
  const { folder } = await start();
  const { store } = await reopened(folder);
  const whole = Buffer.concat([init, ...pictures]);
  const put = async (camera: string) => {
    const { id } = await store.putSegment({ ...YARD, camera, to_ms: FROM_MS + 2_000 }, whole);
    return Buffer.from((await store.read(id)) ?? []).equals(whole);
  };
  // The segment before was lost: its draft is still there when another is stored.
  await store.grow({ ...YARD, from_ms: FROM_MS - 4_000 }, [init]);
  expect(await put("yard")).toBe(true);
  await rm(join(folder, ".under-way"), { recursive: true });
  await writeFile(join(folder, ".under-way"), "in the way");
  await store.grow({ ...YARD, camera: "gate" }, [init]);
  expect(await put("gate")).toBe(true);
});

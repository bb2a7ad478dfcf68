import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openFileStore } from "./files.ts";
import { describeMediaStore } from "./testing.ts";

async function place() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-media-"));
  return { folder, open: () => openFileStore({ folder }), remove: () => rm(folder, { recursive: true }) };
}

describeMediaStore("A store on files", place);

test("a link in the place of a recording is not followed", async () => {
  const { folder, open, remove } = await place();
  const store = await open();
  onTestFinished(async () => {
    await store.close();
    await remove();
  });
  const id = await store.putSnapshot("yard", 0, new Uint8Array([1]));
  const path = join(folder, "yard", "1970-01-01", `${id}.jpg`);
  await rm(path);
  await symlink("/etc/hostname", path);
  await expect(store.read(id)).rejects.toMatchObject({ code: "MEDIA_UNAVAILABLE" });
});

test("on a full disk one clear refusal, and no half file is left", async ({ skip }) => {
  const { folder, remove } = await place();
  const limited = join(folder, "small");
  await mkdir(limited);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", limited], { stdio: "ignore" });
  } catch {
    await remove();
    skip("only root can mount a small disk");
  }
  const store = await openFileStore({ folder: limited });
  onTestFinished(async () => {
    await store.close();
    execFileSync("umount", [limited]);
    await remove();
  });
  const big = { camera: "yard", connection: "c", from_ms: 0, to_ms: 4_000 };
  const refused = store.putSegment(big, new Uint8Array(2_000_000));
  await expect(refused).rejects.toMatchObject({ code: "MEDIA_UNAVAILABLE", retryable: true });
  expect(await readdir(join(limited, "yard", "1970-01-01"))).toEqual([]);
  await store.putSegment(big, new Uint8Array(1_000));
  expect(await store.listSegments("yard", 0, 1)).toHaveLength(1);
});

test("what was made of recordings goes with the first of them that goes, whatever drops it, and never alone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-derived-"));
  const store = await openFileStore({ folder });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const bytes = (text: string) => new TextEncoder().encode(text);
  const segments = [];
  for (const s of [0, 4, 8, 12]) {
    const at = { from_ms: s * 1_000, to_ms: (s + 4) * 1_000 };
    segments.push(await store.putSegment({ camera: "yard", connection: "c", ...at }, bytes("x")));
  }
  const strip = { camera: "yard", from_ms: 3_000, to_ms: 7_000, what: "filmstrip" };
  const late = { camera: "yard", from_ms: 9_000, to_ms: 15_000, what: "h264" };
  await store.keepDerived(strip, bytes("old"));
  await store.keepDerived(strip, bytes("strip"));
  await store.keepDerived(late, bytes("proxy"));
  const found = async () =>
    (await Promise.all([strip, late].map((each) => store.findDerived(each)))).map(
      (data) => data && String(Buffer.from(data)),
    );
  expect(await found()).toEqual(["strip", "proxy"]);
  expect(await store.findDerived({ ...strip, to_ms: 7_001 })).toBeUndefined();
  expect(await store.findDerived({ ...strip, what: "h264" })).toBeUndefined();
  // None is offered as something to drop for want of disk.
  expect((await store.listLeastWanted(10, 0)).map(({ id }) => id)).toEqual(segments.map(({ id }) => id));
  expect(await store.expire("yard", 4_500)).toBe(1);
  expect(await found()).toEqual([undefined, "proxy"]);
  const last = (await store.listLeastWanted(10, 2)).slice(0, 1);
  await store.remove(last);
  expect(await found()).toEqual([undefined, undefined]);
  const files = await readdir(join(folder, "yard", "1970-01-01"));
  expect(files.filter((name) => name.endsWith(".made"))).toEqual([]);
});

test("what a kill left unlisted or half written is gone at the next start, and what is listed stays", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-media-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const first = await openFileStore({ folder });
  const at_ms = Date.parse("2026-11-22T23:59:00Z");
  const listed = [at_ms, at_ms + 120_000].map((ms) => first.putSnapshot("yard", ms, Buffer.from("jpeg")));
  const ids = await Promise.all(listed);
  await first.close();
  for (const day of ["2026-11-22", "2026-11-23"]) {
    await writeFile(join(folder, "yard", day, "0e8f6a52-0000-4000-8000-000000000000.mp4"), "unlisted");
    await writeFile(join(folder, "yard", day, ".0e8f6a52-0000-4000-8000-000000000000.jpg.part"), "half");
  }
  const second = await openFileStore({ folder });
  onTestFinished(() => second.close());
  const left = await Promise.all(["22", "23"].map((day) => readdir(join(folder, "yard", `2026-11-${day}`))));
  expect(left).toEqual(ids.map((id) => [`${id}.jpg`]));
});

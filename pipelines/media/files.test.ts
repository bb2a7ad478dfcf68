import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
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

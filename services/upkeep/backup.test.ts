import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { expect, onTestFinished, test } from "vitest";
import { readArchive } from "./archive.ts";
import { makeBackup } from "./backup.ts";
import { lockFolder } from "./data-folder.ts";
import { makeFolder, unpackFormat1 } from "./testing/kept-folder.ts";
import { workOptions } from "./testing/options.ts";

const drain = async ({ body }: { body: AsyncIterable<Uint8Array> }) => {
  for await (const _ of body);
};

test("everything that a town keeps is in it, and nothing else", async () => {
  const folder = unpackFormat1();
  const file = join(makeFolder(), "town.tar.zst");
  const made = await makeBackup({ ...workOptions(), folder, file, media: true });
  expect(made.files.map(({ path }) => path)).toEqual([
    "bus/offsets.sqlite",
    "index/2026-11-16.sqlite",
    "bus/events/2026-11-22.sqlite",
    "bus/positions/2026-11-22.sqlite",
    "records.sqlite",
    "media/list.sqlite",
    "media/ploshcha/2026-11-22/070204f1-ded3-484c-8b8e-6981f91b7e69.jpg",
    "media/ploshcha/2026-11-22/31907604-03ed-47e3-8b8b-ba00032cddab.mp4",
  ]);
  expect(await readArchive(file, drain, new AbortController().signal)).toEqual(made);
  expect(readdirSync(join(file, ".."))).toEqual(["town.tar.zst"]);
});

test("without media it is small", async () => {
  const file = join(makeFolder(), "town.tar.zst");
  const made = await makeBackup({ ...workOptions(), folder: unpackFormat1(), file, media: false });
  expect(made.files.filter(({ path }) => path.startsWith("media/"))).toEqual([]);
});

test("a store that is damaged is told, and the others are in it", async () => {
  const folder = unpackFormat1();
  const broken = join(folder, "index/2026-11-16.sqlite");
  const bytes = readFileSync(broken);
  writeFileSync(broken, bytes.fill(0x5a, 16_384, 40_000));
  const file = join(makeFolder(), "town.tar.zst");
  const made = await makeBackup({ ...workOptions(), folder, file, media: false });
  expect(made.damaged).toEqual([expect.stringContaining(`${broken} is damaged`)]);
  expect(made.files.map(({ path }) => path)).not.toContain("index/2026-11-16.sqlite");
  expect(made.files).toHaveLength(4);
});

test("an index that is being rebuilt is left out, unless it is the only one", async () => {
  const folder = unpackFormat1();
  cpSync(join(folder, "index"), join(folder, "index.next"), { recursive: true });
  writeFileSync(join(folder, "index.next/rebuild.json"), "{}");
  const pathsIn = async () => {
    const options = { ...workOptions(), folder, file: join(makeFolder(), "town.tar.zst"), media: false };
    return (await makeBackup(options)).files
      .map(({ path }) => path)
      .filter((path) => path.startsWith("index"));
  };
  expect(await pathsIn()).toEqual(["index/2026-11-16.sqlite"]);
  rmSync(join(folder, "index"), { recursive: true });
  expect(await pathsIn()).toEqual(["index.next/2026-11-16.sqlite", "index.next/rebuild.json"]);
});

test("while the folder is changed as a whole there is no backup", async () => {
  const folder = unpackFormat1();
  using _changing = lockFolder(folder);
  const making = makeBackup({
    ...workOptions(),
    folder,
    file: join(makeFolder(), "town.tar.zst"),
    media: false,
  });
  await expect(making).rejects.toMatchObject({ code: "STORE_IN_USE" });
});

test("a folder without a town is refused", async () => {
  const file = join(makeFolder(), "town.tar.zst");
  const none = makeBackup({ ...workOptions(), folder: makeFolder(), file, media: true });
  await expect(none).rejects.toMatchObject({ code: "BACKUP_NOTHING" });
});

test("stopped half-way it leaves nothing", async () => {
  const out = makeFolder();
  const options = {
    ...workOptions(AbortSignal.abort()),
    folder: unpackFormat1(),
    file: join(out, "town.tar.zst"),
  };
  await expect(makeBackup({ ...options, media: true })).rejects.toMatchObject({ code: "BACKUP_STOPPED" });
  expect(readdirSync(out)).toEqual([]);
});

test("killed at any moment it leaves nothing that looks like a backup, and the next one is whole", async () => {
  const folder = unpackFormat1();
  const out = makeFolder();
  for (const after_ms of [1, 15, 30, 60]) {
    const file = join(out, `${after_ms}.tar.zst`);
    const said = await runUntilKilled(
      new URL("./fixtures/back-up.ts", import.meta.url),
      [folder, file],
      after_ms,
    );
    if (!said.includes("made")) expect(readdirSync(out)).not.toContain(`${after_ms}.tar.zst`);
    const made = await makeBackup({ ...workOptions(), folder, file, media: true });
    expect(made.files).toHaveLength(8);
  }
  expect(readdirSync(out)).toHaveLength(4);
});

const disk = mountSmallDisk(1);
test.skipIf(!disk)(
  "on a full disk it leaves nothing, and the backup before it stays (takes root)",
  async () => {
    if (!disk) return;
    onTestFinished(() => disk.remove());
    const folder = unpackFormat1();
    const file = join(disk.folder, "town.tar.zst");
    const first = await makeBackup({ ...workOptions(), folder, file, media: true });
    disk.fill();
    const second = makeBackup({ ...workOptions(), folder, file, media: true });
    await expect(second).rejects.toMatchObject({ message: expect.stringMatching(/full|ENOSPC/) });
    expect(await readArchive(file, drain, new AbortController().signal)).toEqual(first);
    expect(readdirSync(disk.folder).toSorted()).toEqual(["ballast", "town.tar.zst"]);
  },
);

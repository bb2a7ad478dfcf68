import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { eventually } from "@yardline/testkit/eventually";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { expect, onTestFinished, test } from "vitest";
import { writeArchive } from "./archive.ts";
import { makeBackup } from "./backup.ts";
import { FOLDER_FORMAT, RELEASE, useFolder, writeStamp } from "./data-folder.ts";
import { restoreBackup } from "./restore.ts";
import { makeFolder, unpackFormat1 } from "./testing/kept-folder.ts";
import { eventsIn, openFolder } from "./testing/open-folder.ts";
import { workOptions } from "./testing/options.ts";
import { lost } from "./testing/statements.ts";

/** A backup of the kept folder, and a place to restore it to. */
async function aBackup({ media = true } = {}) {
  const file = join(makeFolder(), "town.tar.zst");
  const from = unpackFormat1();
  const { files } = await makeBackup({ ...workOptions(), folder: from, file, media });
  const folder = join(makeFolder(), "town");
  const restore = (replace = false) => restoreBackup({ ...workOptions(), file, folder, replace });
  return { file, files, from, folder, restore };
}

const read = (folder: string, path: string) => readFileSync(join(folder, path));
const PICTURE = "media/ploshcha/2026-11-22/070204f1-ded3-484c-8b8e-6981f91b7e69.jpg";

test("what was backed up is there again, byte for byte", async () => {
  const { from, folder, restore } = await aBackup();
  expect(await restore()).toMatchObject({ aside: undefined, erased: { noted: 0 } });
  expect(read(folder, PICTURE)).toEqual(read(from, PICTURE));
  expect(readdirSync(folder).filter((name) => !name.endsWith(".lock"))).toEqual(
    [...readdirSync(from).filter((name) => !name.endsWith(".lock")), "restored.json"].toSorted(),
  );
  expect(readdirSync(dirname(folder))).toEqual(["town"]);
});

test("a folder that is not empty is refused, or moved aside whole", async () => {
  const { folder, restore } = await aBackup();
  mkdirSync(folder);
  writeFileSync(join(folder, "mine.txt"), "mine");
  await expect(restore()).rejects.toMatchObject({ code: "RESTORE_NOT_EMPTY" });
  expect(readdirSync(dirname(folder))).toEqual(["town"]);
  const [{ aside = "" }, { aside: second }] = [await restore(true), await restore(true)];
  expect(second).not.toBe(aside);
  expect(read(aside, "mine.txt").toString()).toBe("mine");
  expect(existsSync(join(folder, "mine.txt"))).toBe(false);
});

test("an empty folder is taken as it is", async () => {
  const { folder, restore } = await aBackup();
  mkdirSync(folder);
  expect(await restore()).toMatchObject({ aside: undefined });
  expect(existsSync(join(folder, PICTURE))).toBe(true);
});

test("a town that runs is not replaced", async () => {
  const { folder, restore } = await aBackup();
  using _town = await useFolder(folder, workOptions().clock);
  await expect(restore(true)).rejects.toMatchObject({ code: "STORE_IN_USE" });
});

test("a backup without media leaves the recordings that are there", async () => {
  const { folder, restore } = await aBackup({ media: false });
  mkdirSync(join(folder, "media"), { recursive: true });
  writeFileSync(join(folder, "media/mine.mp4"), "mine");
  await restore(true);
  expect(readdirSync(join(folder, "media"))).toEqual(["mine.mp4"]);
  expect(existsSync(join(folder, "records.sqlite"))).toBe(true);
});

test.for<[string, (bytes: Buffer) => Buffer]>([
  ["was cut off", (bytes) => bytes.subarray(0, bytes.length - 200)],
  ["has a wrong bit", (bytes) => Buffer.from(bytes.with(20_000, (bytes[20_000] ?? 0) ^ 1))],
  ["is no backup", () => Buffer.from("PK")],
])("a backup that %s is refused, and the folder stays as it was", async ([, spoil]) => {
  const { file, folder, restore } = await aBackup();
  mkdirSync(folder);
  writeFileSync(join(folder, "mine.txt"), "mine");
  writeFileSync(file, spoil(readFileSync(file)));
  await expect(restore(true)).rejects.toMatchObject({ code: "ARCHIVE_DAMAGED" });
  expect(readdirSync(dirname(folder))).toEqual(["town"]);
  expect(read(folder, "mine.txt").toString()).toBe("mine");
});

test.for(["../outside.txt", "/etc/outside.txt", "a/../../outside.txt", ".hidden"])(
  "an archive that would write %s is refused",
  async (path) => {
    const file = join(makeFolder(), "bad.tar.zst");
    async function* one() {
      async function* body() {
        yield Buffer.from("bad");
      }
      yield { path, bytes: 3, body: body() };
    }
    const said = {
      kind: "yardline-backup",
      release: RELEASE,
      folder_format: FOLDER_FORMAT,
      made_at: "",
      media: true,
    };
    const manifest = () => ({ ...said, kind: "yardline-backup" as const, damaged: [] });
    await writeArchive(file, dirname(file), one(), manifest, new AbortController().signal);
    const folder = join(makeFolder(), "town");
    const restoring = restoreBackup({ ...workOptions(), file, folder, replace: false });
    await expect(restoring).rejects.toMatchObject({ code: "ARCHIVE_DAMAGED" });
    expect(readdirSync(dirname(folder))).toEqual([]);
  },
);

test("killed at any moment it leaves the old folder or the new one, and goes on when it is run again", async () => {
  const { file, files, folder, restore } = await aBackup({ media: false });
  for (const after_ms of [1, 20, 40, 60, 80]) {
    mkdirSync(join(folder, "media"), { recursive: true });
    writeFileSync(join(folder, "media/mine.mp4"), "mine");
    await runUntilKilled(new URL("./fixtures/put-back.ts", import.meta.url), [file, folder], after_ms);
    await restore(true);
    for (const { path } of files) expect(existsSync(join(folder, path))).toBe(true);
    expect(readdirSync(join(folder, "media"))).toEqual(["mine.mp4"]);
    expect(readdirSync(dirname(folder)).filter((name) => /\.restoring|\.lock/.test(name))).toEqual([]);
  }
});

test("a restore that was interrupted between two renames is finished by the next one", async () => {
  const { folder, restore } = await aBackup();
  const told = {
    made_at: "2026-11-22T06:00:00Z",
    release: "0.1.0",
    folder_format: 1,
    media: false,
    damaged: [],
  };
  mkdirSync(`${folder}.restoring`);
  mkdirSync(join(`${folder}.aside`, "media"), { recursive: true });
  const half = { file: "old.tar.zst", manifest: told, aside: `${folder}.aside`, erased: { noted: 0 } };
  writeFileSync(join(`${folder}.restoring`, "restored.json"), JSON.stringify(half));
  await expect(useFolder(folder, workOptions().clock)).rejects.toMatchObject({ code: "FOLDER_RESTORING" });
  expect(await restore()).toEqual({ manifest: told, aside: `${folder}.aside`, erased: { noted: 0 } });
  expect(readdirSync(folder).toSorted()).toEqual(["media", "restored.json"]);
});

test("what was erased since the backup was made stays erased", async () => {
  const folder = join(makeFolder(), "town");
  const file = join(makeFolder(), "town.tar.zst");
  const town = await openFolder(folder);
  await town.producer.state([lost("a", 0), lost("b", 0)]);
  await eventually(async () => expect(await eventsIn(town.index)).toHaveLength(2));
  const [first] = await eventsIn(town.index);
  const occurrence = first?.occurrence ?? "";
  await town.close();
  await writeStamp(folder, { format: FOLDER_FORMAT, release: RELEASE, made_at: "" });
  await makeBackup({ ...workOptions(), folder, file, media: true });

  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  await records.write([{ kind: "erasure", id: occurrence, value: { at: "2026-11-22T07:00:00Z" } }]);
  await records.close();
  const { erased } = await restoreBackup({ ...workOptions(), file, folder, replace: true });
  expect(erased).toEqual({ noted: 1 });
  const index = await openEmbeddedIndex({ folder: join(folder, "index") });
  onTestFinished(() => index.close());
  const found = await eventsIn(index);
  expect(found.map((each) => each.occurrence)).toEqual([expect.not.stringContaining(occurrence)]);
});

const disk = mountSmallDisk(1);
test.skipIf(!disk)("on a full disk it leaves nothing behind (takes root)", async () => {
  if (!disk) return;
  onTestFinished(() => disk.remove());
  const { file } = await aBackup();
  disk.fill();
  const folder = join(disk.folder, "town");
  const restoring = restoreBackup({ ...workOptions(), file, folder, replace: false });
  await expect(restoring).rejects.toMatchObject({ code: "RESTORE_UNWRITABLE" });
  expect(readdirSync(disk.folder)).toEqual(["ballast"]);
});

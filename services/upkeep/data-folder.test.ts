import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFor } from "@yardline/bus/sqlite-file";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { FOLDER_FORMAT, findStamp, lockFolder, RELEASE, useFolder, writeStamp } from "./data-folder.ts";
import manifest from "./package.json" with { type: "json" };
import { makeFolder, unpackFormat1 } from "./testing/kept-folder.ts";

const clock = handClock(Date.parse("2026-11-22T06:00:00Z"));
const stamp = { format: FOLDER_FORMAT, release: RELEASE, made_at: "2026-11-22T06:00:00.000Z" };

test("a new folder is made and stamped, and used by several services, but not while it is changed as a whole", async () => {
  const folder = join(makeFolder(), "new");
  const [first, second] = [await useFolder(folder, clock), await useFolder(folder, clock)];
  expect(await findStamp(folder)).toEqual(stamp);
  first[Symbol.dispose]();
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: "STORE_IN_USE" }));
  second[Symbol.dispose]();
  using _changing = lockFolder(folder);
  await expect(useFolder(folder, clock)).rejects.toMatchObject({ code: "STORE_IN_USE" });
});

test("the release is that of the whole project", () => {
  const root = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  expect(manifest.version).toBe(root.version);
});

test("a folder of the release before says what to run, and is not touched", async () => {
  const folder = unpackFormat1();
  const before = readdirSync(folder);
  await expect(useFolder(folder, clock)).rejects.toMatchObject({
    code: "FOLDER_OLD",
    message: expect.stringContaining(`run ./yardline upgrade --data ${folder}`),
  });
  expect(readdirSync(folder)).toEqual([...before.slice(0, 1), "data-folder.lock", ...before.slice(1)]);
});

test("a folder of a newer release is refused by its name", async () => {
  const folder = makeFolder();
  await writeStamp(folder, { ...stamp, format: FOLDER_FORMAT + 1, release: "9.9.9" });
  await expect(useFolder(folder, clock)).rejects.toMatchObject({
    code: "FOLDER_NEW",
    message: expect.stringContaining("written by Yardline 9.9.9"),
  });
});

test("a folder whose upgrade was interrupted is refused until it is through", async () => {
  const folder = makeFolder();
  await writeStamp(folder, { ...stamp, upgrading: { backup: "/backups/town.tar.zst" } });
  await expect(useFolder(folder, clock)).rejects.toMatchObject({
    code: "FOLDER_OLD",
    message: expect.stringContaining("was interrupted: run ./yardline upgrade"),
  });
});

test("a folder whose restoring was interrupted is refused until it is through", async () => {
  const folder = join(makeFolder(), "town");
  mkdirSync(`${folder}.restoring`);
  writeFileSync(join(`${folder}.restoring`, "restored.json"), "{}");
  await expect(useFolder(folder, clock)).rejects.toMatchObject({ code: "FOLDER_RESTORING" });
});

test("a damaged stamp is named", async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, "data-folder.json"), "{");
  await expect(useFolder(folder, clock)).rejects.toMatchObject({ code: "FOLDER_STAMP" });
});

test("what a killed restore had unpacked goes before the folder is used, but not while it is being unpacked", async () => {
  const folder = join(makeFolder(), "town");
  const beside = `${folder}.restoring`;
  mkdirSync(join(beside, "media"), { recursive: true });
  writeFileSync(join(beside, "media/picture.jpg"), "pixels");
  const unpacking = lockFor(beside, { what: "folder", unavailable: "RESTORE_UNWRITABLE" });
  (await useFolder(folder, clock))[Symbol.dispose]();
  expect(readdirSync(join(beside, "media"))).toEqual(["picture.jpg"]);
  unpacking[Symbol.dispose]();
  (await useFolder(folder, clock))[Symbol.dispose]();
  expect(readdirSync(join(folder, ".."))).toEqual(["town"]);
});

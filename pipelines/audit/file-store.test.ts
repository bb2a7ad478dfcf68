import { appendFile, mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { originOf } from "./checkpoint.ts";
import { openFileStore } from "./file-store.ts";
import { readFileLog } from "./read-log.ts";
import { deed, describeAuditStore } from "./testing.ts";
import { verifyLog } from "./verify.ts";

const FILE_BYTES = 64 * 1024;
const NOTHING = { notes: [], checkpoints: [], origin: originOf("town") };

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-audit-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describeAuditStore("in files of its own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-audit-"));
  return {
    isShared: false,
    open: () => openFileStore({ folder, file_bytes: FILE_BYTES }),
    remove: () => rm(folder, { recursive: true }),
  };
});

test("a second process is kept out", async () => {
  const folder = await newFolder();
  const store = await openFileStore({ folder, file_bytes: FILE_BYTES });
  await expect(openFileStore({ folder, file_bytes: FILE_BYTES })).rejects.toMatchObject({
    code: "STORE_IN_USE",
  });
  await store.close();
});

test("the room of a file and of the next one is taken before anything is written", async () => {
  const folder = await newFolder();
  const store = await openFileStore({ folder, file_bytes: FILE_BYTES });
  await store.append([deed()], 1);
  const sizes = await Promise.all(
    ["000000000000.log", "reserve.part"].map(async (name) => (await readFile(join(folder, name))).length),
  );
  expect(sizes).toEqual([FILE_BYTES, FILE_BYTES]);
  await store.close();
});

test.for([1, 40, 300])(
  "an entry that a kill cut off after %d bytes is no entry, and no break in the chain",
  async (bytes) => {
    const folder = await newFolder();
    const first = await openFileStore({ folder, file_bytes: FILE_BYTES });
    await first.append([deed(), deed()], 1);
    const [, whole] = await first.read(0, 2);
    await first.close();
    await using file = await open(join(folder, "000000000000.log"), "r+");
    const text = await file.readFile("utf8");
    await file.write(whole?.line.slice(0, bytes) ?? "", text.indexOf("\0"));
    expect((await verifyLog(readFileLog(folder), NOTHING)).findings.map(({ kind }) => kind)).toEqual([
      "unfinished",
    ]);
    const again = await openFileStore({ folder, file_bytes: FILE_BYTES });
    expect([again.torn_bytes, again.isDamaged]).toEqual([bytes, false]);
    await again.append([deed({ who: "after" })], 2);
    expect((await again.read(0, 9)).map(({ entry }) => entry.who)).toEqual(["olena", "olena", "after"]);
    expect(await verifyLog(readFileLog(folder), NOTHING)).toMatchObject({ entries: 3, findings: [] });
    await again.close();
  },
);

test("a newest file that was changed is left for whoever verifies, and the log goes on in another", async () => {
  const folder = await newFolder();
  const first = await openFileStore({ folder, file_bytes: FILE_BYTES });
  await first.append([deed(), deed(), deed()], 1);
  await first.close();
  const path = join(folder, "000000000000.log");
  const changed = (await readFile(path, "utf8")).replace("\n", "x");
  await writeFile(path, changed);
  const again = await openFileStore({ folder, file_bytes: FILE_BYTES });
  expect(again.isDamaged).toBe(true);
  await again.append([deed()], 2);
  await again.close();
  expect(await readFile(path, "utf8")).toBe(changed);
  expect((await readdir(folder)).filter((name) => name.endsWith(".log"))).toEqual([
    "000000000000.log",
    "000000000003.log",
  ]);
  const { entries, findings } = await verifyLog(readFileLog(folder), NOTHING);
  expect([entries, findings.map(({ kind, place }) => [kind, place])]).toEqual([
    2,
    [["changed", "000000000000.log:1"]],
  ]);
});

test("one of which not even the first entry can be read is not written over", async () => {
  const folder = await newFolder();
  const first = await openFileStore({ folder, file_bytes: FILE_BYTES });
  await first.append([deed()], 1);
  await first.close();
  const path = join(folder, "000000000000.log");
  const changed = (await readFile(path, "utf8")).replace("olena", "ivan1");
  await writeFile(path, changed);
  const again = await openFileStore({ folder, file_bytes: FILE_BYTES });
  await again.append([deed()], 2);
  await again.close();
  expect(await readFile(path, "utf8")).toBe(changed);
  await appendFile(path, "");
});

const disk = mountSmallDisk(1);
afterAll(() => disk?.remove());

test.skipIf(!disk)(
  "on a full disk (needs root to make one) it goes on for more than a file, says that its reserve is gone, and takes another when there is room",
  async () => {
    const folder = join(disk?.folder ?? "", "audit");
    const store = await openFileStore({ folder, file_bytes: FILE_BYTES });
    await store.append([deed()], 1);
    disk?.fill();
    expect(await store.lookAfter()).toBeUndefined();
    let bytes = 0;
    const write = async (): Promise<boolean> => {
      const before = (await store.extent()).head.size;
      const head = await store.append([deed()], 2).catch((thrown: unknown) => thrown);
      const [link] = await store.read(before, 1);
      bytes += link?.line.length ?? 0;
      if (link) return true;
      expect(head).toMatchObject({
        code: "AUDIT_UNAVAILABLE",
        retryable: true,
        message: expect.stringMatching(/free some space/),
      });
      return false;
    };
    while (await write());
    expect(bytes).toBeGreaterThan(1.9 * FILE_BYTES);
    expect(await store.lookAfter()).toMatch(/no reserve/);
    const { size } = (await store.extent()).head;

    disk?.free();
    expect(await store.lookAfter()).toBeUndefined();
    expect(await write()).toBe(true);
    expect(await verifyLog(readFileLog(folder), NOTHING)).toMatchObject({ entries: size + 1, findings: [] });
    await store.close();
  },
);

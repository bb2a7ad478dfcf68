import { existsSync, readdirSync } from "node:fs";
import { glob } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { OLDEST } from "@yardline/bus/event-bus";
import { systemClock } from "@yardline/domain/time";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { listFormat1, readFormat1 } from "@yardline/index/format-1";
import { openFileStore } from "@yardline/media/files";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, test } from "vitest";
import { FOLDER_FORMAT, findStamp, useFolder, writeStamp } from "./data-folder.ts";
import { restoreBackup } from "./restore.ts";
import { makeFolder, unpackFormat1 } from "./testing/kept-folder.ts";
import { eventsIn } from "./testing/open-folder.ts";
import { workOptions } from "./testing/options.ts";
import { upgradeFolder } from "./upgrade.ts";

const upgrade = (folder: string, options = workOptions()) =>
  upgradeFolder({ ...options, folder, file: undefined });

/** All that a folder of this release says. */
async function contentsOf(folder: string) {
  await using closing = new AsyncDisposableStack();
  const kept = <Store extends { close(): Promise<void> }>(store: Store): Store =>
    closing.adopt(store, (each) => each.close());
  const records = kept(await openSqliteRecords({ path: join(folder, "records.sqlite") }));
  const bus = kept(await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock }));
  const index = kept(await openEmbeddedIndex({ folder: join(folder, "index") }));
  const media = kept(await openFileStore({ folder: join(folder, "media") }));
  const letters = [];
  for await (const batch of bus.tail("dead-letters", OLDEST, AbortSignal.timeout(10_000))) {
    letters.push(...batch.map(({ body }) => JSON.parse(new TextDecoder().decode(body))));
    if (batch.at(-1)?.position === (await bus.end("dead-letters"))) break;
  }
  return {
    events: await eventsIn(index),
    letters,
    inRecords: await records.list("dead-letter"),
    open: (await records.list("open-occurrence/transit")).length,
    unread: await bus.lag("events", "indexer"),
    segments: (await media.listSegments("ploshcha", 0, Date.parse("2027-01-01"))).length,
  };
}

test("the folder of Yardline 0.1.0 is carried over with everything in it", async () => {
  const folder = unpackFormat1();
  const before = listFormat1(join(folder, "index")).flatMap((week) => [...readFormat1(week)].flat());
  const options = workOptions();
  const { from, to, backup = "" } = await upgrade(folder, options);
  expect({ from, to }).toEqual({ from: 1, to: FOLDER_FORMAT });
  expect(options.told).toEqual([
    `backing up to ${backup}`,
    "from format 1 to 2",
    "bus: 2 dead letters moved from records to the topic dead-letters",
    "index: 18 events of the week of 2026-11-16 carried over",
  ]);
  const after = await contentsOf(folder);
  expect(after).toMatchObject({ inRecords: [], unread: 1, segments: 1 });
  expect(after.open).toBeGreaterThan(0);
  expect(after.events).toEqual(before);
  expect(new Set(after.events.map(({ type, state }) => `${type} ${state}`))).toEqual(
    new Set([
      "camera.lost closed",
      "camera.lost open",
      "camera.lost withdrawn",
      "meter.leak open",
      "transit.delay-changed closed",
      "transit.stop-visit closed",
      "transit.stop-visit open",
      "yard.presence closed",
    ]),
  );
  expect(after.letters).toEqual([
    expect.objectContaining({ source: "camera/broken", body_base64: Buffer.from("{").toString("base64") }),
    expect.objectContaining({
      source: "camera/broken",
      reason: expect.stringContaining("required properties"),
    }),
  ]);
  (await useFolder(folder, systemClock))[Symbol.dispose]();
  expect(existsSync(join(folder, "index.format-1"))).toBe(false);
});

test("no store has changed its format since the folder's own format grew", async () => {
  const folder = unpackFormat1();
  await upgrade(folder);
  const formats: Record<string, number> = {};
  for await (const path of glob("**/*.sqlite", { cwd: folder })) {
    const db = new DatabaseSync(join(folder, path), { readOnly: true });
    formats[path.replace(/\d{4}[-.]\d{2}[-.]\d{2}/, "DAY")] = Number(
      db.prepare("PRAGMA user_version").get()?.["user_version"],
    );
    db.close();
  }
  // When this changes, FOLDER_FORMAT grows, a step carries older folders over, and one of them is kept.
  expect({ [`folder ${FOLDER_FORMAT}`]: formats }).toEqual({
    "folder 2": {
      "bus/dead-letters/DAY.sqlite": 1,
      "bus/events/DAY.sqlite": 1,
      "bus/offsets.sqlite": 1,
      "bus/positions/DAY.sqlite": 1,
      "index/365d-DAY.sqlite": 2,
      "index/erased.sqlite": 1,
      "media/list.sqlite": 1,
      "records.sqlite": 1,
    },
  });
});

test("when there is nothing to do it does nothing", async () => {
  const folder = unpackFormat1();
  await upgrade(folder);
  const options = workOptions();
  expect(await upgrade(folder, options)).toEqual({
    from: FOLDER_FORMAT,
    to: FOLDER_FORMAT,
    backup: undefined,
  });
  expect(options.told).toEqual([]);
});

test("killed at any moment it goes on when it is run again, to the same end, and keeps its first backup", async () => {
  const whole = unpackFormat1();
  await upgrade(whole);
  const expected = await contentsOf(whole);
  for (const after_ms of [5, 60, 120, 180, 300]) {
    const folder = unpackFormat1();
    await runUntilKilled(new URL("./fixtures/carry-over.ts", import.meta.url), [folder], after_ms);
    const half = await findStamp(folder);
    const { backup } = await upgrade(folder);
    if (half?.upgrading) expect(backup).toBe(half.upgrading.backup);
    expect(await contentsOf(folder)).toEqual(expected);
    expect(readdirSync(dirname(folder)).filter((name) => name.startsWith("."))).toEqual([]);
  }
}, 60_000);

test("its backup brings the folder of the release before back", async () => {
  const folder = unpackFormat1();
  const { backup = "" } = await upgrade(folder);
  const { manifest } = await restoreBackup({ ...workOptions(), file: backup, folder, replace: true });
  expect(manifest).toMatchObject({ folder_format: 1, release: "0.1.0" });
  const events = listFormat1(join(folder, "index")).flatMap((week) => [...readFormat1(week)].flat());
  expect(events).toHaveLength(18);
  expect(existsSync(join(folder, "media/list.sqlite"))).toBe(true);
  await expect(useFolder(folder, systemClock)).rejects.toMatchObject({ code: "FOLDER_OLD" });
});

test("a folder that is in use, newer, or none is refused", async () => {
  const folder = unpackFormat1();
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  await expect(upgrade(folder)).rejects.toMatchObject({ code: "STORE_IN_USE" });
  await records.close();
  await writeStamp(folder, { format: FOLDER_FORMAT + 1, release: "9.9.9", made_at: "" });
  await expect(upgrade(folder)).rejects.toMatchObject({ code: "FOLDER_NEW" });
  await expect(upgrade(makeFolder())).rejects.toMatchObject({ code: "UPGRADE_NOTHING" });
});

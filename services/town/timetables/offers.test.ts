import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handClock } from "@yardline/testkit/hand-clock";
import { smallTown, type Tables, zipOf } from "@yardline/timetable/testing";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TownTimetables } from "./town-timetables.ts";

const NOON_MS = Date.parse("2026-06-01T12:00:00+03:00");
const [TODAY, TOMORROW] = ["20260601", "20260602"];

let folder = "";
let clock = handClock(NOON_MS);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-offers-"));
  clock = handClock(NOON_MS);
});
afterEach(() => rm(folder, { recursive: true }));

const LATER: Tables = {
  ...smallTown(),
  "stop_times.txt": (smallTown()["stop_times.txt"] ?? "").replaceAll("08:00:00", "08:01:00"),
};

/** A zip whose directory says of its last file that it would unpack to so many bytes. */
function stating(zip: Uint8Array, bytes: number): Uint8Array {
  const copy = Buffer.from(zip);
  copy.writeUInt32LE(bytes, copy.lastIndexOf("PK\x01\x02", copy.length, "latin1") + 24);
  return copy;
}

/** A town whose timetable is chosen, and how often it was told that another one is followed. */
async function open() {
  const log = pino({ level: "silent" });
  const parts = { base: ".", folder, clock, log, signal: new AbortController().signal };
  const timetables = await TownTimetables.openChosen(parts);
  const { choosing } = timetables;
  if (!choosing) throw new Error("nothing is chosen here");
  const halt = new AbortController();
  let changes = 0;
  void timetables.follow(async () => void changes++, halt.signal);
  halt.abort();
  const put = (bytes: Uint8Array, { at = 0, of = bytes.length, by = "olena", name = "town.zip" } = {}) =>
    choosing.put({ name, by, of_bytes: of, at_bytes: at, piece: bytes });
  /** Sends and chooses. */
  async function choose(tables: Tables, from?: string): Promise<string> {
    const offered = await put(await zipOf(tables));
    const sha256 = offered?.sha256 ?? "";
    await choosing?.choose({ sha256, from });
    return sha256;
  }
  /** The first departure of the eight o'clock bus, in minutes, by whoever holds for a day. */
  const departs = (date: string) =>
    timetables.now
      .filter(({ holdsOn }) => holdsOn(date))
      .map(({ trips }) => (trips.get("east-08:00")?.departure_s[0] ?? 0) / 60);
  return { timetables, choosing, put, choose, departs, changes: () => changes };
}

test("the first one is sent in pieces, looked over, and followed once it is chosen; a restart finds it", async () => {
  const { timetables, put, choosing, departs, changes } = await open();
  expect(timetables.now).toEqual([]);
  const zip = await zipOf(smallTown());
  expect(await put(zip.subarray(0, 1_000), { of: zip.length })).toBeUndefined();
  const offered = await put(zip.subarray(1_000), { at: 1_000, of: zip.length });
  expect(offered).toMatchObject({
    ...{ name: "town.zip", by: "olena", bytes: zip.length, at_ms: NOON_MS },
    read: { lines: 2, validity: { first: "20260101", last: "20261231" } },
  });
  expect(offered).not.toHaveProperty("fault");
  expect([timetables.now.length, changes()]).toEqual([0, 0]);
  await choosing.choose({ sha256: offered?.sha256 ?? "" });
  expect([departs(TODAY), changes(), choosing.offered()]).toEqual([[480], 1, undefined]);
  const again = await open();
  expect(again.departs(TODAY)).toEqual([480]);
  expect(await readdir(join(folder, "timetables", ".offered"))).toEqual([]);
});

test("another one is followed from the day that was chosen, and the one before comes back: what was driven stays", async () => {
  const { timetables, choose, choosing, departs, changes } = await open();
  const first = await choose(smallTown());
  const second = await choose(LATER, TOMORROW);
  expect([departs(TODAY), departs(TOMORROW)]).toEqual([[480], [481]]);
  expect(timetables.standing()[0]).toMatchObject({ newest: second, before: first });
  clock.setNow(NOON_MS + 3 * 86_400_000);
  await choosing.takeBack(second);
  expect([TOMORROW, "20260603", "20260604", "20260605"].map(departs)).toEqual([[481], [481], [480], [480]]);
  expect(changes()).toBe(3);
  const again = await open();
  expect([TOMORROW, "20260604"].map(again.departs)).toEqual([[481], [480]]);
  await expect(choosing.takeBack(second)).rejects.toMatchObject({ code: "TIMETABLE_CHANGED" });
  await expect(choosing.takeBack(first)).rejects.toMatchObject({ code: "TIMETABLE_FIRST" });
});

test("one that is chosen for later and taken back before was never followed; long after, one can still go back", async () => {
  const { choose, choosing, departs, timetables } = await open();
  const first = await choose(smallTown());
  await choosing.takeBack(await choose(LATER, "20260610"));
  expect(departs("20260610")).toEqual([480]);
  const second = await choose(LATER);
  clock.setNow(NOON_MS + 40 * 86_400_000);
  const again = await open();
  expect(again.timetables.standing()[0]).toMatchObject({ newest: second, before: first });
  await again.choosing.takeBack(second);
  expect(again.departs("20260711")).toEqual([480]);
  expect(timetables.now.length).toBe(2);
});

test("what is worse than what is in use is told with every finding, and cannot be chosen", async () => {
  const { choosing, put, departs } = await open();
  const zip = await zipOf(smallTown());
  await choosing.choose({ sha256: (await put(zip))?.sha256 ?? "" });
  const broken = {
    ...smallTown(),
    "stop_times.txt": (smallTown()["stop_times.txt"] ?? "").replace(
      "06:01:15,06:01:15",
      "6 o'clock,06:01:15",
    ),
  };
  const offered = await put(await zipOf(broken));
  expect(offered?.fault).toMatchObject({
    code: "invalid_time",
    why: expect.stringMatching(/^stop_times\.txt line 3: /),
  });
  const refused = choosing.choose({ sha256: offered?.sha256 ?? "" });
  await expect(refused).rejects.toMatchObject({ code: "TIMETABLE_REFUSED" });
  expect(departs(TODAY)).toEqual([480]);
  expect((await put(zip))?.fault).toMatchObject({ code: "TIMETABLE_SAME" });
  const past = { ...LATER, "calendar.txt": (LATER["calendar.txt"] ?? "").replace("20261231", "20260531") };
  expect((await put(await zipOf(past)))?.fault).toMatchObject({ code: "TIMETABLE_NO_SERVICE" });
});

test("whatever somebody sends costs one clear refusal: no zip, half of one, a bomb, one endless line, no stops, names that lead elsewhere", async () => {
  const { put, timetables } = await open();
  const { "stops.txt": _, ...stopless } = smallTown();
  const { "stop_times.txt": __, ...timeless } = smallTown();
  const whole = await zipOf(smallTown());
  const zeros = Buffer.alloc(100 * 1024 * 1024, 0x30);
  const line = await zipOf({ ...timeless, "stop_times.txt": zeros.toString("latin1") });
  const bomb = stating(line, 0x7fff_fff0);
  const liar = stating(line, 10);
  // The name is changed in the bytes: whoever packs properly refuses to write it.
  const elsewhere = Buffer.from(await zipOf({ ...smallTown(), "aaaaaaaaaaaa.txt": "x" })).toString("latin1");
  const outside = Buffer.from(elsewhere.replaceAll("aaaaaaaaaaaa.txt", "../../../etc.txt"), "latin1");
  const faults = [];
  for (const bytes of [Buffer.from("<html>"), whole.subarray(0, 2_000), bomb, liar, line, outside]) {
    const { fault, read } = (await put(bytes)) ?? {};
    faults.push([fault?.code, read]);
  }
  expect(faults).toEqual([
    ["TIMETABLE_NOT_A_ZIP", undefined],
    ["TIMETABLE_NOT_A_ZIP", undefined],
    ["TIMETABLE_TOO_LARGE", undefined],
    ["TIMETABLE_NOT_A_ZIP", undefined],
    ["TIMETABLE_TABLE", undefined],
    ["TIMETABLE_NOT_A_ZIP", undefined],
  ]);
  const missing = await put(await zipOf(stopless));
  expect(missing?.fault).toMatchObject({
    code: "TIMETABLE_FILE_MISSING",
    why: expect.stringMatching(/^The zip has no stops\.txt; GTFS requires it/),
  });
  // All that is wrong with it is told at once, not only the first.
  expect(missing?.found.map(({ code }) => code)).toContain("missing_required_file");
  expect(JSON.stringify(missing)).not.toContain(folder);
  expect(timetables.now).toEqual([]);
  expect(await readdir(folder)).toEqual(["timetables"]);
}, 120_000);

test("pieces that do not belong together are refused, one person sends at a time, and whoever stops gives way", async () => {
  const { put } = await open();
  const zip = await zipOf(smallTown());
  const [head, rest] = [zip.subarray(0, 900), zip.subarray(900)];
  const broken = { code: "TIMETABLE_UPLOAD_BROKEN" };
  await expect(put(rest, { at: 900, of: zip.length })).rejects.toMatchObject(broken);
  await put(head, { of: zip.length });
  await expect(put(rest, { at: 800, of: zip.length })).rejects.toMatchObject(broken);
  await expect(put(rest, { at: 900, of: zip.length - 1 })).rejects.toMatchObject(broken);
  await expect(put(head, { of: zip.length, by: "petro" })).rejects.toMatchObject({
    code: "TIMETABLE_UPLOAD_BUSY",
  });
  await expect(put(head, { of: 65 * 1024 * 1024 })).rejects.toMatchObject({ code: "TIMETABLE_TOO_LARGE" });
  clock.setNow(NOON_MS + 61_000);
  await put(head, { of: zip.length, by: "petro" });
  expect(await put(rest, { at: 900, of: zip.length, by: "petro" })).toMatchObject({ by: "petro" });
});

test("days that are none, or past, or of another file are refused", async () => {
  const { put, choosing } = await open();
  const { sha256 = "" } = (await put(await zipOf(smallTown()))) ?? {};
  for (const from of ["20260531", "20270801", "20261399"]) {
    await expect(choosing.choose({ sha256, from })).rejects.toMatchObject({ code: "TIMETABLE_DAY" });
  }
  await expect(choosing.choose({ sha256: "ab" })).rejects.toMatchObject({ code: "TIMETABLE_CHANGED" });
  await choosing.drop();
  await expect(choosing.choose({ sha256 })).rejects.toMatchObject({ code: "TIMETABLE_CHANGED" });
});

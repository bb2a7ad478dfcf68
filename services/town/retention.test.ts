import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { isoOf } from "@yardline/domain/time";
import { sweep } from "@yardline/edge/retention";
import { cameraOf, quiet } from "@yardline/edge/testing";
import { yardPresence } from "@yardline/events/yard-presence";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { fadeOnce } from "@yardline/indexer/fade-personal";
import { runIndexer } from "@yardline/indexer/indexer";
import { openFileStore } from "@yardline/media/files";
import { findHolds, holdRecording, listHolds } from "@yardline/records/holds";
import { openProducer } from "@yardline/records/open-occurrences";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { makeBackup } from "@yardline/upkeep/backup";
import { useFolder } from "@yardline/upkeep/data-folder";
import { ERASURE } from "@yardline/upkeep/erasures";
import { restoreBackup } from "@yardline/upkeep/restore";
import { expect, onTestFinished, test } from "vitest";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.parse("2026-11-02T08:00:00Z");
/** What is planted, by camera: in each snapshot, recording and derived picture, and as the track's and the snapshot's names. */
const TRACKS = {
  yard: "deadbeef-0000-4000-8000-0000000aaaa1",
  gate: "deadbeef-0000-4000-8000-0000000bbbb2",
  shop: "deadbeef-0000-4000-8000-0000000cccc3",
} as const;
const PERSONAL = ["track", "box", "snapshot", "clip"];
type Place = keyof typeof TRACKS;
const PLACES = Object.keys(TRACKS) as readonly Place[];
const pixels = (place: Place) => Buffer.from(`planted pixels of ${place}`.repeat(20));

/** A statement that nobody can read. */
const broken = (place: Place) => Buffer.from(`{"track":"${TRACKS[place]}"`);

/** Every form in which what was planted may lie in a file. */
function marksOf(place: Place): readonly Buffer[] {
  const track = TRACKS[place];
  const packed = Buffer.from(track.replaceAll("-", ""), "hex");
  return [
    pixels(place).subarray(0, 40),
    Buffer.from(track),
    packed,
    Buffer.from(broken(place).toString("base64")),
  ];
}

/** The planted things that any file below a folder holds: a grep. */
async function planted(folder: string): Promise<readonly Place[]> {
  const names = await readdir(folder, { recursive: true });
  const found = new Set<Place>();
  for (const name of names) {
    const path = join(folder, name);
    if (!(await stat(path)).isFile()) continue;
    const bytes = await readFile(path);
    for (const place of PLACES) if (marksOf(place).some((mark) => bytes.includes(mark))) found.add(place);
  }
  return PLACES.filter((place) => found.has(place));
}

/** A town's own embedded stores, with who states, who indexes and the rounds of retention, driven by hand. */
async function openTown(folder: string, clock: ReturnType<typeof handClock>) {
  await using opening = new AsyncDisposableStack();
  const closed = <Store extends { close(): Promise<void> }>(store: Store): Store =>
    opening.adopt(store, (each) => each.close());
  opening.use(await useFolder(folder, clock));
  const records = closed(await openSqliteRecords({ path: join(folder, "records.sqlite") }));
  const bus = closed(await openEmbeddedBus({ folder: join(folder, "bus"), clock }));
  const index = closed(await openEmbeddedIndex({ folder: join(folder, "index") }));
  const media = closed(await openFileStore({ folder: join(folder, "media") }));
  const producer = await openProducer({
    ...{ name: "edge", tenant: "town", bus, records, clock, remember_ms: 8 * DAY_MS },
  });
  const stop = new AbortController();
  const indexing = runIndexer({ bus, index, clock, log: quiet, signal: stop.signal });
  opening.defer(async () => {
    stop.abort();
    await indexing;
  });
  const keeping = {
    keeper: media,
    disk: { freeBytes: async () => 1e12, budget: { keep_free_bytes: 0 } },
    listHeld: () => findHolds(records, clock.now_ms()),
  };
  // The shop's camera is no longer in the settings.
  const cameras = [cameraOf("yard", "/nowhere.mp4"), cameraOf("gate", "/nowhere.mp4")].map((camera) => ({
    ...camera,
    record: { ...camera.record, retention_h: 72 },
  }));
  const over: string[] = [];
  const round = async () => {
    await sweep(cameras, { media, keeping, clock, log: quiet, isBehind: () => false });
    await producer.state([]);
    await fadeOnce({ index, bus, records, clock, log: quiet, over: async ({ id }) => void over.push(id) });
    await index.expire(clock.now_ms());
  };
  const kept = opening.move();
  return { records, bus, index, media, producer, round, over, close: () => kept.disposeAsync() };
}
type Town = Awaited<ReturnType<typeof openTown>>;

/** Somebody stays at a place for a minute: said, recorded, looked at. @returns the occurrence. */
async function plant({ producer, media, index, bus }: Town, place: Place, now_ms: number): Promise<string> {
  const [since, until] = [isoOf(now_ms), isoOf(now_ms + 60_000)];
  const segment = { camera: place, connection: "c", from_ms: now_ms, to_ms: now_ms + 60_000 };
  await media.putSegment(segment, pixels(place));
  const snapshot = await media.putSnapshot(place, now_ms + 5_000, pixels(place));
  await media.keepDerived(
    { camera: place, from_ms: now_ms, to_ms: now_ms + 60_000, what: "filmstrip" },
    pixels(place),
  );
  const data = {
    ...{ camera: place, rule: "presence", zone: "all", since, until, track: TRACKS[place], label: "person" },
    ...{ score: 0.9, sightings: 9, box: [0.1, 0.2, 0.3, 0.4], snapshot, clip: { from: since, to: until } },
  };
  const said = { eventType: yardPresence, source: `camera/${place}`, severity: "info" } as const;
  await producer.state([{ ...said, data, state: "open" }]);
  await producer.state([{ ...said, data: { ...data, ended: "left" }, state: "closed" }]);
  await bus.publish("events", [{ key: place, source: `camera/${place}`, body: broken(place) }]);
  let occurrence = "";
  await eventually(async () => {
    const { events } = await index.search({}, { limit: 10 });
    occurrence =
      events.find(({ source, state }) => source === said.source && state === "closed")?.occurrence ?? "";
    expect(occurrence).not.toBe("");
  });
  return occurrence;
}

test("pictures and personal fields go in time from every copy, the skeleton stays, what is held stays, and after a restore again", {
  timeout: 120_000,
}, async () => {
  const top = await mkdtemp(join(tmpdir(), "yardline-privacy-"));
  onTestFinished(() => rm(top, { recursive: true, force: true }));
  const [folder, file] = [join(top, "town"), join(top, "backup.tar.zst")];
  const clock = handClock(START_MS);
  const report = () => undefined;
  const signal = new AbortController().signal;
  let town = await openTown(folder, clock);
  onTestFinished(() => town.close());
  const occurrences = new Map<Place, string>();
  for (const place of PLACES) occurrences.set(place, await plant(town, place, START_MS));
  const dataOf = async (place: Place) => (await town.index.get(occurrences.get(place) ?? ""))?.data ?? {};
  const personalOf = async (place: Place) => {
    const data = await dataOf(place);
    return PERSONAL.filter((field) => field in data);
  };
  const until_ms = START_MS + 20 * DAY_MS;
  await holdRecording(town.records, "h1", {
    ...{ camera: "gate", from_ms: START_MS, to_ms: START_MS + 60_000, reason: "asked for by the police" },
    ...{ legal_basis: "case 12", held_by: "olena", held_at_ms: START_MS, until_ms },
  });
  await eventually(async () => expect(await town.bus.lag("dead-letters", "nobody")).toBe(PLACES.length));
  expect(await planted(folder)).toEqual(["yard", "gate", "shop"]);

  // A minute before their time nothing goes.
  clock.advance(72 * HOUR_MS - 60_000);
  await town.round();
  expect(await planted(folder)).toEqual(["yard", "gate", "shop"]);
  await makeBackup({ folder, file, media: true, clock, report, signal });

  clock.advance(2 * HOUR_MS);
  await town.round();
  // While the town runs, not only when its files are closed.
  expect(await planted(folder)).toEqual(["gate"]);
  expect([await personalOf("yard"), await personalOf("gate"), await personalOf("shop")]).toEqual([
    [],
    PERSONAL,
    [],
  ]);
  const skeleton = { camera: "yard", label: "person", zone: "all", since: isoOf(START_MS) };
  expect(await dataOf("yard")).toMatchObject(skeleton);
  expect((await town.index.count({})).value).toBe(3);
  expect(
    (await town.index.search({ where: { op: "is", field: "label", values: ["person"] } }, { limit: 10 }))
      .events,
  ).toHaveLength(3);
  expect((await town.media.listSegments("gate", 0, clock.now_ms())).length).toBe(1);

  // Somebody asked to be erased since the backup was made; then an older disk comes back.
  const erased = occurrences.get("yard") ?? "";
  await town.records.write([{ kind: ERASURE, id: erased, value: { at_ms: clock.now_ms() } }]);
  await town.index.erase([erased]);
  await town.close();
  expect(await planted(folder)).toEqual(["gate"]);
  const { aside } = await restoreBackup({ file, folder, replace: true, clock, report, signal });
  await rm(aside ?? "", { recursive: true });
  town = await openTown(folder, clock);
  await town.round();
  expect(await planted(folder)).toEqual(["gate"]);
  expect([await dataOf("yard"), await personalOf("gate"), await personalOf("shop")]).toEqual([
    {},
    PERSONAL,
    [],
  ]);

  // The hold ends by itself: it is told, and what it held goes.
  clock.setNow(until_ms);
  await town.round();
  expect(town.over).toEqual(["h1"]);
  await town.round();
  expect(await planted(folder)).toEqual([]);
  expect((await listHolds(town.records)).map(({ hold: { ended } }) => ended)).toEqual([
    { at_ms: until_ms, how: "expired", swept: true },
  ]);
  expect(await dataOf("gate")).toMatchObject({ camera: "gate", since: isoOf(START_MS) });

  // A year and a week later the skeleton goes, too.
  clock.setNow(START_MS + (365 + 8) * DAY_MS);
  await town.round();
  expect((await town.index.scan({ limit: 10 })).events).toEqual([]);
});

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { isoOf } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { writeEvent } from "@yardline/events/write-event";
import { yardPresence } from "@yardline/events/yard-presence";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { openFileStore } from "@yardline/media/files";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { fragmentedVideo } from "@yardline/sources/video/testing";
import type { HandClock } from "@yardline/testkit/hand-clock";
import { useFolder } from "@yardline/upkeep/data-folder";

export const TENANT = "town";
export const START_MS = Date.parse("2026-11-02T08:00:00Z");
export const SEEN_S = 4;

/** Where somebody was seen. The shop's camera is no longer in the settings; of the gate a hold keeps what is there. */
export const TRACKS = {
  yard: "deadbeef-0000-4000-8000-0000000aaaa1",
  gate: "deadbeef-0000-4000-8000-0000000bbbb2",
  shop: "deadbeef-0000-4000-8000-0000000cccc3",
} as const;
export type Place = keyof typeof TRACKS;
export const PLACES = Object.keys(TRACKS) as readonly Place[];
const SIZES = { yard: "160x90", gate: "176x96", shop: "192x108" } as const;
const films = new Map(
  PLACES.map((place) => [
    place,
    fragmentedVideo({ size: SIZES[place], seconds: SEEN_S, rate_fps: 5 }, ["-g", "5"]),
  ]),
);
const filmOf = (place: Place): Uint8Array => films.get(place) ?? new Uint8Array();
const pixels = (place: Place) => Buffer.from(`planted pixels of ${place} `.repeat(20));
/** A statement that nobody can read. */
const broken = (place: Place) => Buffer.from(`{"track":"${TRACKS[place]}"`);

/** Every form in which what was planted may lie in a file: the name of the track, a still, and a piece of the film from its midst. */
function marksOf(place: Place): readonly Buffer[] {
  const [track, film] = [TRACKS[place], Buffer.from(filmOf(place))];
  const middle = Math.floor(film.length / 2);
  return [
    ...[Buffer.from(track), Buffer.from(track.replaceAll("-", ""), "hex")],
    ...[Buffer.from(broken(place).toString("base64")), Buffer.from(pixels(place).toString("base64", 0, 60))],
    ...[pixels(place).subarray(0, 40), film.subarray(middle, middle + 40)],
  ];
}

const PACKED = [
  { begins: "28b52ffd", unpack: zstdDecompressSync },
  { begins: "1f8b", unpack: gunzipSync },
] as const;

/** What is planted and still found, by place, with the files that have it: a grep of every byte, of SQLite's free pages and logs, and of packed files unpacked. */
export async function grep(folder: string): Promise<ReadonlyMap<Place, ReadonlySet<string>>> {
  const found = new Map<Place, Set<string>>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // What goes while we look is gone.
    const raw = await readFile(path).catch(() => Buffer.alloc(0));
    const packing = PACKED.find(({ begins }) => raw.toString("hex", 0, begins.length / 2) === begins);
    const bytes = packing ? packing.unpack(raw) : raw;
    for (const place of PLACES) {
      if (!marksOf(place).some((mark) => bytes.includes(mark))) continue;
      found.set(place, (found.get(place) ?? new Set()).add(path.slice(folder.length + 1)));
    }
  }
  return found;
}

export const foundIn = async (folder: string): Promise<readonly Place[]> => {
  const found = await grep(folder);
  return PLACES.filter((place) => found.has(place));
};
/** The stores that have something of a place. */
export const storesOf = (files: ReadonlySet<string> | undefined): readonly string[] =>
  [
    ...new Set([...(files ?? [])].map((path) => path.split("/").slice(0, 2).join("/").replace("-wal", ""))),
  ].toSorted();

/** Somebody stood there for some seconds. */
function seenAt(
  place: Place,
  snapshot: string,
  over: { readonly revision?: number; readonly state?: "open" } = {},
): YardlineEvent {
  const [since, until] = [isoOf(START_MS), isoOf(START_MS + SEEN_S * 1_000)];
  return stateEvent(
    yardPresence,
    {
      ...{
        camera: place,
        rule: "presence",
        zone: "all",
        since,
        until,
        track: TRACKS[place],
        label: "person",
      },
      ...{ score: 0.9, sightings: 9, box: [0.1, 0.2, 0.3, 0.4], snapshot, clip: { from: since, to: until } },
      ...((over.state ?? "closed") === "closed" && { ended: "left" as const }),
    },
    { tenant: TENANT, revision: 2, state: "closed", severity: "info", source: `camera/${place}`, ...over },
  );
}

/** What a morning leaves on the disk of a box, and what kills have left there before. */
export async function plant(top: string, clock: HandClock): Promise<ReadonlyMap<Place, string>> {
  const folder = join(top, "box/town");
  await mkdir(folder, { recursive: true });
  using _ = await useFolder(folder, clock);
  const media = await openFileStore({ folder: join(folder, "media"), clock });
  const events: YardlineEvent[] = [];
  const period = { from_ms: START_MS, to_ms: START_MS + SEEN_S * 1_000 };
  for (const camera of PLACES) {
    await media.putSegment({ camera, connection: "c", ...period }, filmOf(camera));
    events.push(seenAt(camera, await media.putSnapshot(camera, START_MS + 1_000, pixels(camera))));
    await media.keepDerived({ camera, ...period, what: "filmstrip" }, pixels(camera));
  }
  // One under way when the process was killed, and files that its list does not know.
  await media.grow({ camera: "yard", connection: "d", from_ms: START_MS + 60_000 }, [filmOf("yard")]);
  await media.close();
  for (const name of [
    "0e8f6a52-0000-4000-8000-000000000000.mp4",
    ".0e8f6a52-0000-4000-8000-000000000001.jpg.part",
  ]) {
    await writeFile(join(folder, "media/yard/2026-11-02", name), pixels("yard"));
  }
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
  await bus.publish("events", [
    ...events.map((event) => ({ key: event.occurrence, source: event.source, body: writeEvent(event) })),
    ...PLACES.map((place) => ({ key: place, source: `camera/${place}`, body: broken(place) })),
  ]);
  await bus.close();
  // A rebuild and a bundle that were broken off, a restore that never ended, and what a camera had open that was taken away since.
  const next = await openEmbeddedIndex({ folder: join(folder, "index.next") });
  await next.put(events.filter(({ source }) => source !== "camera/gate"));
  await next.close();
  await mkdir(join(folder, "evidence/bundles"), { recursive: true });
  await writeFile(join(folder, "evidence/bundles/e0.zip.part"), filmOf("yard"));
  await mkdir(join(`${folder}.restoring`, "media"), { recursive: true });
  await writeFile(join(`${folder}.restoring`, "media/picture.jpg"), pixels("yard"));
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const open = seenAt("shop", "s", { revision: 0, state: "open" });
  await records.write([{ kind: "open-occurrence/edge", id: open.occurrence, value: open }]);
  await records.close();
  await writeFile(join(top, "camera.url"), "rtsp://127.0.0.1:9/none", { mode: 0o600 });
  await writeFile(join(top, "duty.secret"), `whsec_${Buffer.alloc(32, 7).toString("base64")}`, {
    mode: 0o600,
  });
  return new Map(PLACES.map((place, at) => [place, events[at]?.occurrence ?? ""]));
}

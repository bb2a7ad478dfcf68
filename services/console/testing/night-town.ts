import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { isoOf, systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { writeEvent } from "@yardline/events/write-event";
import { yardLoitering } from "@yardline/events/yard-loitering";
import { yardPresence } from "@yardline/events/yard-presence";
import { openFileStore } from "@yardline/media/files";
import { fragmentedVideo } from "@yardline/sources/video/testing";
import { signInFirst } from "@yardline/testkit/first-account";
import type { TownConfig } from "@yardline/town/config";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { startTown } from "@yardline/town/town";
import { useFolder } from "@yardline/upkeep/data-folder";
import { pino } from "pino";

const ROOT = join(import.meta.dirname, "../../..");
const TENANT = "vyhadiv";
export const PASSWORD = "correct horse battery";
/** A port on which no camera answers. */
const NOWHERE = "rtsp://127.0.0.1:9/none";

/** The playground's camera recorded from so long before the clip of the event to so long after it, in pieces of as many seconds. */
const PIECE_S = 10;
const PIECES_FROM_S = -30;
const PIECES_TO_S = 40;
/** Where in the picture somebody stood. */
export const SEEN_BOX: readonly [number, number, number, number] = [0.4, 0.25, 0.6, 0.85];

export type NightTown = {
  readonly url: string;
  /** What happened by the playground. */
  readonly occurrence: string;
  /** As its administrator sets on the page, which nothing else owns. */
  releaseByTwo(two_person: boolean): Promise<void>;
  close(): Promise<void>;
};

/**
 * A whole town in this process, with everything that a real one has: its bus, its index, its files, its log, its key. Last night somebody stood by
 * the playground, which was recorded; next to it somebody went by, and a bus called. Halyna and Petro are its dispatchers; she may open pictures. Oksana is its privacy officer.
 * @param pageDir the built page. @param film ten seconds of pictures, a key frame a second.
 */
export async function startNightTown(
  pageDir: string,
  film: Uint8Array = fragmentedVideo({ size: "640x360", seconds: PIECE_S, rate_fps: 10 }, ["-g", "10"]),
): Promise<NightTown> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-night-"));
  const demo = buildDemoTown();
  const from_ms = lastNight(Date.now());
  const [yard, gate, stop] = [demo.cameras[0], demo.cameras[1], demo.network.stops[0]];
  if (!yard || !gate || !stop) throw new Error("the invented town has lost its cameras or stops");
  const place = { latitude: stop.latitude + 0.0006, longitude: stop.longitude };
  const gtfs = join(folder, "gtfs.zip");
  await Promise.all([
    writeFile(gtfs, await demo.buildGtfs()),
    writeFile(join(folder, "camera.url"), NOWHERE, { mode: 0o600 }),
  ]);
  const cameraOf = (id: string, name: string, at: typeof place) => ({
    ...{ id, name, url_file: join(folder, "camera.url"), place: at, retention_h: 72 },
    ...({ purpose: "protection-of-property", legal_basis: "public-task", controller: demo.name } as const),
    mask: { form: "none-needed", reason: "A drawn yard." } as const,
    sign: { posted_on: "2026-11-01", place: "At the gate." },
  });
  const config: TownConfig = {
    town: { name: demo.name, tenant: TENANT },
    gtfs: { feed: "town", from: gtfs, newer: "at-once" },
    cameras: [cameraOf("maidanchyk", "Дитячий майданчик", place), cameraOf("brama", "Брама школи", place)],
  };
  const events = nightOf(from_ms, place, stop);
  const data = join(folder, "data");
  await mkdir(data);
  await record(data, film, from_ms, events);
  const halt = new AbortController();
  const said: string[] = [];
  const town = await startTown(
    {
      ...{ config, folder: data, pageDir, port: 0, base: folder, root: ROOT, servers: {} },
      keys: async () => [{ id: "00000000", bytes: new Uint8Array(32) }],
      clock: systemClock,
      log: pino({ level: "silent" }),
      report: (line) => said.push(line),
    },
    halt.signal,
  );
  await addPeople(town.address, said.join("\n"));
  return {
    ...{ url: town.address, occurrence: events[0].occurrence },
    releaseByTwo: (two_person) => setEvidence(town.address, { two_person }),
    async close() {
      halt.abort();
      await town.stopped;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** 22:40 of yesterday by the town's clocks, whichever hour it is now. */
function lastNight(now_ms: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now_ms).toZonedDateTimeISO("Europe/Kyiv");
  return today
    .subtract({ days: 1 })
    .with({ hour: 22, minute: 40, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
    .epochMilliseconds;
}

type Place = { readonly latitude: number; readonly longitude: number };

function nightOf(
  from_ms: number,
  place: Place,
  stop: Place & { readonly stop_id: string; readonly stop_name: string },
): readonly [YardlineEvent, ...YardlineEvent[]] {
  const at = (s: number) => isoOf(from_ms + s * 1_000);
  const said = { tenant: TENANT, revision: 2, state: "closed", severity: "notice", place } as const;
  const seen = { label: "person", score: 0.91, sightings: 40, box: [...SEEN_BOX] } as const;
  const loitering = stateEvent(
    yardLoitering,
    {
      ...{
        camera: "maidanchyk",
        rule: "loitering",
        zone: "playground",
        track: "3f1f2c1e-0000-4000-8000-0000000000a1",
      },
      ...{ ...seen, box: [...SEEN_BOX], since: at(-55), until: at(5), stay_s: 60, threshold_s: 30 },
      ...{ ended: "left", clip: { from: at(0), to: at(10) } },
    },
    { ...said, source: "camera/maidanchyk" },
  );
  const passing = stateEvent(
    yardPresence,
    {
      ...{ camera: "brama", rule: "presence", zone: "gate", track: "3f1f2c1e-0000-4000-8000-0000000000a2" },
      ...{ ...seen, box: [...SEEN_BOX], since: at(-40), until: at(-30), ended: "left" },
    },
    { ...said, severity: "info", source: "camera/brama" },
  );
  const called = stateEvent(
    transitStopVisit,
    {
      ...{ feed: "town", service_date: "20261121", trip_id: "t1", route_id: "4", route_short_name: "4" },
      ...{ stop_id: stop.stop_id, stop_name: stop.stop_name, stop_sequence: 3, vehicle_id: "107" },
      ...{ scheduled_at: at(0), arrived_at: at(4), departed_at: at(20), delay_s: 4, ended: "departed" },
    },
    { ...said, severity: "info", source: "feed/town", place: stop },
  );
  return [loitering, passing, called];
}

/** What the night left on the disk before the town starts this morning: recordings, and statements on the bus that nobody has read yet. */
async function record(
  folder: string,
  film: Uint8Array,
  from_ms: number,
  events: readonly YardlineEvent[],
): Promise<void> {
  await using _ = await useFolder(folder, systemClock);
  const media = await openFileStore({ folder: join(folder, "media") });
  for (let s = PIECES_FROM_S; s < PIECES_TO_S; s += PIECE_S) {
    const span = { from_ms: from_ms + s * 1_000, to_ms: from_ms + (s + PIECE_S) * 1_000 };
    await media.putSegment({ camera: "maidanchyk", connection: "night", ...span }, film);
  }
  await media.close();
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  await bus.publish(
    "events",
    events.map((event) => ({ key: event.occurrence, source: event.source, body: writeEvent(event) })),
  );
  await bus.close();
}

async function setEvidence(url: string, value: object): Promise<void> {
  const cookie = await signInFirst("", url, TENANT);
  const section = `${url}/v1/settings/sections/evidence`;
  const { headers } = await fetch(section, { headers: { cookie } });
  const sent = { "content-type": "application/json", "if-match": headers.get("etag") ?? "", cookie };
  const answer = await fetch(section, { method: "PUT", headers: sent, body: JSON.stringify({ value }) });
  if (!answer.ok) throw new Error(`setting evidence: ${answer.status} ${await answer.text()}`);
}

/** As an administrator adds them on a town's first day. */
async function addPeople(url: string, said: string): Promise<void> {
  const cookie = await signInFirst(said, url, TENANT);
  for (const [login, name, role, also] of [
    ["halyna", "Галина", "dispatcher", ["unmask"]],
    ["petro", "Петро", "dispatcher", []],
    ["oksana", "Оксана", "privacy-officer", []],
  ] as const) {
    const grants = [{ tenant: TENANT, role, also }];
    const answer = await fetch(`${url}/v1/people`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({ login, name, password: PASSWORD, grants }),
    });
    if (!answer.ok) throw new Error(`adding ${login}: ${answer.status} ${await answer.text()}`);
  }
}

import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, beforeAll, expect, test } from "vitest";
import { placeSet, rideVideo, withoutTimes } from "../positions/testing.ts";
import { dataCannotBeCopied } from "./data-streams.ts";
import { makeVideo, playLive, probeBytes, serveHttp, watchInTest } from "./testing.ts";

let folder = "";
let clip: Buffer = Buffer.alloc(0);
const servers: { close(): void }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-data-"));
  clip = rideVideo(folder, SETS);
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

const GPS_MS = Date.UTC(2026, 10, 30, 11, 0, 0);
const SECONDS = 12;
/** Eastward by a thousandth of a degree a second. */
const SETS = Array.from({ length: SECONDS }, (_, n) => placeSet(50.45, 30.52 + n / 1000, GPS_MS + n * 1000));

/** A camera that sends a clip again and again, as long as somebody listens. */
async function serveClip(bytes: Uint8Array) {
  let requests = 0;
  const server = await serveHttp(async (_request, response) => {
    requests++;
    response.setHeader("content-type", "video/mp2t");
    while (response.writable) await playLive(response, bytes, SECONDS);
  });
  servers.push(server);
  return { address: `${server.url}/bus`, requests: () => requests };
}

const BURNT_IN = {
  form: "burnt-in",
  polygons: [
    [
      [0, 0],
      [0.2, 0],
      [0.2, 0.2],
    ],
  ],
} as const;

test.concurrent.for([
  { what: "copied", timed: true, mask: undefined },
  { what: "copied, from data without times", timed: false, mask: undefined },
  { what: "masked by us", timed: true, mask: BURNT_IN },
])("places come with the pictures of the same connection: $what", async ({ timed, mask }) => {
  const { address, requests } = await serveClip(timed ? clip : withoutTimes(clip));
  const watched = watchInTest(address, { rides: true, ...(mask && { mask }) });
  await eventually(() => expect(watched.placed.length).toBeGreaterThanOrEqual(9), 25_000);
  watched.stop();
  expect(await watched.ended).toBeUndefined();
  const [first, ...later] = watched.placed;
  expect(first?.fix).toEqual({
    latitude: expect.closeTo(50.45, 6),
    longitude: expect.closeTo(30.52, 6),
    at_ms: GPS_MS,
    buffered: false,
  });
  expect(later.map(({ fix }) => (fix.at_ms ?? 0) - GPS_MS)).toEqual(later.map((_, n) => (n + 1) * 1000));
  // What ffmpeg learns the stream from comes in one burst; of data without times nobody can tell how old they were.
  if (timed) {
    const seen_ms = watched.frames.map(({ at_ms }) => at_ms);
    for (const { captured_ms } of later) {
      expect(Math.min(...seen_ms.map((at_ms) => Math.abs(at_ms - captured_ms)))).toBeLessThan(1_500);
    }
  }
  expect(watched.notes.filter(({ kind }) => kind.startsWith("positions"))).toEqual([
    { kind: "positions-found", format: "klv" },
  ]);
  // No second login.
  expect(requests()).toBe(1);
});

test.concurrent("a camera without data is watched as ever, and one that does not ride is not asked for any", async () => {
  const path = join(folder, "plain.mp4");
  await makeVideo(path, { size: "320x180", seconds: 3, rate_fps: 10 }, ["-c:v", "libx264", "-g", "10"]);
  const plain = watchInTest(path, { rides: true });
  const still = watchInTest((await serveClip(clip)).address);
  expect(await plain.ended).toBeUndefined();
  await eventually(() => expect(still.frames.length).toBeGreaterThan(5), 20_000);
  still.stop();
  await still.ended;
  expect([plain.placed, still.placed]).toEqual([[], []]);
  expect(plain.changes.map(({ kind }) => kind)).toEqual(["connected"]);
  expect(plain.frames.length).toBeGreaterThan(10);
});

const RIDE = "../shared/data/video/gps/max-heromode.mp4";

test.skipIf(!existsSync(RIDE))("a real camera's ride: places at 18 Hz, its sound never opened", async () => {
  const watched = watchInTest(RIDE, { rides: true });
  expect(await watched.ended).toBeUndefined();
  expect(watched.placed.length).toBe(191);
  const [first, last] = [watched.placed[0], watched.placed.at(-1)];
  expect(Math.abs((last?.captured_ms ?? 0) - (first?.captured_ms ?? 0) - 10_510)).toBeLessThan(600);
  const { kinds } = await probeBytes(watched.segments[0]?.data ?? new Uint8Array());
  expect(kinds).toEqual(["video"]);
});

test.for([
  {
    said: "Could not write header for output file #1 (incorrect codec parameters ?): Invalid data found",
    is: true,
  },
  { said: "[nut @ 0x5581] Tag KLVA incompatible with output codec id '98314' ([0][0][0][0])", is: true },
  { said: "Stream map '0:d' matches no streams.", is: true },
  { said: "[nut @ 0x5581] Timestamps are unset in a packet for stream 0.", is: false },
  { said: "Could not write header for output file #0 (incorrect codec parameters ?)", is: false },
])("$said: the data are given up: $is", ({ said, is }) => {
  expect(dataCannotBeCopied({ said: [said] })).toBe(is);
});

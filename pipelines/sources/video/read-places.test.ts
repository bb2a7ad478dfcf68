import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { placeSet, rideVideo, withoutTimes } from "../positions/testing.ts";
import { readPlaces } from "./read-places.ts";
import { makeVideo } from "./testing.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-places-"));
});
afterAll(() => rm(folder, { recursive: true }));

const START_MS = Date.parse("2026-11-30T08:00:00Z");
const SETS = [0, 1, 2].map((n) => placeSet(50 + n / 10, 30, START_MS + n * 1000));

test.for([
  { what: "by their own times in the stream", timed: true },
  { what: "by the fixes' own times, where the stream has none", timed: false },
])("a recording's places are dated $what", async ({ timed }) => {
  const path = join(folder, `ride-${timed}.ts`);
  const clip = rideVideo(folder, SETS);
  await writeFile(path, timed ? clip : withoutTimes(clip));
  const placed = await readPlaces(path, START_MS);
  const apart_ms = placed.map(({ captured_ms }) => captured_ms - (placed[0]?.captured_ms ?? 0));
  expect(placed.map(({ fix }) => fix.latitude.toFixed(3))).toEqual(["50.000", "50.100", "50.200"]);
  for (const [n, ms] of apart_ms.entries()) expect(Math.abs(ms - n * 1000)).toBeLessThan(100);
  expect(Math.abs((placed[0]?.captured_ms ?? 0) - START_MS)).toBeLessThan(200);
});

test("a recording without data has no places, and one that is broken has those until there", async () => {
  const [plain, broken] = [join(folder, "plain.mp4"), join(folder, "broken.ts")];
  await makeVideo(plain, { size: "320x180", seconds: 1, rate_fps: 10 }, ["-c:v", "libx264"]);
  const clip = rideVideo(folder, SETS);
  await writeFile(broken, clip.subarray(0, Math.floor(clip.length / 2)));
  expect(await readPlaces(plain, START_MS)).toEqual([]);
  expect((await readPlaces(broken, START_MS)).length).toBeLessThan(3);
});

const RIDE = "../shared/data/video/gps/max-heromode.mp4";

test.skipIf(!existsSync(RIDE))("a real ride: 191 places over its ten and a half seconds", async () => {
  const placed = await readPlaces(RIDE, START_MS);
  const [first, last] = [placed[0]?.captured_ms ?? 0, placed.at(-1)?.captured_ms ?? 0];
  expect([placed.length, first - START_MS]).toEqual([191, 0]);
  expect(last - START_MS).toBeGreaterThan(10_300);
  expect(last - START_MS).toBeLessThan(10_700);
});

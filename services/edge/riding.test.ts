import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeSet } from "@yardline/sources/positions/testing";
import type { Fix } from "@yardline/sources/trackers/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEdge } from "./edge.ts";
import { cameraOf, partsOf } from "./testing.ts";

let folder = "";
let clip = "";
const GPS_MS = Date.UTC(2026, 10, 30);

/** Six seconds of a bus's door through which somebody walks, with a place for each second beside them. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edge-ride-"));
  clip = join(folder, "door.ts");
  const sets = Array.from({ length: 6 }, (_, n) => placeSet(50 + n / 100, 30, GPS_MS + n * 1000));
  const data = Buffer.concat(sets);
  await writeFile(join(folder, "sets"), data);
  const scene = "[0][1]overlay=x='-40+50*t':y=90:shortest=1[door]";
  const sizes = ["color=gray:s=320x180:r=10:d=6", "color=black:s=20x60:r=10:d=6"];
  execFileSync("ffmpeg", [
    ...["-v", "error", "-nostdin", ...sizes.flatMap((source) => ["-f", "lavfi", "-i", source])],
    ...["-f", "data", "-raw_packet_size", String(data.length), "-i", join(folder, "sets")],
    ...["-filter_complex", scene, "-map", "[door]", "-map", "2:d", "-c:d", "copy", "-c:v", "libx264"],
    ...["-preset", "ultrafast", "-bf", "0", "-g", "10", "-pix_fmt", "yuv420p", clip],
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("an event of a camera on a bus says where the bus was, and those who follow buses are told", async () => {
  const parts = partsOf();
  const ridden: (readonly [camera: string, vehicle_id: string, fix: Fix])[] = [];
  const stop = new AbortController();
  const edge = await startEdge(
    [{ ...cameraOf("door", clip), ride: { vehicle_id: "12" } }],
    {
      ...parts,
      ridden: (camera, vehicle_id, fixes) =>
        void ridden.push(...fixes.map((fix) => [camera, vehicle_id, fix] as const)),
    },
    stop.signal,
  );
  await expect.poll(() => edge.listCameras()[0]?.state, { timeout: 20_000 }).toBe("closed");
  stop.abort();
  await edge.ended;
  expect(ridden.map(([camera, vehicle_id, fix]) => [camera, vehicle_id, fix.latitude.toFixed(2)])).toEqual(
    [0, 1, 2, 3, 4, 5].map((n) => ["door", "12", (50 + n / 100).toFixed(2)]),
  );
  // On a busy machine pictures may be looked at before the first fix beside them is read.
  const placed = parts.producer.said.filter(({ data }) => data["position"] !== undefined);
  const [opened] = placed;
  const position = opened?.data["position"];
  expect(position).toEqual({
    vehicle: "12",
    age_ms: expect.any(Number),
    fix_at: expect.stringMatching(/^2026-11-30T00:00:0[0-5]\.000Z$/),
    clock_off_ms: expect.any(Number),
  });
  expect(opened?.place?.longitude).toBeCloseTo(30, 5);
  expect(opened?.place?.latitude).toBeGreaterThanOrEqual(50);
  // Its own place does not move on with the bus.
  expect(new Set(placed.map(({ place }) => place?.latitude)).size).toBe(1);
}, 30_000);

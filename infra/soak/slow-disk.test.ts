import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
import { mountSlowDisk } from "@yardline/testkit/slow-disk";
import { afterAll, expect, test } from "vitest";
import { serveCamera, startTestTown, type TestTown } from "./testing.ts";
import { drawClip, playing } from "./testing-cameras.ts";

const PATIENCE_MS = 40_000;
/** What three cameras send is some fifty times as much. */
const CRAWL_BYTES_PER_S = 8_000;
const CAMERAS = ["yard", "gate", "lane"] as const;

const folder = mkdtempSync(join(tmpdir(), "yardline-slow-town-"));
const disk = mountSlowDisk(96);
afterAll(async () => {
  disk?.release();
  disk?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** One counter of every camera. */
async function counted(town: TestTown, name: string): Promise<readonly number[]> {
  const metrics = await (await town.fetch("/metrics")).text();
  return CAMERAS.map((camera) =>
    [...metrics.matchAll(new RegExp(`^${name}\\{.*camera="${camera}".*\\} (\\d+)$`, "gm"))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    ),
  );
}

type Status = { readonly id: string; readonly state: string; readonly recording_trouble?: string };

async function statuses(town: TestTown): Promise<readonly Status[]> {
  const answer = await town.fetch("/v1/cameras");
  const { cameras } = (await answer.json()) as { cameras: Status[] };
  return cameras;
}

/** Why something of a camera's recording is missing. */
async function reasonsOf(town: TestTown, camera: string, from_ms: number): Promise<readonly string[]> {
  const period = [from_ms, Date.now()].map((ms) => new Date(ms).toISOString());
  const path = `/v1/cameras/${camera}/recordings?from=${period[0]}&to=${period[1]}`;
  const answer = await town.fetch(path);
  const { gaps } = (await answer.json()) as { gaps: { reason: string }[] };
  return gaps.map(({ reason }) => reason);
}

test.skipIf(!disk)(
  "on a disk that crawls (needs root to make one) cameras are watched as ever and say what is not recorded; once it is fast again all is recorded",
  { timeout: 180_000 },
  async () => {
    const begun_ms = Date.now();
    await drawClip(join(folder, "yard.ts"), "320x180");
    const served = await Promise.all(CAMERAS.map(() => serveCamera(playing(join(folder, "yard.ts")))));
    const cameras = Object.fromEntries(
      CAMERAS.map((id, at) => [id, `http://127.0.0.1:${served[at]?.port}/`]),
    );
    const town = await startTestTown(folder, { cameras, data: join(disk?.folder ?? "", "data") });
    const recorded = () => counted(town, "yardline_video_recorded_bytes_total");
    await eventually(async () => expect(Math.min(...(await recorded()))).toBeGreaterThan(0), PATIENCE_MS);

    disk?.throttle(CRAWL_BYTES_PER_S);
    const lost = () => counted(town, "yardline_video_segments_lost_total");
    await eventually(async () => {
      expect(Math.min(...(await lost()))).toBeGreaterThan(0);
      for (const { recording_trouble } of await statuses(town)) expect(recording_trouble).toContain("slow");
    }, 2 * PATIENCE_MS);
    const before = await counted(town, "yardline_camera_frames_total");
    for (const path of ["/healthz", "/v1/cameras", "/"]) {
      expect([path, (await town.fetch(path)).status]).toEqual([path, 200]);
    }
    await eventually(async () => {
      const now = await counted(town, "yardline_camera_frames_total");
      for (const [at, frames] of now.entries()) expect(frames).toBeGreaterThan((before[at] ?? 0) + 5);
    }, PATIENCE_MS);
    expect((await statuses(town)).map(({ state }) => state)).not.toContain("lost");

    disk?.release();
    const kept = await recorded();
    await eventually(async () => {
      const now = await recorded();
      for (const [at, bytes] of now.entries()) expect(bytes).toBeGreaterThan(kept[at] ?? 0);
      for (const status of await statuses(town)) expect(status.recording_trouble).toBeUndefined();
    }, PATIENCE_MS);
    for (const id of CAMERAS) {
      expect(await reasonsOf(town, id, begun_ms)).toContain("disk-slow");
    }
    for (const each of served) each.close();
  },
);

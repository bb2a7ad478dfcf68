import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeLogin, encodeShortData } from "@yardline/sources/trackers/wialon-encode";
import { eventually } from "@yardline/testkit/eventually";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { afterAll, expect, test } from "vitest";
import { serveCamera, startTestTown, type TestTown } from "./testing.ts";
import { drawClip, playing } from "./testing-cameras.ts";

const PATIENCE_MS = 15_000;

const folder = mkdtempSync(join(tmpdir(), "yardline-full-town-"));
const disk = mountSmallDisk(32);
afterAll(async () => {
  disk?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** What a bus is answered that logs in and reports; without an answer it keeps its position and sends it again. */
async function reported(town: TestTown): Promise<string> {
  const socket = connect(town.tracker_port, "127.0.0.1");
  let answers = "";
  socket.on("data", (chunk) => {
    answers += String(chunk).replaceAll("\r\n", " ");
    if (answers.includes("#ASD#")) socket.end();
  });
  const fix = { at_ms: Date.now(), latitude: 49.5, longitude: 31.25, satellites: 9 };
  socket.write(Buffer.concat([encodeLogin("17"), encodeShortData(fix)]));
  await once(socket, "close").catch(() => undefined);
  return answers.trim();
}

/** How much was recorded, and how many segments could not be. */
async function recordingOf(town: TestTown) {
  const metrics = await (await town.fetch("/metrics")).text();
  const sum = (name: RegExp) =>
    [...metrics.matchAll(name)].reduce((total, [, value]) => total + Number(value), 0);
  return {
    kept_bytes: sum(/^yardline_video_recorded_bytes_total\{.*\} (\d+)$/gm),
    lost: sum(/^yardline_video_segments_lost_total\{.*\} (\d+)$/gm),
  };
}

test.skipIf(!disk)(
  "on a full disk (needs root to make one) the doors answer, nothing is acknowledged that is not kept, and all goes on once there is room",
  { timeout: 60_000 },
  async () => {
    await drawClip(join(folder, "yard.ts"), "320x180");
    const [yard, gate] = await Promise.all([1, 2].map(() => serveCamera(playing(join(folder, "yard.ts")))));
    const cameras = { yard: `http://127.0.0.1:${yard?.port}/`, gate: `http://127.0.0.1:${gate?.port}/` };
    const town = await startTestTown(folder, { cameras, data: join(disk?.folder ?? "", "data") });
    await eventually(
      async () => expect((await recordingOf(town)).kept_bytes).toBeGreaterThan(0),
      PATIENCE_MS,
    );
    expect(await reported(town)).toBe("#AL#1 #ASD#1");

    disk?.fill();
    await eventually(async () => expect((await recordingOf(town)).lost).toBeGreaterThan(0), PATIENCE_MS);
    gate?.close();
    // The town gives back what its unfinished recordings took: the disk is filled until nothing is left.
    await eventually(async () => {
      disk?.fill();
      expect(await reported(town)).not.toContain("#ASD#");
    }, PATIENCE_MS);
    for (const path of ["/healthz", "/v1/cameras", "/v1/events", "/v1/vehicles", "/"]) {
      expect([path, (await town.fetch(path)).status]).toEqual([path, 200]);
    }

    disk?.free();
    const { kept_bytes } = await recordingOf(town);
    await eventually(async () => expect(await reported(town)).toBe("#AL#1 #ASD#1"), PATIENCE_MS);
    // The gate's camera went away while nothing could be written down.
    await eventually(async () => {
      const gaps = await town.findAll("type=camera.lost");
      expect(gaps.map(({ source, state }) => `${source} ${state}`)).toContain("camera/gate open");
    }, PATIENCE_MS);
    await eventually(
      async () => expect((await recordingOf(town)).kept_bytes).toBeGreaterThan(kept_bytes),
      PATIENCE_MS,
    );
    yard?.close();
  },
);

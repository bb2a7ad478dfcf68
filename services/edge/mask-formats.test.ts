import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { expect, onTestFinished, test } from "vitest";
import { type EdgeCamera, startEdge } from "./edge.ts";
import { openMaskFormats } from "./mask-formats.ts";
import { MemoryMedia, partsOf, quiet, YardDetector } from "./testing.ts";

const corner = (size: number): [number, number][] => [
  [0, 0],
  [size, 0],
  [0, size],
];

function cameraOf(path: string, size: number): EdgeCamera {
  return {
    ...{ id: "yard", name: "Yard", address: CameraAddress.parse(path), recorded: false },
    record: {
      purpose: "demonstration-with-recorded-material",
      legal_basis: "public-task",
      controller: "Test",
      retention_h: 24,
      mask: { form: "burnt-in", polygons: [corner(size)] },
      sign: { not_needed: "a drawn yard" },
    },
    scene: PRESENCE_EVERYWHERE,
    sight: { detector: new YardDetector() },
  };
}

test("a camera that has another size after a restart stays closed until its mask is drawn anew", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-mask-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const clipOf = (size: string) => {
    const path = join(folder, `${size}.mp4`);
    const source = `testsrc2=size=${size}:rate=10:duration=2`;
    execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, "-c:v", "libx264", path]);
    return path;
  };
  /** One process's life with the camera. @returns why it was closed and how much it recorded. */
  const run = async (path: string, size: number) => {
    const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
    const stop = new AbortController();
    const camera = cameraOf(path, size);
    const media = new MemoryMedia();
    const masks = await openMaskFormats([camera], { records, log: quiet, signal: stop.signal });
    const parts = { ...partsOf(), media, masks };
    const edge = await startEdge([camera], parts, stop.signal);
    const status = () => edge.listCameras()[0];
    await expect.poll(() => status()?.state, { timeout: 20_000 }).toBe("closed");
    stop.abort();
    await edge.ended;
    await records.close();
    return [status()?.reason?.slice(0, 24), media.segments.length > 0];
  };
  const [small, large] = [clipOf("160x90"), clipOf("320x180")];
  expect(await run(small, 0.3)).toEqual(["the recording is at its ", true]);
  expect(await run(large, 0.3)).toEqual(["The camera is closed: it", false]);
  expect(await run(small, 0.3)).toEqual(["the recording is at its ", true]);
  expect(await run(large, 0.4)).toEqual(["the recording is at its ", true]);
}, 60_000);

test("what cannot be written down is tried again until the camera is stopped", async () => {
  const stop = new AbortController();
  const tries: unknown[] = [];
  const records = {
    find: async () => undefined,
    write: async (changes: unknown) => {
      tries.push(changes);
      throw new Error("the records are away");
    },
  };
  const masks = await openMaskFormats([cameraOf("/nowhere.mp4", 0.3)], {
    records,
    log: quiet,
    signal: stop.signal,
  });
  expect(masks.find("yard")).toBeUndefined();
  masks.keep("yard", "160×90 yuv420p");
  expect(masks.find("yard")).toBe("160×90 yuv420p");
  stop.abort();
  expect(tries).toMatchObject([[{ kind: "mask-format", id: "yard", value: { format: "160×90 yuv420p" } }]]);
});

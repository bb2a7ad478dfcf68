import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { systemClock } from "@yardline/domain/time";
import { memoryRecords } from "@yardline/records/memory";
import { jpegSize } from "@yardline/sources/video/jpeg-size";
import { expect, onTestFinished, test } from "vitest";
import { setUpCameras, typedAddress } from "./set-up-cameras.ts";

const run = promisify(execFile);

test("the still of a camera is its first picture, and nothing of it is on a disk", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-still-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "yard.mp4");
  const made = ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=1600x900:r=10:d=6", "-pix_fmt", "yuv420p"];
  await run("ffmpeg", [...made, "-c:v", "libx264", "-preset", "ultrafast", "-g", "10", file]);
  const records = memoryRecords();
  const site = {
    ...{ base: join(folder, "town.yaml"), keys: async () => [] },
    ...{ stores: { records: async () => records }, clock: systemClock },
  };
  const list = async () => [{ id: "yard", file: "yard.mp4" }];
  const { still } = setUpCameras(site, list, new AbortController().signal);
  expect(jpegSize(await still("yard"))).toEqual({ width_px: 1280, height_px: 720 });
  await expect(still("nowhere")).rejects.toMatchObject({ code: "CAMERA_UNKNOWN" });
});

test.each([
  ["a file", "/etc/passwd", "CAMERA_ADDRESS"],
  ["a file's URL", "file:///etc/passwd", "CAMERA_ADDRESS"],
  ["a protocol of ffmpeg", "concat:/etc/passwd|x", "CAMERA_ADDRESS"],
  ["this machine", "rtsp://127.0.0.1:8080/", "ADDRESS_FORBIDDEN"],
  ["this machine by its name", "http://localhost:9200/", "ADDRESS_FORBIDDEN"],
  ["this machine in IPv6", "rtsp://[::ffff:7f00:1]/", "ADDRESS_FORBIDDEN"],
  ["this machine as one number", "http://2130706433/", "ADDRESS_FORBIDDEN"],
  ["a cloud's metadata", "http://169.254.169.254/latest/meta-data", "ADDRESS_FORBIDDEN"],
])("an address typed on a page never leads to %s", async (_, text, code) => {
  await expect(typedAddress(text)).rejects.toMatchObject({ code });
  const said = await typedAddress(text).catch((thrown: Error) => thrown.message);
  expect(said).not.toContain("passwd");
});

test("a camera in the town's own network is asked", async () => {
  expect(String(await typedAddress("rtsp://root:secret@192.168.1.20/stream"))).toBe("rtsp://…");
});

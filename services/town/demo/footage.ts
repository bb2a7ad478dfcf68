import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { messageOf } from "@yardline/domain/errors";
import { STDOUT, startFfmpeg } from "@yardline/sources/video/ffmpeg";

const run = promisify(execFile);

/** Debian's documentation of OpenCV holds ten frames a second of people crossing a campus yard. */
const PACKAGE = "opencv-doc";
const MEMBER = "./usr/share/doc/opencv-doc/examples/data/vtest.avi";
const FETCH_MS_MAX = 600_000;

/**
 * Real footage for the demo camera, out of a Debian package that is fetched without being installed, and encoded once as a camera
 * would send it (H.264, a key frame each second).
 * @returns the file's path; undefined, and a line that says why, where it cannot be had: the demo then runs without a camera.
 */
export async function prepareFootage(
  folder: string,
  report: (line: string) => void,
): Promise<string | undefined> {
  const path = join(folder, "vtest.mp4");
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(folder, "fetching-"));
  try {
    report(`fetching demonstration footage (Debian's package ${PACKAGE}, 96 MB) …`);
    const avi = await extract(scratch);
    report("preparing demonstration footage …");
    await encode(avi, join(scratch, "vtest.mp4"));
    await rename(join(scratch, "vtest.mp4"), path);
    return path;
  } catch (thrown) {
    const [why] = messageOf(thrown).split("\n");
    report(
      `no demonstration footage (${why}); the demo runs without a camera. To add one: ./yardline start --help`,
    );
    return undefined;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function extract(scratch: string): Promise<string> {
  const limits = { cwd: scratch, timeout: FETCH_MS_MAX };
  const download = () => run("apt-get", ["download", "-q", PACKAGE], limits);
  // A fresh machine has no package lists yet; fetching them takes root, and without it the second try says what is wrong.
  await download().catch(() => run("apt-get", ["update", "-q"], limits).then(download, download));
  const archive = (await readdir(scratch)).find((name) => name.endsWith(".deb")) ?? "";
  await run("sh", ["-c", 'dpkg-deb --fsys-tarfile "$1" | tar -x "$2"', "sh", archive, MEMBER], limits);
  return join(scratch, MEMBER);
}

async function encode(from: string, to: string): Promise<void> {
  const options = [
    "-map",
    "0:v:0",
    "-c:v",
    "libx264",
    "-preset",
    "veryfast",
    "-crf",
    "23",
    "-bf",
    "0",
    "-g",
    "10",
  ];
  const child = startFfmpeg({
    input: [],
    source: from,
    outputs: [
      { options: [...options, "-sc_threshold", "0", "-pix_fmt", "yuv420p", "-f", "mp4"], target: to },
      { options: ["-map", "0:v:0", "-c", "copy", "-frames:v", "1", "-f", "null"], target: STDOUT },
    ],
  });
  child.stdout.resume();
  const { code, said } = await child.exited;
  if (code !== 0) throw new Error(said.at(-1) ?? "ffmpeg failed");
}

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";

/** The folder of recordings and of the RTSP server that plays them; developers and CI have it, towns do not. */
export function sharedData(root: string): string {
  const data = join(root, "../shared/data");
  if (!existsSync(data)) {
    throw new AppError(
      "SOAK_DATA",
      `This run needs the recordings in ${data}, which this machine does not have.`,
    );
  }
  return data;
}

/**
 * A clip as a camera sends it: H.264 without B-frames, a key frame each second, a constant 1 Mb/s. The server that plays it passes on 32 kB
 * at a time: of a still scene at a varying rate that was many seconds of silence.
 */
export function cameraClip(from: string, to: string): void {
  const encode = [
    "-an",
    "-c:v",
    "libx264",
    "-preset",
    "veryfast",
    "-bf",
    "0",
    "-g",
    "25",
    "-sc_threshold",
    "0",
    ...["-b:v", "1M", "-minrate", "1M", "-maxrate", "1M", "-bufsize", "1M", "-x264-params", "nal-hrd=cbr"],
  ];
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", from, ...encode, "-pix_fmt", "yuv420p", to]);
}

/** A clip as a town's usual camera sends it: 720p, 25 fps, 2.5 Mb/s unless told, a key frame a second, the sensor's noise in it. */
export function streamClip(
  from: string,
  to: string,
  { kbps = 2_500, seconds_max = 300 }: { readonly kbps?: number; readonly seconds_max?: number } = {},
): { readonly bits_per_s: number } {
  const picture = ["-vf", "scale=1280:720,fps=25,noise=alls=6:allf=t", "-pix_fmt", "yuv420p"];
  const shape = ["-preset", "veryfast", "-bf", "0", "-g", "25", "-sc_threshold", "0"];
  const rate = ["-b:v", `${kbps}k`, "-maxrate", `${kbps}k`, "-bufsize", `${kbps}k`];
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-i",
    from,
    "-an",
    ...["-t", `${seconds_max}`],
    ...picture,
    "-c:v",
    "libx264",
    ...shape,
    ...rate,
    to,
  ]);
  const asked = ["-v", "error", "-show_entries", "format=bit_rate", "-of", "csv=p=0", to];
  return { bits_per_s: Number(execFileSync("ffprobe", asked, { encoding: "utf8" })) };
}

export type RtspServer = { readonly process: ChildProcess; kill(): Promise<void> };

/** A real RTSP server that plays clips in a loop; resolves when it accepts connections. */
export async function startRtspServer(
  data: string,
  port: number,
  clips: Readonly<Record<string, string>>,
): Promise<RtspServer> {
  const named = Object.entries(clips).map(([name, path]) => `${name}=${path}`);
  const server = spawn("/usr/bin/python3", [join(data, "video/rtspcam.py"), `${port}`, ...named], {
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const [ready] = await Promise.race([once(server.stdout, "data"), once(server, "close")]);
  if (!(ready instanceof Buffer)) {
    throw new AppError(
      "SOAK_RTSP",
      `The RTSP server ended at once: is port ${port} taken, or GStreamer's RTSP missing?`,
    );
  }
  return {
    process: server,
    async kill() {
      if (server.pid === undefined || server.exitCode !== null) return;
      const gone = once(server, "close");
      process.kill(-server.pid, "SIGKILL");
      await gone;
    },
  };
}

import { execFile, spawn } from "node:child_process";
import type { RequestListener } from "node:http";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Draws three seconds of moving test bars, as a camera sends them: H.264 in MPEG-TS. @param size as in `320x180`. */
export async function drawClip(path: string, size: string): Promise<void> {
  const bars = ["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=10:duration=3`, "-pix_fmt", "yuv420p"];
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "10"];
  const headers = ["-x264-params", "repeat-headers=1", "-f", "mpegts"];
  await run("ffmpeg", ["-nostdin", "-v", "error", ...bars, ...coding, ...headers, path]);
}

/** A camera that plays a clip, again and again and in its own time, for as long as somebody looks. */
export function playing(clip: string): RequestListener {
  const endless = ["-re", "-stream_loop", "-1", "-i", clip, "-c", "copy", "-f", "mpegts", "pipe:1"];
  return (_request, response) => {
    const player = spawn("ffmpeg", ["-nostdin", "-v", "quiet", ...endless], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    player.stdout.pipe(response);
    response.on("close", () => player.kill("SIGKILL"));
  };
}

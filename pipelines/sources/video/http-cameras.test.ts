import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inspect } from "node:util";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnJpeg, probeBytes, serveHttp, type Watched, watchInTest } from "./testing.ts";

const PATIENCE_MS = 15_000;
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-http-cameras-"));
});
afterAll(async () => {
  for (const end of ends) end();
  await rm(folder, { recursive: true });
});
const ends: (() => void)[] = [];

async function serve(answer: RequestListener): Promise<string> {
  const server = await serveHttp(answer);
  ends.push(() => server.close());
  return server.url;
}

async function stopped(watched: Watched) {
  watched.stop();
  expect(await watched.ended).toBeUndefined();
  const [segment] = watched.segments;
  const { codec, kinds, size, begins_with_key } = await probeBytes(segment?.data ?? new Uint8Array());
  return { codec, kinds, size, begins_with_key, changes: watched.changes.map(({ kind }) => kind) };
}

const RECORDED = { codec: "h264", kinds: ["video"], begins_with_key: true, changes: ["connected"] };

test.concurrent("MJPEG by the real muxer is looked at and recorded as H.264, in true time", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "multipart/x-mixed-replace;boundary=ffmpeg" });
    const drawn = ["-re", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=20:duration=60"];
    const camera = spawn("ffmpeg", [
      ...[
        "-v",
        "error",
        "-nostdin",
        ...drawn,
        "-c:v",
        "mjpeg",
        "-f",
        "mpjpeg",
        "-flush_packets",
        "1",
        "pipe:1",
      ],
    ]);
    camera.stdout.pipe(response);
    response.on("close", () => camera.kill("SIGKILL"));
  });
  const watched = watchInTest(`${url}/video.cgi`);
  await eventually(() => expect(watched.frames.length).toBeGreaterThan(20), PATIENCE_MS);
  const [first, last] = [watched.frames[2], watched.frames.at(-1)];
  const length_ms = (last?.at_ms ?? 0) - (first?.at_ms ?? 0);
  const each_ms = length_ms / (watched.frames.length - 3);
  // Five a second; on a busy machine the first ones are late, and the timeline catches up.
  expect([each_ms > 80, each_ms < 400]).toEqual([true, true]);
  expect(await stopped(watched)).toEqual({ ...RECORDED, size: "320x180" });
});

test.concurrent("a still is asked for again and again, and only a new one is sent", async () => {
  const pictures = [0, 3].map((at_s) => drawnJpeg("160x90", at_s));
  let [asked, unchanged] = [0, 0];
  const url = await serve(({ headers }, response) => {
    const picture = pictures[Math.floor(asked++ / 4) % 2] ?? new Uint8Array();
    const etag = `"${createHash("sha1").update(picture).digest("hex")}"`;
    if (headers["if-none-match"] === etag) {
      unchanged++;
      response.writeHead(304).end();
    } else response.writeHead(200, { "content-type": "image/jpeg", etag }).end(picture);
  });
  const watched = watchInTest(`${url}/still.jpg`);
  await eventually(() => expect(watched.frames.length).toBeGreaterThan(4), PATIENCE_MS);
  expect(unchanged).toBeGreaterThan(3);
  expect(asked).toBeLessThan(60);
  expect(await stopped(watched)).toEqual({ ...RECORDED, size: "160x90" });
});

test.concurrent("a picture that claims 65,000 × 65,000, one without end and a login page are told apart and cost nothing", async () => {
  const huge = Buffer.from(drawnJpeg("160x90", 0));
  const frame = huge.indexOf(Buffer.from([0xff, 0xc0]));
  huge.writeUInt16BE(65_000, frame + 5);
  huge.writeUInt16BE(65_000, frame + 7);
  const answers: Record<string, RequestListener> = {
    huge: (_request, response) => response.writeHead(200, { "content-type": "image/jpeg" }).end(huge),
    endless: (_request, response) => {
      response.writeHead(200, { "content-type": "image/jpeg" });
      const more = setInterval(() => response.write(Buffer.alloc(1024 * 1024, 0xff)), 20);
      response.on("close", () => clearInterval(more));
    },
    login: (_request, response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
  };
  const watched = await Promise.all(
    Object.values(answers).map(async (answer) => watchInTest(`${await serve(answer)}/still.jpg`)),
  );
  const reasons = () => watched.map(({ changes: [change] }) => change?.kind === "lost" && change.why);
  await eventually(() => expect(reasons()).toEqual(["not-video", "ended", "not-video"]), PATIENCE_MS);
  for (const each of watched) each.stop();
  await Promise.all(watched.map(({ ended }) => ended));
});

test.concurrent("an HLS camera is recorded byte for byte; its password is in no process list and no note", async () => {
  const canary = "cAnary-3b";
  execFileSync("ffmpeg", [
    ...[
      "-v",
      "error",
      "-f",
      "lavfi",
      "-i",
      "testsrc2=size=320x180:rate=10:duration=8",
      "-pix_fmt",
      "yuv420p",
    ],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-f", "hls", "-hls_time", "2"],
    ...["-hls_list_size", "0", join(folder, "live.m3u8")],
  ]);
  const url = await serve(async ({ url: path = "" }, response) => {
    response.end(await readFile(join(folder, basename(path))).catch(() => ""));
  });
  const watched = watchInTest(`${url.replace("//", `//operator:${canary}@`)}/live.m3u8`);
  await eventually(() => expect(watched.children().length).toBeGreaterThan(0), PATIENCE_MS);
  await eventually(() => expect(watched.frames.length).toBeGreaterThan(10), PATIENCE_MS);
  expect(watched.children().some((child) => child.mentions(canary) || child.mentions("gate:"))).toBe(false);
  const recorded = await stopped(watched);
  expect(recorded).toEqual({ ...RECORDED, size: "320x180" });
  expect(inspect([watched.notes, watched.changes], { depth: 9 })).not.toMatch(/cAnary|gate:/);
});

test.concurrent("a playlist that names a file, this machine's other ports by name, or a cloud's own address reaches none of them", async () => {
  let reached = 0;
  const other = await serve((_request, response) => {
    reached++;
    response.end();
  });
  const segments = [
    "file:///etc/passwd",
    "http://169.254.169.254/latest/x.ts",
    `${other.replace("127.0.0.1", "localhost")}/x.ts`,
  ];
  const playlist = ["#EXTM3U", "#EXT-X-TARGETDURATION:2"].concat(
    ...segments.map((each) => ["#EXTINF:2,", each]),
  );
  const url = await serve((_request, response) =>
    response.end(playlist.concat("#EXT-X-ENDLIST", "").join("\n")),
  );
  const watched = watchInTest(`${url}/live.m3u8`);
  await eventually(() => expect(watched.changes.length).toBeGreaterThan(0), PATIENCE_MS);
  watched.stop();
  await watched.ended;
  expect([reached, watched.segments]).toEqual([0, []]);
});

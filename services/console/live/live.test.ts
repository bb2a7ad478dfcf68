import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { servedApp } from "@yardline/api/testing/app";
import { CAMERA } from "@yardline/api/testing/scenes";
import { systemClock } from "@yardline/domain/time";
import { createFragmentReader, isInit } from "@yardline/sources/video/fragments";
import { LiveStream } from "@yardline/sources/video/live-stream";
import { fragmentedVideo, makeVideo, type Watched, watchInTest } from "@yardline/sources/video/testing";
import { freePort, killRtsp, rtspMissing, startRtsp } from "@yardline/sources/video/testing-rtsp";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";
import { type Wire, wireTo } from "../testing/wire-times.ts";

const missing = rtspMissing || !hasChromium;
if (missing)
  process.stderr.write("live.test.ts: skipped, it needs Chromium and the RTSP server of ../shared/data\n");

const RATE_FPS = 10;
const SECONDS = 25;
/** Each picture shows its number in the clip: eight fields, the highest first, white for a one. */
const BITS = 8;
const FIELD = 40;
const NUMBERED = Array.from({ length: BITS }, (_, bit) => {
  const on = `eq(mod(floor(n/${2 ** (BITS - 1 - bit)})\\,2)\\,1)`;
  return `drawbox=x=${bit * FIELD}:y=0:w=${FIELD}:h=${FIELD}:color=white:t=fill:enable='${on}'`;
});
const BLACK = `drawbox=x=0:y=0:w=${BITS * FIELD}:h=${FIELD}:color=black:t=fill`;

const names = ["yard", "gate", "school", "park", "stop", "roof", "shop", "road"];
const cameras = names.map((id) => ({ ...CAMERA, id, name: `Camera ${id}` }));

describe.skipIf(missing)("live pictures of a real RTSP camera in Chromium", { timeout: 120_000 }, () => {
  let browser: Browser;
  let removePage = async () => {};
  let [folder, dist] = ["", ""];
  let server: ChildProcess;
  let wire: Wire;
  let watched: Watched;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "yardline-live-page-"));
    const clip = join(folder, "clip.mp4");
    const options = ["-vf", [BLACK, ...NUMBERED].join(","), "-c:v", "libx264", "-g", "10", "-bf", "0"];
    const [built] = await Promise.all([
      buildPage(),
      makeVideo(clip, { size: "640x360", seconds: SECONDS, rate_fps: RATE_FPS }, options),
    ]);
    removePage = built.remove;
    const port = await freePort();
    server = await startRtsp(port, clip);
    wire = await wireTo(port);
    watched = watchInTest(`rtsp://127.0.0.1:${wire.port}/yard`);
    dist = built.dist;
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    watched?.stop();
    await watched?.ended;
    wire?.close();
    if (server) killRtsp(server);
    await browser?.close();
    await removePage();
    await rm(folder, { recursive: true });
  });

  /** The page on the real doors, all cameras of which show the one camera that there is. */
  async function open(
    path: string,
    findLive: (id: string, stream: "main" | "sub") => LiveStream | undefined = () => watched.live,
  ) {
    const { url } = await servedApp({
      cameras: { listCameras: () => cameras, findLive },
      ...{ clock: systemClock, pageDir: dist },
    });
    const opened = await openPage(browser, url + path, { map: false });
    onTestFinished(opened.close);
    return opened;
  }
  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 40_000 });
  const playing = async (page: Page) => (await widths(page)).length;
  /** How wide the pictures are that play. */
  const widths = (page: Page) =>
    page
      .locator(".tile video")
      .evaluateAll((videos) =>
        videos.flatMap((video) =>
          video instanceof HTMLVideoElement && video.videoWidth > 0 && video.currentTime > 1
            ? [video.videoWidth]
            : [],
        ),
      );

  test("what happens before the camera is on the page in under three seconds", async () => {
    const { page, wrong } = await open("/wall/yard");
    await poll(() => playing(page)).toBe(1);
    await page.getByText(/^Live, /).waitFor();
    const seen = await page
      .locator(".tile video")
      .evaluate(readNumbers, { bits: BITS, field: FIELD, count: 60 });
    const first = numberIn(watched.frames[0]?.picture.data ?? new Uint8Array());
    const late_ms = seen.flatMap(({ number, at_ms }) => {
      const passed = wire.passed_at_ms.filter(
        (ms, at) => (first + at) % (RATE_FPS * SECONDS) === number && ms <= at_ms,
      );
      return at_ms - (passed.at(-1) ?? Number.NEGATIVE_INFINITY);
    });
    const sorted = late_ms.toSorted((a, b) => a - b);
    const [half, most] = [sorted[sorted.length >> 1] ?? 0, sorted.at(-1) ?? 0];
    process.stdout.write(
      `live: ${seen.length} pictures, ${half.toFixed()} ms half of them, ${most.toFixed()} ms all\n`,
    );
    expect(half).toBeGreaterThan(0);
    expect(most).toBeLessThan(3_000);
    expect(wrong).toEqual([]);
  });

  test("eight at once in one connection; keys go from one to the next, enlarge and take off, and the address says it", async () => {
    const { page, wrong } = await open("/wall");
    const asked: string[] = [];
    page.on("request", (request) => void (request.url().includes("/v1/live") && asked.push(request.url())));
    await poll(() => playing(page)).toBe(8);
    await page.locator(".tile-picture").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await poll(() => page.url()).toContain("?large=shop");
    await page.keyboard.press("Delete");
    await poll(() => new URL(page.url()).pathname).toBe("/wall/gate,park,road,roof,school,stop,yard");
    await poll(() => playing(page)).toBe(7);
    await page.locator(".wall-picker summary").click();
    await page.getByLabel("Camera shop", { exact: true }).check();
    await poll(() => playing(page)).toBe(8);
    // One connection for each choice of cameras and of what is large, whether or not the first was heard of.
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(wrong).toEqual([]);
  });

  test("small tiles take the smaller stream of a camera; the one that is opened large takes the main one, and gives it back", async () => {
    const small = drawnStream("320x180", ["-bf", "0"]);
    const { page, wrong } = await open("/wall/yard,gate,school", (_, stream) =>
      stream === "sub" ? small : watched.live,
    );
    await poll(() => widths(page)).toEqual([320, 320, 320]);
    await page.locator(".tile-picture").first().click();
    await poll(() => widths(page)).toEqual([640, 320, 320]);
    await page.keyboard.press("Escape");
    await poll(() => widths(page)).toEqual([320, 320, 320]);
    expect(wrong).toEqual([]);
  });

  test("who sees a camera pauses it from its tile, with a reason, and it goes dark", async () => {
    let paused: { reason: string; until_ms: number } | undefined;
    const { url } = await servedApp({
      cameras: {
        listCameras: () => [
          {
            ...CAMERA,
            ...(paused && {
              state: "paused" as const,
              reason: paused.reason,
              paused_until_ms: paused.until_ms,
            }),
          },
        ],
        findLive: () => watched.live,
      },
      pauses: {
        async pause(_, { reason, until_ms }) {
          paused = { reason, until_ms };
        },
        resume: async () => undefined,
      },
      ...{ clock: systemClock, pageDir: dist },
    });
    const { page, close } = await openPage(browser, `${url}/wall`, { map: false });
    onTestFinished(close);
    await poll(() => playing(page)).toBe(1);
    await page.getByRole("button", { name: "Pause the camera: Yard 1" }).click();
    await page.getByLabel("Why (no names").fill("a wedding in the yard");
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByText("The camera is paused: it sees and records nothing").waitFor();
    await page.getByText(/^Paused until /).waitFor();
    await page.getByText("a wedding in the yard").waitFor();
  });

  test("a camera without pictures and one that is not there say so; the others play, also one in a codec that this browser lacks", async () => {
    const hevc = drawnStream("640x360", HEVC);
    const streams: Readonly<Record<string, LiveStream>> = {
      yard: watched.live,
      gate: new LiveStream(),
      roof: hevc,
    };
    const { page } = await open("/wall/yard,gate,nothing,roof", (id) => streams[id]);
    await poll(() => playing(page)).toBe(2);
    await poll(() => page.locator(".tile-said").allTextContents()).toEqual([
      "Waiting for a picture…",
      "There is no such camera, or it is not shown to you",
    ]);
  });
});

const HEVC = [
  ...["-c:v", "libx265", "-preset", "ultrafast"],
  ...["-tag:v", "hvc1", "-x265-params", "log-level=none"],
];

/** Four seconds that have just come. */
function drawnStream(size: string, options: readonly string[]): LiveStream {
  const stream = new LiveStream();
  const tap = stream.tap(new AbortController().signal);
  for (const piece of createFragmentReader()(fragmentedVideo({ size, seconds: 4, rate_fps: 10 }, options))) {
    if (isInit(piece)) tap.open(piece);
    else tap.push(piece, Date.now());
  }
  return stream;
}

/** The number in a decoded picture, 640 wide. */
function numberIn(luma: Uint8Array): number {
  const isWhite = (bit: number) => (luma[640 * (FIELD / 2) + bit * FIELD + FIELD / 2] ?? 0) > 128;
  return Array.from({ length: BITS }, (_, bit) => isWhite(bit)).reduce(
    (sum, white) => sum * 2 + Number(white),
    0,
  );
}

/** In the page: the numbers of the pictures that come to be shown, and when. */
async function readNumbers(
  video: Element,
  { bits, field, count }: { bits: number; field: number; count: number },
): Promise<readonly { number: number; at_ms: number }[]> {
  if (!(video instanceof HTMLVideoElement)) return [];
  const canvas = new OffscreenCanvas(bits * field, field);
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  const seen: { number: number; at_ms: number }[] = [];
  while (drawing && seen.length < count) {
    await new Promise((done) => video.requestVideoFrameCallback(done));
    drawing.drawImage(video, 0, 0, 640, 360);
    const at_ms = Date.now();
    const { data } = drawing.getImageData(0, field / 2, bits * field, 1);
    let number = 0;
    for (let bit = 0; bit < bits; bit++)
      number = number * 2 + Number((data[(bit * field + field / 2) * 4] ?? 0) > 128);
    seen.push({ number, at_ms });
  }
  return seen;
}

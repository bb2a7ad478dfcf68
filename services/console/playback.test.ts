import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { servedApp } from "@yardline/api/testing/app";
import { memoryIndex } from "@yardline/api/testing/fakes";
import { NOON_MS, presence } from "@yardline/api/testing/scenes";
import { joinSegments } from "@yardline/media/clip";
import { codecStringOf } from "@yardline/media/codec-string";
import { openFileStore } from "@yardline/media/files";
import { fragmentedVideo } from "@yardline/sources/video/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "./testing/browser.ts";

if (!hasChromium) process.stderr.write("playback.test.ts: skipped, there is no /usr/bin/chromium\n");

const SECONDS = 4;

describe.skipIf(!hasChromium)("recordings of the real API in Chromium", () => {
  let browser: Browser;
  let dist = "";
  let removePage = async () => {};

  beforeAll(async () => {
    const built = await buildPage();
    dist = built.dist;
    removePage = built.remove;
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await removePage();
  });

  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 20_000 });
  const stateOf = (video: Locator) =>
    video.evaluate(({ currentTime, videoWidth, duration, error }: HTMLVideoElement) => ({
      currentTime,
      videoWidth,
      duration,
      error: error?.message,
    }));

  test("a playlist over two connections plays and seeks from one size into the other", async () => {
    const folder = await mkdtemp(join(tmpdir(), "yardline-playback-"));
    const store = await openFileStore({ folder });
    onTestFinished(async () => {
      await store.close();
      await rm(folder, { recursive: true });
    });
    for (const [s, connection, size] of [
      [0, "a", "640x360"],
      [20, "b", "320x180"],
    ] as const) {
      const from_ms = NOON_MS + s * 1000;
      const span = { from_ms, to_ms: from_ms + SECONDS * 1000 };
      const drawn = fragmentedVideo({ size, seconds: SECONDS, rate_fps: 10 }, ["-g", "10"]);
      await store.putSegment({ camera: "yard", connection, ...span }, drawn);
    }
    const { url } = await servedApp({ media: store, pageDir: dist });
    const { page, wrong, close } = await openPage(browser, url, { map: false });
    onTestFinished(close);
    const period = [0, 60].map((s) => new Date(NOON_MS + s * 1000).toISOString());
    await page.evaluate((src) => {
      const video = Object.assign(document.createElement("video"), { id: "played", muted: true, src });
      document.body.append(video);
      return video.play();
    }, `/v1/cameras/yard/playback.m3u8?from=${period[0]}&to=${period[1]}`);
    const video = page.locator("#played");
    await poll(async () => (await stateOf(video)).currentTime).toBeGreaterThan(0.3);
    const begun = await stateOf(video);
    expect(begun).toMatchObject({ videoWidth: 640, error: undefined });
    expect(begun.duration).toBeCloseTo(2 * SECONDS, 0);
    await video.evaluate((element: HTMLVideoElement) => {
      element.currentTime = 6;
    });
    await poll(async () => (await stateOf(video)).videoWidth).toBe(320);
    await poll(async () => (await stateOf(video)).currentTime).toBeGreaterThan(6.3);
    await video.evaluate((element: HTMLVideoElement) => {
      element.currentTime = 1;
    });
    await poll(async () => (await stateOf(video)).videoWidth).toBe(640);
    expect((await stateOf(video)).error).toBeUndefined();
    expect(wrong.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
  }, 60_000);

  test("the page plays an H.265 event by the proxy that the API really makes, and seeks in it", async () => {
    const event = presence();
    const options = [
      "-c:v",
      "libx265",
      "-preset",
      "ultrafast",
      "-tag:v",
      "hvc1",
      "-x265-params",
      "log-level=none",
    ];
    const mp4 = joinSegments([fragmentedVideo({ size: "640x360", seconds: SECONDS, rate_fps: 10 }, options)]);
    const stretches = [{ from_ms: NOON_MS, to_ms: NOON_MS + SECONDS * 1000 }];
    const { url } = await servedApp({
      ...{ index: memoryIndex([event]), clock: handClock(NOON_MS + 90_000), pageDir: dist },
      clip: async () => ({ mp4, codec: codecStringOf(mp4), stretches }),
    });
    const { page, close } = await openPage(browser, `${url}/events/${event.occurrence}`, { map: false });
    onTestFinished(close);
    const video = page.locator("video.clip");
    await video.waitFor({ timeout: 20_000 });
    expect(await video.getAttribute("src")).toMatch(/^blob:/);
    await video.evaluate((element: HTMLVideoElement) => {
      element.currentTime = 3;
      return element.play();
    });
    await poll(async () => (await stateOf(video)).currentTime).toBeGreaterThan(3.2);
    expect(await stateOf(video)).toMatchObject({ videoWidth: 640, error: undefined });
  }, 60_000);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "@yardline/api/problem";
import { servedApp } from "@yardline/api/testing/app";
import { memoryIndex } from "@yardline/api/testing/fakes";
import { CAMERA, NOON_MS, presence, stopVisit } from "@yardline/api/testing/scenes";
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
  }, 120_000);
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

  test("the player goes picture by picture and at eight times, shows gaps as gaps, and keeps another camera in step", async () => {
    const event = presence();
    const gate = presence(3, { source: "camera/gate", data: { camera: "gate" } });
    const mp4 = joinSegments([fragmentedVideo({ size: "640x360", seconds: 16, rate_fps: 10 }, ["-g", "10"])]);
    const at = (s: number) => NOON_MS + s * 1000;
    // The event's clip is asked for from 5 s before to 15 s after; its first 3 s are gone, and 3 s in it were never recorded.
    const half = [
      { from_ms: at(-2), to_ms: at(5) },
      { from_ms: at(8), to_ms: at(15) },
    ];
    const whole = [{ from_ms: at(-2), to_ms: at(14) }];
    const { url } = await servedApp({
      ...{
        index: memoryIndex([event, gate, stopVisit(5)]),
        clock: handClock(NOON_MS + 90_000),
        pageDir: dist,
      },
      cameras: { listCameras: () => [CAMERA, { ...CAMERA, id: "gate", name: "Gate" }] },
      clip: async (camera) => ({
        mp4,
        codec: codecStringOf(mp4),
        stretches: camera === "gate" ? whole : half,
      }),
    });
    const { page, wrong, close } = await openPage(browser, `${url}/events/${event.occurrence}`, {
      map: false,
    });
    onTestFinished(close);
    const video = page.locator("video.clip").first();
    await video.waitFor({ timeout: 20_000 });
    await page.getByText("Nothing was recorded from 14:00:05 to 14:00:08.").waitFor();
    await page.getByText("what was recorded from 13:59:55 to 13:59:58 has expired, or never was").waitFor();
    expect(await page.locator(".timeline-gap").count()).toBe(2);
    // The buses that passed meanwhile, on their little map.
    await page.locator(".passed-list").getByText("No. 7, 14:00:05").waitFor();
    expect(await page.locator(".passed-map path").count()).toBe(1);
    await poll(async () => (await stateOf(video)).videoWidth).toBe(640);
    // Picture by picture, whatever their rate is.
    await page.locator(".timeline").focus();
    const shown = () =>
      video.evaluate((element: HTMLVideoElement) => Math.floor(element.currentTime * 10 + 0.01));
    for (const [key, picture] of [
      [".", 1],
      [".", 2],
      [".", 3],
      [",", 2],
    ] as const) {
      await page.keyboard.press(key);
      await poll(shown).toBe(picture);
      await page.waitForTimeout(150);
    }
    for (const speed of [2, 4, 8]) {
      await page.keyboard.press(">");
      expect(await video.evaluate((element: HTMLVideoElement) => element.playbackRate)).toBe(speed);
    }
    await page.getByLabel("Speed (< and >)").selectOption("1");
    // Another camera's recording of the same time keeps to the one clock, also over the gap of this one.
    await page.getByRole("button", { name: "Other cameras at the same time" }).click();
    await page.getByRole("button", { name: "Gate" }).click();
    const other = page.locator(".companion video");
    await poll(async () => (await stateOf(other)).videoWidth).toBe(640);
    await page.locator(".timeline").focus();
    await page.keyboard.press("PageUp");
    // The same picture: where in its tenth of a second a video stands depends on what it was told last.
    const pictureOf = async (element: Locator) =>
      Math.floor((await stateOf(element)).currentTime * 10 + 0.01);
    await poll(async () => (await pictureOf(other)) - (await pictureOf(video))).toBe(30);
    await page.keyboard.press("Home");
    await page.keyboard.press(" ");
    await poll(async () => (await stateOf(video)).currentTime).toBeGreaterThan(2);
    const apart = await page.evaluate(() => {
      const [one, two] = [...document.querySelectorAll("video")];
      return Math.abs((one?.currentTime ?? 0) - (two?.currentTime ?? 0));
    });
    expect(apart).toBeLessThan(0.5);
    expect(wrong.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
  }, 90_000);

  test("an event without a recording, one whose time is over, and one on an edge that is away: each says so, and the last plays when it is back", async () => {
    const [away, over, none] = [
      presence(),
      presence(3, { source: "camera/gate", data: { camera: "gate" } }),
      presence(9, { data: { clip: undefined } }),
    ];
    const mp4 = joinSegments([
      fragmentedVideo({ size: "640x360", seconds: SECONDS, rate_fps: 10 }, ["-g", "10"]),
    ]);
    const stretches = [{ from_ms: NOON_MS, to_ms: NOON_MS + SECONDS * 1000 }];
    let reached = false;
    const { url } = await servedApp({
      ...{ index: memoryIndex([away, over, none]), clock: handClock(NOON_MS + 90_000), pageDir: dist },
      cameras: { listCameras: () => [CAMERA, { ...CAMERA, id: "gate", name: "Gate" }] },
      clip: async (camera) => {
        if (camera === "gate") return undefined;
        if (!reached) throw new Refusal(503, "EDGE_UNREACHABLE", "The edge has not been reached.", 1);
        return { mp4, codec: codecStringOf(mp4), stretches };
      },
    });
    const { page, close } = await openPage(browser, `${url}/events/${away.occurrence}`, { map: false });
    onTestFinished(close);
    await page.getByText("The recording is on a box that cannot be reached now.").waitFor();
    reached = true;
    await poll(async () => (await stateOf(page.locator("video.clip"))).videoWidth).toBe(640);
    await page.goto(`${url}/events/${over.occurrence}`);
    await page.getByText("No recording: there was none, or its time of keeping is over").waitFor();
    await page.goto(`${url}/events/${none.occurrence}`);
    await page.locator(".event-why").waitFor();
    expect(await page.locator("video.clip, .media-gone").count()).toBe(0);
    expect(await page.getByRole("link", { name: "Export as evidence" }).count()).toBe(0);
  }, 60_000);
});

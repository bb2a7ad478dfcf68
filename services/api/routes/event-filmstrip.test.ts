import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { joinClip } from "@yardline/media/clip";
import { openFileStore } from "@yardline/media/files";
import { fragmentedVideo } from "@yardline/sources/video/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { NOON_MS, presence } from "../testing/scenes.ts";

const EVENT = presence();
const URL_OF_STRIP = `/v1/events/${EVENT.occurrence}/filmstrip`;

/** A town that recorded the event for real: four seconds, five before noon. */
async function recordedTown(limits = {}) {
  const folder = await mkdtemp(join(tmpdir(), "yardline-strip-"));
  const store = await openFileStore({ folder });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const video = fragmentedVideo({ size: "320x180", seconds: 4, rate_fps: 5 }, ["-g", "5", "-bf", "0"]);
  const at = { camera: "yard", connection: "c", from_ms: NOON_MS - 5_000, to_ms: NOON_MS - 1_000 };
  await store.putSegment(at, video);
  let clips = 0;
  const app = await testApp({
    ...{
      index: memoryIndex([EVENT]),
      media: store,
      derived: store,
      clock: handClock(NOON_MS + 60_000),
      limits,
    },
    clip: (...period) => {
      clips += 1;
      return joinClip(store, ...period);
    },
  });
  return { app, store, clips: () => clips };
}

test("a strip of the event's own recording says what is in it; it is made once and goes with the recording", async () => {
  const { app, store, clips } = await recordedTown();
  const response = await app.inject(URL_OF_STRIP);
  expect([response.statusCode, response.headers["content-type"]]).toEqual([200, "image/jpeg"]);
  const { etag = "", ...headers } = response.headers;
  expect(headers).toMatchObject({ "filmstrip-tile": "160x90", "cache-control": "private, no-cache" });
  const offsets = String(headers["filmstrip-offsets"]).split(", ").map(Number);
  const times = String(headers["filmstrip-times"]).split(", ");
  expect(times.map((time) => (Date.parse(time) - NOON_MS + 5_000) / 1_000)).toEqual(offsets);
  const { width, height } = await sharp(response.rawPayload).metadata();
  expect([width, height]).toEqual([160 * offsets.length, 90]);

  const again = await app.inject({ url: URL_OF_STRIP, headers: { "if-none-match": etag } });
  expect([again.statusCode, again.rawPayload.length, clips()]).toEqual([304, 0, 1]);
  await store.expire("yard", NOON_MS);
  expect((await app.inject(URL_OF_STRIP)).statusCode).toBe(404);
});

test("a strip of what was recorded around it too is another one", async () => {
  const { app, store } = await recordedTown();
  const video = fragmentedVideo({ size: "320x180", seconds: 4, rate_fps: 5 }, ["-g", "5", "-bf", "0"]);
  const before = { camera: "yard", connection: "c", from_ms: NOON_MS - 9_000, to_ms: NOON_MS - 5_000 };
  await store.putSegment(before, video);
  /** In the event's own four seconds, and in the four before them. */
  const partsIn = async (query: string) => {
    const times = String((await app.inject(URL_OF_STRIP + query)).headers["filmstrip-times"]).split(", ");
    return [...new Set(times.map((time) => (Date.parse(time) < before.to_ms ? "before" : "own")))];
  };
  expect([await partsIn(""), await partsIn("?before_s=10")]).toEqual([["own"], ["before", "own"]]);
});

test("one too many at once is refused and counted; those who wait for the same strip get the one that was made", async () => {
  const { app, clips } = await recordedTown({ filmstrips_waiting_max: 1 });
  const answers = await Promise.all([0, 1, 2].map(() => app.inject(URL_OF_STRIP)));
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 200, 503]);
  expect(clips()).toBe(1);
  const metrics = (await app.inject("/metrics")).body;
  expect(metrics).toContain('yardline_api_media_refused_total{kind="filmstrip"} 1');
  expect(metrics).toContain('yardline_api_media_made_seconds_count{kind="filmstrip",outcome="made"} 1');
});

test("404 where an event has no recording, and of what cannot be decoded the request fails alone", async () => {
  const { app, store } = await recordedTown();
  const none = await testApp({ index: memoryIndex([presence(0, { data: { clip: undefined } })]) });
  expect((await none.inject(URL_OF_STRIP)).statusCode).toBe(404);
  expect((await app.inject("/v1/events/0123456789abcdef0123456789abcdef/filmstrip")).statusCode).toBe(404);
  await store.expire("yard", NOON_MS);
  expect((await app.inject(URL_OF_STRIP)).statusCode).toBe(404);
});

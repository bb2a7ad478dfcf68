import { setTimeout as delay } from "node:timers/promises";
import { type Clip, joinSegments } from "@yardline/media/clip";
import { codecStringOf } from "@yardline/media/codec-string";
import { fragmentedVideo, listChildren, probeBytes } from "@yardline/sources/video/testing";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { beforeAll, expect, test } from "vitest";
import type { Parts } from "../parts.ts";
import { servedApp, testApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { NOON_MS, presence } from "../testing/scenes.ts";

const EVENT = presence();
const URL_OF_PROXY = `/v1/events/${EVENT.occurrence}/clip?codec=h264`;
let hevc: Clip;
let avc: Clip;

const clipOf = (options: readonly string[]): Clip => {
  const mp4 = joinSegments([fragmentedVideo({ size: "640x360", seconds: 4, rate_fps: 10 }, options)]);
  return { mp4, codec: codecStringOf(mp4), stretches: [{ from_ms: NOON_MS, to_ms: NOON_MS + 4_000 }] };
};
beforeAll(() => {
  const ultrafast = ["-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", "log-level=none"];
  hevc = clipOf(["-c:v", "libx265", ...ultrafast]);
  avc = clipOf([]);
});

const recorded = (clip: Clip, parts: Partial<Parts> = {}): Partial<Parts> => ({
  ...{ index: memoryIndex([EVENT]), clock: handClock(NOON_MS + 90_000), clip: async () => clip },
  ...parts,
});

/** Keeps in memory. */
function memoryDerived() {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    findDerived: async (of: object) => kept.get(JSON.stringify(of)),
    keepDerived: async (of: object, data: Uint8Array) => void kept.set(JSON.stringify(of), data),
  };
}

test("H.265 is given as it is, and as H.264 to who asks for it; the proxy is made once, whole and in parts", async () => {
  const derived = memoryDerived();
  const app = await testApp(recorded(hevc, { derived }));
  const own = await app.inject(`/v1/events/${EVENT.occurrence}/clip`);
  expect([own.rawPayload.equals(hevc.mp4), derived.kept.size]).toEqual([true, 0]);
  const proxy = await app.inject(URL_OF_PROXY);
  expect(proxy.headers["content-type"]).toMatch(/^video\/mp4; codecs="avc1\.[0-9a-f]{6}"$/);
  expect(proxy.headers["clip-recorded"]).toBe(own.headers["clip-recorded"]);
  expect(await probeBytes(proxy.rawPayload)).toMatchObject({ codec: "h264", pictures: 40, size: "640x360" });
  const part = await app.inject({ url: URL_OF_PROXY, headers: { range: "bytes=4-7" } });
  expect([part.statusCode, String(part.rawPayload), derived.kept.size]).toEqual([206, "ftyp", 1]);
  expect((await app.inject("/metrics")).body).toContain(
    'yardline_api_media_made_seconds_count{kind="proxy",outcome="made"} 1',
  );
});

test("what is H.264 already is never encoded anew, and another codec cannot be asked for", async () => {
  const derived = memoryDerived();
  const app = await testApp(recorded(avc, { derived }));
  expect((await app.inject(URL_OF_PROXY)).rawPayload.equals(avc.mp4)).toBe(true);
  expect((await app.inject(URL_OF_PROXY.replace("h264", "vp9"))).statusCode).toBe(400);
  expect([derived.kept.size, listChildren()]).toEqual([0, []]);
});

test("when whoever asked goes away the child is ended, and it is counted; the next one is served", async () => {
  const { app, url } = await servedApp(recorded(hevc));
  const leaving = new AbortController();
  const asked = fetch(url + URL_OF_PROXY, { signal: leaving.signal });
  asked.catch(() => undefined);
  await eventually(() => expect(listChildren().length).toBe(1));
  leaving.abort();
  await eventually(() => expect(listChildren()).toEqual([]));
  await eventually(async () =>
    expect((await app.inject("/metrics")).body).toContain(
      'yardline_api_media_made_seconds_count{kind="proxy",outcome="aborted"} 1',
    ),
  );
  await delay(10);
  expect((await app.inject(URL_OF_PROXY)).statusCode).toBe(200);
});

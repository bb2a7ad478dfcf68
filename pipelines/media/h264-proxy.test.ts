import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fragmentedVideo, listChildren, probeBytes } from "@yardline/sources/video/testing";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, expect, test } from "vitest";
import { type Clip, joinSegments } from "./clip.ts";
import { codecStringOf } from "./codec-string.ts";
import { isH264, makeH264 } from "./h264-proxy.ts";

const folder = mkdtempSync(join(tmpdir(), "yardline-proxy-"));
afterAll(() => rmSync(folder, { recursive: true }));

const X265 = [
  "-c:v",
  "libx265",
  "-preset",
  "ultrafast",
  "-tag:v",
  "hvc1",
  "-x265-params",
  "log-level=none:keyint=40",
];

function recorded(seconds: number, size = "1600x400"): Clip {
  const mp4 = joinSegments([fragmentedVideo({ size, seconds, rate_fps: 10 }, X265)]);
  return { mp4, codec: codecStringOf(mp4), stretches: [{ from_ms: 0, to_ms: seconds * 1000 }] };
}

test("H.265 becomes H.264 of the same pictures and length, no wider than a page, with an index to seek by", async () => {
  const clip = recorded(6);
  expect([clip.codec?.slice(0, 5), isH264(clip)]).toEqual(["hvc1.", false]);
  const proxy = await makeH264(clip, new AbortController().signal);
  expect([isH264(proxy), proxy.stretches]).toEqual([true, clip.stretches]);
  expect(await probeBytes(proxy.mp4)).toMatchObject({
    codec: "h264",
    kinds: ["video"],
    size: "1280x320",
    pictures: 60,
  });
  const path = join(folder, "proxy.mp4");
  writeFileSync(path, proxy.mp4);
  const ask = "-v error -show_entries format=duration:packet=pts_time,flags -of json".split(" ");
  const said = JSON.parse(execFileSync("ffprobe", [...ask, path]).toString());
  expect(Number(said.format.duration)).toBeCloseTo(6, 1);
  const keys = said.packets.filter(({ flags }: { flags: string }) => flags.startsWith("K"));
  expect(keys.map(({ pts_time }: { pts_time: string }) => Number(pts_time))).toEqual([0, 2, 4]);
  expect(Buffer.from(proxy.mp4).includes("sidx")).toBe(true);
});

test("who goes away takes the child along; what is no video makes nothing", async () => {
  const gone = new AbortController();
  const making = makeH264(recorded(6), gone.signal);
  making.catch(() => undefined);
  await eventually(() => expect(listChildren().length).toBe(1));
  gone.abort(new Error("nobody waits"));
  await expect(making).rejects.toThrow("nobody waits");
  expect(listChildren()).toEqual([]);
  const nothing = { mp4: new Uint8Array(100), codec: undefined, stretches: [] };
  await expect(makeH264(nothing, new AbortController().signal)).rejects.toMatchObject({
    code: "MEDIA_UNMADE",
  });
});

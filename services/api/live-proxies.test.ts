import { createFragmentReader, isInit } from "@yardline/sources/video/fragments";
import { type LivePiece, LiveStream } from "@yardline/sources/video/live-stream";
import { fragmentedVideo } from "@yardline/sources/video/testing";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { createLiveProxies } from "./live-proxies.ts";

const HEVC = ["-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", "log-level=none"];

function streamOf(options: readonly string[] = []): LiveStream {
  const stream = new LiveStream();
  const tap = stream.tap(new AbortController().signal);
  const coded = fragmentedVideo({ size: "320x180", seconds: 3, rate_fps: 10 }, options);
  for (const piece of createFragmentReader()(coded)) {
    if (isInit(piece)) tap.open(piece);
    else tap.push(piece, piece.pts_ms);
  }
  return stream;
}

test("what a browser lacks is encoded anew, few at once, once for all who look; H.264 is given as it is", async () => {
  const counts: (number | "refused")[] = [];
  const proxies = createLiveProxies(1, {
    onCount: (now) => counts.push(now),
    onRefused: () => counts.push("refused"),
  });
  onTestFinished(() => proxies.close());
  const [plain, one, other] = [streamOf(), streamOf(HEVC), streamOf(HEVC)];
  expect(proxies.of(plain)).toBe(plain);
  const made = proxies.of(one);
  expect(proxies.of(one)).toBe(made);
  expect(() => proxies.of(other)).toThrow("Too many cameras are encoded anew");
  const listener = made.listen(
    () => undefined,
    () => undefined,
  );
  const given: LivePiece[] = [];
  await eventually(() => {
    for (let piece = listener.take(); piece; piece = listener.take()) given.push(piece);
    expect(given.length).toBeGreaterThan(5);
  });
  expect(given[0]).toMatchObject({ kind: "opened", init: { codec: "avc1" } });
  await proxies.close();
  expect(counts).toEqual([1, "refused", 0]);
});

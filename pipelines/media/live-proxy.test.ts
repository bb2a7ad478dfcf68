import { setTimeout as delay } from "node:timers/promises";
import { createFragmentReader, isInit } from "@yardline/sources/video/fragments";
import { type LivePiece, LiveStream } from "@yardline/sources/video/live-stream";
import { fragmentedVideo, listChildren } from "@yardline/sources/video/testing";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { proxyLive } from "./live-proxy.ts";

test("H.265 comes out as H.264, each picture with the time at which it was taken, until nobody wants it", async () => {
  const hevc = [
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-tag:v",
    "hvc1",
    "-x265-params",
    "log-level=none",
  ];
  const pieces = createFragmentReader()(
    fragmentedVideo({ size: "320x180", seconds: 4, rate_fps: 10 }, [...hevc, "-bf", "0"]),
  );
  const [from, to] = [new LiveStream(), new LiveStream()];
  const [over, closed] = [new AbortController(), new AbortController()];
  onTestFinished(() => over.abort());
  const tap = from.tap(closed.signal);
  const given: LivePiece[] = [];
  const listener = to.listen(
    () => {
      for (let piece = listener.take(); piece; piece = listener.take()) given.push(piece);
    },
    () => undefined,
  );
  const proxied = proxyLive(from, to, over.signal);
  const play = async (offset_ms: number) => {
    for (const piece of pieces) {
      if (isInit(piece)) tap.open(piece);
      else tap.push(piece, 1_000_000 + offset_ms + piece.pts_ms);
      await delay(5);
    }
  };
  await play(0);
  const pictures = () => given.flatMap((piece) => (piece.kind === "picture" ? [piece] : []));
  await eventually(() => expect(pictures().length).toBeGreaterThan(30));
  expect(given[0]).toMatchObject({ kind: "opened", init: { codec: "avc1", width_px: 320 } });
  expect(pictures()[0]?.packet.key).toBe(true);
  for (const { packet, captured_ms } of pictures())
    expect(captured_ms - packet.pts_ms).toBeCloseTo(1_000_000, 0);
  // Another connection is another child, and nothing of the first is left.
  tap.close();
  await play(60_000);
  await eventually(() => expect(pictures().at(-1)?.captured_ms).toBeGreaterThan(1_060_000));
  expect(given.map(({ kind }) => kind)).toContain("ended");
  over.abort();
  await proxied;
  expect(listChildren()).toEqual([]);
  expect(listener.take()?.kind ?? "ended").toBe("ended");
});

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

test("of pictures that are sent in another order than they are shown none is lost, also for whoever comes to a stream that runs already", async () => {
  const hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1"];
  const order = ["-x265-params", "log-level=none:bframes=3:b-adapt=0:keyint=10:open-gop=0"];
  const pieces = createFragmentReader()(
    fragmentedVideo({ size: "320x180", seconds: 5, rate_fps: 10 }, [...hevc, ...order]),
  );
  const [head] = pieces.filter(isInit);
  const packets = pieces.flatMap((piece) => (isInit(piece) ? [] : [piece]));
  const second = packets.findIndex(({ key }, at) => key && at > 0);
  const late = packets.slice(second);
  expect(late.map(({ pts_ms }) => pts_ms)).not.toEqual(
    late.map(({ pts_ms }) => pts_ms).toSorted((a, b) => a - b),
  );
  const [from, to] = [new LiveStream(), new LiveStream()];
  const [over, closed] = [new AbortController(), new AbortController()];
  onTestFinished(() => over.abort());
  const given: { readonly pts_ms: number; readonly captured_ms: number }[] = [];
  const listener = to.listen(
    () => {
      for (let piece = listener.take(); piece; piece = listener.take()) {
        if (piece.kind === "picture") given.push({ ...piece, pts_ms: Math.round(piece.packet.pts_ms) });
      }
    },
    () => undefined,
  );
  const tap = from.tap(closed.signal);
  const proxied = proxyLive(from, to, over.signal);
  if (head) tap.open(head);
  for (const packet of late) {
    tap.push(packet, 1_000_000 + packet.pts_ms);
    await delay(5);
  }
  // What is to be shown in another order is held back until what comes before it is there.
  const HELD_MAX = 12;
  await eventually(() => expect(given.length).toBeGreaterThanOrEqual(late.length - HELD_MAX));
  const begin_ms = late[0]?.pts_ms ?? 0;
  expect(given.map(({ pts_ms }) => pts_ms)).toEqual(given.map((_, n) => begin_ms + 100 * n));
  for (const { pts_ms, captured_ms } of given) expect(captured_ms - pts_ms).toBeCloseTo(1_000_000, 0);
  over.abort();
  await proxied;
  expect(listChildren()).toEqual([]);
});

import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Polygon } from "@yardline/domain/camera";
import { pictureBytes } from "@yardline/domain/picture";
import { attend, type ConnectionEnd, type EndConnection } from "./attend.ts";
import { cameraInput } from "./camera-arguments.ts";
import type { CameraFeed, ConnectionSinks, ConnectionWorld } from "./feed.ts";
import { startFfmpeg } from "./ffmpeg.ts";
import { createFragmentReader, type Init, isInit, type Packet } from "./fragments.ts";
import { createFrameMaker } from "./frame-maker.ts";
import { createMaskCheck } from "./mask-check.ts";
import { maskingArguments } from "./masking-arguments.ts";
import { createNutReader, type RawPicture } from "./nut.ts";
import { createSegmenter, type Segmenter } from "./segmenter.ts";
import { createTimeline } from "./timeline.ts";

/** Coded pictures that may wait for the check of their raw twins: eight seconds. */
const UNCHECKED_PACKETS_MAX = 64;
/** Times of the two ways are written in different units. */
const PTS_GRAIN_MS = 2;

/**
 * How ffmpeg announces the pictures that enter the mask, each time that they change. Their number of bytes alone does not
 * tell: 640×360 and 480×480 have the same.
 */
const ANNOUNCEMENT = /^\[graph \d+ input from stream 0:0 @ \w+\].* w:(\d+) h:(\d+) pixfmt:(\w+)/;

/** Size and pixel format that a mask was built for: of the first picture, kept over connections while the camera is open. */
export type MaskedFormat = { format: string | undefined };

type MaskedFeed = CameraFeed & { readonly polygons: readonly Polygon[]; readonly built: MaskedFormat };

/**
 * One connection of a camera whose private areas we paint over (or, without polygons, of one whose codec browsers cannot
 * play). What ffmpeg gives is masked already; even so no coded picture goes into a segment before its raw twin was checked
 * pixel by pixel, and a picture of another size, or one whose mask is not whole, ends the camera as `mask-broken`.
 */
export async function maskedConnection(
  feed: MaskedFeed,
  world: ConnectionWorld,
  sinks: ConnectionSinks,
  signal: AbortSignal,
): Promise<ConnectionEnd> {
  const input = cameraInput(feed.address, feed);
  const readFragments = createFragmentReader();
  const readPictures = createNutReader();
  const way = createCheckedWay(feed, world, sinks);
  await using socket = await pictureSocket();
  const command = maskingArguments(input, feed.polygons, socket.path);
  const child = startFfmpeg(command, feed.address.secrets(), way.hear);
  child.stdin.end(input.script);
  const ended = await attend(
    child,
    { clock: world.clock, signal },
    {
      begin(end) {
        const see = (chunk: Uint8Array) => {
          try {
            for (const picture of readPictures(chunk)) way.see(picture, end);
          } catch {
            end("not-video");
          }
        };
        socket.receive((chunk) => afterPendingInput(() => see(chunk)));
      },
      take(chunk, end) {
        for (const piece of readFragments(chunk)) {
          if (isInit(piece)) way.open(piece);
          else way.take(piece, end);
        }
      },
    },
  );
  way.close();
  return ended;
}

/**
 * Runs `work` when everything has been read that the child wrote before what was read last. A change of format is announced on
 * standard error before its first picture is written; but a picture may be read while Node still works through an older
 * round of what was readable, so a whole further round has to pass.
 */
function afterPendingInput(work: () => void): void {
  setImmediate(() => setImmediate(work));
}

/** Lets a coded picture into the recording, and a raw one to those who look, once the raw one was checked. */
function createCheckedWay(feed: MaskedFeed, { clock, newId }: ConnectionWorld, sinks: ConnectionSinks) {
  const connection = newId();
  const timeline = createTimeline();
  const makeFrame = createFrameMaker(feed, timeline.captureOf);
  const isWhole = createWholeCheck(feed);
  let segmenter: Segmenter | undefined;
  let unchecked: Packet[] = [];
  let checked_ms = Number.NEGATIVE_INFINITY;
  let announced: string | undefined;
  let broken = false;

  function record(): void {
    while (segmenter && unchecked[0] && unchecked[0].pts_ms <= checked_ms + PTS_GRAIN_MS) {
      const packet = unchecked.shift();
      const segment = packet && segmenter.push(packet, timeline.captureOf(packet.pts_ms));
      if (segment) sinks.segment(connection, segment);
    }
  }

  return {
    hear(line: string): void {
      const [, width, height, pixel_format] = ANNOUNCEMENT.exec(line) ?? [];
      if (width) announced = `${width}×${height} ${pixel_format}`;
    },
    open(init: Init): void {
      segmenter = createSegmenter(init);
    },
    take(packet: Packet, end: EndConnection): void {
      if (broken) return;
      unchecked.push(packet);
      if (unchecked.length > UNCHECKED_PACKETS_MAX) end("ended");
      record();
    },
    see(picture: RawPicture, end: EndConnection): void {
      if (broken) return;
      const arrival = { now_ms: clock.now_ms(), monotonic_ms: clock.monotonic_ms() };
      const whole = isWhole(picture, announced);
      if (!whole || !timeline.arrive(picture.pts_s * 1000, arrival)) {
        broken = true;
        unchecked = [];
        if (!whole && feed.polygons.length > 0) end("mask-broken");
        else end("ended", "at-once");
        return;
      }
      checked_ms = picture.pts_s * 1000;
      sinks.arrived(arrival.now_ms);
      record();
      const frame = makeFrame(picture);
      if (frame) sinks.frame(frame);
    },
    /** Keeps what was checked of the segment under way. */
    close(): void {
      const rest = segmenter?.finish();
      if (rest) sinks.segment(connection, rest);
    },
  };
}

/** Whether a picture is of the size and format that the mask was built for, and every masked pixel is black. */
function createWholeCheck({ polygons, built }: MaskedFeed) {
  let check: ReturnType<typeof createMaskCheck> | undefined;
  return ({ width_px, height_px, data }: RawPicture, announced: string | undefined): boolean => {
    built.format ??= announced;
    if (announced === undefined || built.format !== announced) return false;
    check ??= createMaskCheck(polygons, width_px, height_px);
    const complete = data.length === pictureBytes(width_px, height_px, "yuv420p");
    return complete && check({ width_px, height_px, format: "yuv420p", data });
  };
}

/** A socket in a folder that only this user can enter, for the one child that is told of it. */
async function pictureSocket() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-pictures-"));
  const path = join(folder, "pictures");
  let receive: (chunk: Uint8Array) => void = () => undefined;
  const server = createServer((socket) => {
    server.close();
    socket.on("data", (chunk: Uint8Array) => receive(chunk));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  return {
    path,
    receive(take: (chunk: Uint8Array) => void) {
      receive = take;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

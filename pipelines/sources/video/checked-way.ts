import type { Polygon } from "@yardline/domain/camera";
import { pictureBytes, release } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { EndConnection } from "./attend.ts";
import type { CameraFeed, ConnectionSinks, ConnectionWorld } from "./feed.ts";
import type { Init, Packet } from "./fragments.ts";
import { createFrameMaker } from "./frame-maker.ts";
import { createMaskCheck } from "./mask-check.ts";
import type { RawPicture } from "./nut.ts";
import { createSegmenter, type Segmenter } from "./segmenter.ts";
import { createStreamMeter } from "./stream-meter.ts";
import { createTimeline } from "./timeline.ts";

/** Coded pictures that may wait for their raw twins, and raw ones for their coded twins: eight seconds. */
const TWINS_WAITING_MAX = 64;
/** Times of the two ways are written in different units, and MP4 moves one that goes back. */
const PTS_GRAIN_MS = 50;

/**
 * How ffmpeg announces the pictures that enter the mask, each time that they change. Their number of bytes alone does not
 * tell: 640×360 and 480×480 have the same.
 */
const ANNOUNCEMENT = /^\[graph \d+ input from stream 0:0 @ \w+\].* w:(\d+) h:(\d+) pixfmt:(\w+)/;

/** Size and pixel format that a mask was built for: of the first picture, kept over connections while the camera is open. */
export type MaskedFormat = { format: string | undefined };

export type MaskedFeed = CameraFeed & { readonly polygons: readonly Polygon[]; readonly built: MaskedFormat };

/** Lets a coded picture into the recording, and a raw one to those who look, once the raw one was checked. */
export function createCheckedWay(
  feed: MaskedFeed,
  { clock, newId }: ConnectionWorld,
  sinks: ConnectionSinks,
) {
  const connection = newId();
  const timeline = createTimeline();
  const makeFrame = createFrameMaker(feed, timeline.captureOf);
  const isWhole = createWholeCheck(feed);
  const measure = createStreamMeter();
  let segmenter: Segmenter | undefined;
  let unchecked: Packet[] = [];
  let checked_ms: number[] = [];
  let announced: string | undefined;
  let [begun, broken] = [false, false];

  function breakOff(end: EndConnection, why: "mask-broken" | "ended"): void {
    broken = true;
    // Without a mask another format is no danger: the next connection is built for it.
    if (feed.polygons.length === 0) feed.built.format = undefined;
    unchecked = [];
    checked_ms = [];
    if (why === "mask-broken") end("mask-broken");
    else end("ended", "at-once");
  }

  function keep(into: Segmenter, packet: Packet, captured_ms: EpochMs): void {
    const measured = measure(packet, captured_ms);
    if (measured) sinks.note({ ...measured, encoded: true });
    sinks.live?.push(packet, captured_ms);
    const segment = into.push(packet, captured_ms);
    if (segment) sinks.segment(connection, segment);
    const grown = into.grown();
    if (grown) sinks.grown(connection, grown);
  }

  /**
   * Pairs coded pictures with raw ones that were checked, the first with the first: ffmpeg gives one of each, in order. A time
   * alone would not do, since a stream that changes may give one twice.
   */
  function record(end: EndConnection): void {
    while (segmenter && unchecked[0] && checked_ms[0] !== undefined) {
      const [packet, pts_ms] = [unchecked[0], checked_ms[0]];
      if (Math.abs(packet.pts_ms - pts_ms) > PTS_GRAIN_MS) {
        breakOff(end, "ended");
        return;
      }
      unchecked.shift();
      checked_ms.shift();
      keep(segmenter, packet, timeline.captureOf(pts_ms));
    }
    if (Math.max(unchecked.length, checked_ms.length) > TWINS_WAITING_MAX) breakOff(end, "ended");
  }

  return {
    hear(line: string): void {
      const [, width, height, pixel_format] = ANNOUNCEMENT.exec(line) ?? [];
      if (width) announced = `${width}×${height} ${pixel_format}`;
    },
    open(init: Init): void {
      segmenter = createSegmenter(init);
      sinks.live?.open(init);
    },
    take(packet: Packet, end: EndConnection): void {
      if (broken) return;
      unchecked.push(packet);
      record(end);
    },
    see(picture: RawPicture, end: EndConnection): void {
      if (broken) return;
      const pts_ms = picture.pts_s * 1000;
      const arrival = { now_ms: clock.now_ms(), monotonic_ms: clock.monotonic_ms() };
      if (!isWhole(picture, announced)) {
        breakOff(end, feed.polygons.length > 0 ? "mask-broken" : "ended");
        return;
      }
      if (!timeline.arrive(pts_ms, arrival)) {
        breakOff(end, "ended");
        return;
      }
      begun = true;
      sinks.arrived(arrival.now_ms);
      checked_ms.push(pts_ms);
      record(end);
      const frame = makeFrame(picture);
      if (frame) sinks.frame(frame);
      else release(picture.data);
    },
    /** When the picture of that time was taken; undefined before the first one. */
    captureOf: (pts_ms: number) => (begun ? timeline.captureOf(pts_ms) : undefined),
    /** Keeps what was checked of the segment under way. */
    close(): void {
      const rest = segmenter?.finish();
      if (rest) sinks.segment(connection, rest);
    },
  };
}

/** Whether a picture is of the size and format that the mask was built for, and every masked pixel is black. */
function createWholeCheck({ polygons, built, drawn_for }: MaskedFeed) {
  let check: ReturnType<typeof createMaskCheck> | undefined;
  return ({ width_px, height_px, data }: RawPicture, announced: string | undefined): boolean => {
    if (announced !== undefined && built.format === undefined) {
      built.format = announced;
      if (polygons.length > 0) drawn_for?.keep(announced);
    }
    if (announced === undefined || built.format !== announced) return false;
    check ??= createMaskCheck(polygons, width_px, height_px);
    const complete = data.length === pictureBytes(width_px, height_px, "yuv420p");
    return complete && check({ width_px, height_px, format: "yuv420p", data });
  };
}

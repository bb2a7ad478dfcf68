import type { Frame } from "@yardline/domain/picture";
import { attend, type ConnectionEnd, type EndConnection } from "./attend.ts";
import { pullerArguments } from "./camera-arguments.ts";
import type { Decoder } from "./decoder.ts";
import { createDecoderAtNeed } from "./decoder-at-need.ts";
import type { CameraFeed, ConnectionSinks, ConnectionWorld } from "./feed.ts";
import { startFfmpeg } from "./ffmpeg.ts";
import { createFragmentReader, type Init, isInit, type Packet } from "./fragments.ts";
import { createFrameMaker } from "./frame-maker.ts";
import { createGopRing } from "./gop-ring.ts";
import { createInCameraCheck } from "./in-camera-check.ts";
import { cannotBeCopied } from "./lost-reason.ts";
import { endOf, openInput } from "./open-input.ts";
import { createParameterWatch } from "./parameter-sets.ts";
import { createProvenSegments } from "./proven-segments.ts";
import { type CutSegment, createSegmenter, type Segmenter } from "./segmenter.ts";
import { createStreamMeter } from "./stream-meter.ts";
import { createTimeline } from "./timeline.ts";

/** Sample entries that browsers play. */
const PLAYABLE = new Set(["avc1", "avc3", "hvc1", "hev1"]);

/**
 * One connection of a camera that needs no mask of ours: its packets are copied into segments, byte for byte, and the same
 * packets go to a decoder, which can be late or stuck without the recording noticing.
 */
export async function copyConnection(
  feed: CameraFeed,
  world: ConnectionWorld,
  sinks: ConnectionSinks,
  signal: AbortSignal,
): Promise<ConnectionEnd> {
  const opened = await openInput(feed, { ...world, signal }).catch((thrown: unknown) =>
    endOf(thrown, signal),
  );
  if ("why" in opened) return opened;
  await using input = opened;
  if (input.stills) return { why: "ended", next: "encode", exit: { code: null, signal: null, said: [] } };
  const read = createFragmentReader();
  const way = createPacketWay(feed, world, sinks);
  const child = startFfmpeg(pullerArguments(input.command), feed.address.secrets());
  const ended = await attend(
    child,
    { clock: world.clock, signal },
    {
      begin: (end) => input.supply(child.stdin, end),
      take(chunk, end) {
        for (const piece of read(chunk)) {
          if (isInit(piece)) way.open(piece, end);
          else way.take(piece, end);
        }
      },
      watch: way.watch,
    },
  );
  await way.close();
  return cannotBeCopied(ended.exit) ? { ...ended, next: "encode" } : ended;
}

/** Where a packet goes: into the segment under way, the ring of the last group, and the decoder. */
function createPacketWay(feed: CameraFeed, { clock, newId }: ConnectionWorld, sinks: ConnectionSinks) {
  const connection = newId();
  const timeline = createTimeline();
  const makeFrame = createFrameMaker(feed, timeline.captureOf);
  const gop = createGopRing(() => sinks.note({ kind: "gop-given-up" }));
  const parametersChange = createParameterWatch();
  const measure = createStreamMeter();
  const store = createStore(feed, connection, sinks);
  let opened: { readonly init: Init; readonly segmenter: Segmenter; readonly decoder: Decoder } | undefined;

  return {
    open(init: Init, end: EndConnection): void {
      if (!PLAYABLE.has(init.codec)) {
        end("ended", "encode");
        return;
      }
      const decoder = createDecoderAtNeed(
        { init, gop, rate_fps: feed.rate_fps, clock, ...(feed.wanted && { wanted: feed.wanted }) },
        feed.isLooked,
        (picture) => {
          const frame = makeFrame(picture);
          if (frame) store.see(frame, end);
        },
        sinks.note,
      );
      opened = { init, segmenter: createSegmenter(init), decoder };
    },
    take(packet: Packet, end: EndConnection): void {
      if (!opened) return;
      const arrival = { now_ms: clock.now_ms(), monotonic_ms: clock.monotonic_ms() };
      const steady = timeline.arrive(packet.pts_ms + packet.duration_ms, arrival);
      if (!steady || parametersChange(packet, opened.init.codec)) {
        end("ended", "at-once");
        return;
      }
      sinks.arrived(arrival.now_ms);
      gop.push(packet);
      const captured_ms = timeline.captureOf(packet.pts_ms);
      const measured = measure(packet, captured_ms);
      if (measured) sinks.note(measured);
      const segment = opened.segmenter.push(packet, captured_ms);
      if (segment) store.put(segment);
      opened.decoder.push(packet);
    },
    watch: () => opened?.decoder.watch(),
    /** Keeps what is whole of the segment under way. */
    async close(): Promise<void> {
      const rest = opened?.segmenter.finish();
      if (rest) store.put(rest);
      store.finish();
      await opened?.decoder.stop();
    },
  };
}

type Store = { put(segment: CutSegment): void; see(frame: Frame, end: EndConnection): void; finish(): void };

/** Where segments and pictures go: at once, or, of a camera with a mask of its own, once that is known to be whole. */
function createStore({ mask }: CameraFeed, connection: string, sinks: ConnectionSinks): Store {
  const store = (segments: readonly CutSegment[]) => {
    for (const segment of segments) sinks.segment(connection, segment);
  };
  if (mask.form !== "in-camera") {
    return { put: (segment) => store([segment]), see: sinks.frame, finish: () => undefined };
  }
  const isCovered = createInCameraCheck(mask.polygons);
  const proven = createProvenSegments(({ from_ms, to_ms }) =>
    sinks.note({
      kind: "segment-lost",
      ...{ from_ms, to_ms },
      code: "MASK_UNPROVEN",
      message: "The camera's own mask was not seen whole",
    }),
  );
  return {
    put: (segment) => store(proven.put(segment)),
    see(frame, end) {
      const covered = isCovered(frame.picture);
      const ripe = proven.see(frame.at_ms, covered);
      if (!ripe) {
        end("mask-broken");
        return;
      }
      store(ripe);
      if (covered) sinks.frame(frame);
    },
    finish: () => store(proven.finish()),
  };
}

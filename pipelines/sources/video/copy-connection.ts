import { type Frame, release } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import { attend, type ConnectionEnd, type EndConnection } from "./attend.ts";
import { pullerArguments } from "./camera-arguments.ts";
import { dataCannotBeCopied, openDataWay } from "./data-streams.ts";
import type { Decoder } from "./decoder.ts";
import { createDecoderAtNeed } from "./decoder-at-need.ts";
import type { CameraFeed, ConnectionSinks, ConnectionWorld } from "./feed.ts";
import { startFfmpeg } from "./ffmpeg.ts";
import { createFragmentReader, type Init, isInit, type Packet } from "./fragments.ts";
import { createFrameMaker } from "./frame-maker.ts";
import { createGopRing } from "./gop-ring.ts";
import { createInCameraCheck } from "./in-camera-check.ts";
import { PIXELS_MAX } from "./jpeg-size.ts";
import { cannotBeCopied } from "./lost-reason.ts";
import { initWith } from "./new-init.ts";
import { endOf, openInput } from "./open-input.ts";
import { createParameterWatch } from "./parameter-sets.ts";
import { createProvenLive } from "./proven-live.ts";
import { createProvenSegments } from "./proven-segments.ts";
import { type CutSegment, createSegmenter, type Grown, type Segmenter } from "./segmenter.ts";
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
  await using data = await openDataWay(feed, () => world.clock.now_ms(), sinks);
  const child = startFfmpeg(pullerArguments(input.command, data?.outputs), feed.address.secrets());
  const ended = await attend(
    child,
    { clock: world.clock, signal },
    {
      begin(end) {
        input.supply(child.stdin, end);
        data?.begin(way.captureOf);
      },
      take(chunk, end) {
        for (const piece of read(chunk)) {
          if (isInit(piece)) way.open(piece, end);
          else way.take(piece);
        }
        release(chunk);
      },
      watch: way.watch,
    },
  );
  await way.close();
  if (data && dataCannotBeCopied(ended.exit)) return { ...ended, next: "without-data" };
  return cannotBeCopied(ended.exit) ? { ...ended, next: "encode" } : ended;
}

/** What holds for the pictures of one init: the name of their segments, and who takes them. */
type Opened = {
  readonly init: Init;
  readonly segmenter: Segmenter;
  readonly store: Store;
  readonly decoder: Decoder;
};

/** Where a packet goes: into the segment under way, the ring of the last group, and the decoder. */
function createPacketWay(feed: CameraFeed, { clock, newId }: ConnectionWorld, sinks: ConnectionSinks) {
  const timeline = createTimeline();
  const makeFrame = createFrameMaker(feed, timeline.captureOf);
  const gop = createGopRing(() => sinks.note({ kind: "gop-given-up" }));
  const changedSets = createParameterWatch();
  const measure = createStreamMeter();
  let opened: Opened | undefined;
  let begun = false;
  let end: EndConnection = () => undefined;

  function begin(init: Init): void {
    // One name for one init: players and clips go by it.
    const store = createStore(feed, newId(), sinks);
    const decoder = createDecoderAtNeed(
      { init, gop, rate_fps: feed.rate_fps, clock, ...(feed.wanted && { wanted: feed.wanted }) },
      feed.isLooked,
      (picture) => {
        const frame = makeFrame(picture);
        if (frame) store.see(frame, end);
      },
      sinks.note,
    );
    opened = { init, segmenter: createSegmenter(init), store, decoder };
    sinks.live?.open(init);
  }

  async function finish(until_ms?: EpochMs): Promise<void> {
    if (!opened) return;
    const { segmenter, store, decoder } = opened;
    const rest = segmenter.finish(until_ms);
    if (rest) store.put(rest);
    store.finish();
    await decoder.stop();
  }

  return {
    open(init: Init, ended: EndConnection): void {
      end = ended;
      const refused = refusalOf(init);
      if (refused) end(...refused);
      else begin(init);
    },
    take(packet: Packet): void {
      if (!opened) return;
      const arrival = { now_ms: clock.now_ms(), monotonic_ms: clock.monotonic_ms() };
      const sets = changedSets(packet, opened.init.codec);
      const other = sets && initWith(opened.init, sets);
      if (!timeline.arrive(packet.pts_ms + packet.duration_ms, arrival) || (sets && !other)) {
        end("ended", "at-once");
        return;
      }
      const captured_ms = timeline.captureOf(packet.pts_ms);
      if (other) {
        void finish(captured_ms);
        begin(other);
      }
      begun = true;
      sinks.arrived(arrival.now_ms);
      gop.push(packet);
      const measured = measure(packet, captured_ms);
      if (measured) sinks.note(measured);
      const segment = opened.segmenter.push(packet, captured_ms);
      if (segment) opened.store.put(segment);
      const grown = opened.segmenter.grown();
      if (grown) opened.store.grow(grown);
      opened.store.show(packet, captured_ms);
      opened.decoder.push(packet);
    },
    watch: () => opened?.decoder.watch(),
    /** When the picture of that time was taken; undefined before the first one. */
    captureOf: (pts_ms: number) => (begun ? timeline.captureOf(pts_ms) : undefined),
    /** Keeps what is whole of the segment under way. */
    close: () => finish(),
  };
}

/** Why pictures of this kind are not taken as they are. */
function refusalOf({ codec, width_px, height_px }: Init): Parameters<EndConnection> | undefined {
  if (!PLAYABLE.has(codec)) return ["ended", "encode"];
  // A header that claims more than any camera has: what would decode it again and again, and fail, is never begun.
  return width_px * height_px > PIXELS_MAX ? ["not-video"] : undefined;
}

type Store = {
  put(segment: CutSegment): void;
  grow(grown: Grown): void;
  show(packet: Packet, captured_ms: EpochMs): void;
  see(frame: Frame, end: EndConnection): void;
  finish(): void;
};

/** Where segments, pictures and what is shown live go: at once, or, of a camera with a mask of its own, once that is known to be whole. */
function createStore({ mask }: CameraFeed, connection: string, sinks: ConnectionSinks): Store {
  const store = (segments: readonly CutSegment[]) => {
    for (const segment of segments) sinks.segment(connection, segment);
  };
  if (mask.form !== "in-camera") {
    const grow = (grown: Grown) => sinks.grown(connection, grown);
    const show: Store["show"] = (packet, captured_ms) => sinks.live?.push(packet, captured_ms);
    return { put: (segment) => store([segment]), grow, show, see: sinks.frame, finish: () => undefined };
  }
  let live = sinks.live && createProvenLive(sinks.live);
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
    // Nothing of it may be on disk before it is proven.
    grow: () => undefined,
    show: (packet, captured_ms) => live?.push(packet, captured_ms),
    see(frame, end) {
      const covered = isCovered(frame.picture);
      live?.see(frame.at_ms, covered);
      const ripe = proven.see(frame.at_ms, covered);
      if (!ripe) {
        end("mask-broken");
        return;
      }
      store(ripe);
      if (covered) sinks.frame(frame);
    },
    finish() {
      // What its decoder still shows proves nothing of the pictures of another head.
      live = undefined;
      store(proven.finish());
    },
  };
}

import { release } from "@yardline/domain/picture";
import type { Clock } from "@yardline/domain/time";
import { decoderArguments } from "./decoder-arguments.ts";
import { type FfmpegChild, startFfmpeg } from "./ffmpeg.ts";
import type { Init, Packet } from "./fragments.ts";
import type { GopRing } from "./gop-ring.ts";
import { createNutReader, type RawPicture } from "./nut.ts";
import { createPacketBacklog } from "./packet-backlog.ts";
import { createPacketChoice, type Wanted } from "./packet-choice.ts";

/** A decoder that was given pictures and shows none for this long is stuck. */
const STALL_MS = 5_000;
const STALL_PACKETS_MIN = 10;
const RESTART_AFTER_MS = 1_000;

export type DecoderNote =
  | { readonly kind: "packets-dropped"; readonly packets: number }
  | {
      readonly kind: "decoder-restarted";
      readonly why: "stalled" | "ended";
      readonly said: readonly string[];
    };

export type DecoderOf = {
  readonly init: Init;
  /** The group under way: where a new child begins. */
  readonly gop: GopRing;
  readonly rate_fps: number;
  readonly clock: Clock;
  readonly wanted?: () => Wanted;
};

export type Decoder = {
  push(packet: Packet): void;
  /** To be called now and then: looks whether the child is stuck or gone, and starts another. */
  watch(): void;
  pid(): number | undefined;
  stop(): Promise<void>;
};

/**
 * Pictures out of packets, by a child of its own. It never holds anybody up: a child that is slow, stuck or gone costs
 * packets, which are counted, and nothing else.
 */
export function createDecoder(
  { init, gop, rate_fps, clock, wanted = () => "every" }: DecoderOf,
  onPicture: (picture: RawPicture) => void,
  note: (note: DecoderNote) => void,
): Decoder {
  const backlog = createPacketBacklog((packets) => note({ kind: "packets-dropped", packets }));
  let last_pts_s = Number.NEGATIVE_INFINITY;
  const choice = createPacketChoice(wanted, () => last_pts_s * 1_000);
  let unanswered = 0;
  let unanswered_since_ms = clock.monotonic_ms();
  let gone_since_ms: number | undefined;
  let child = start();

  function start(): FfmpegChild {
    const started = startDecoder(init, rate_fps, show, () => feed(started));
    void started.exited.then(() => {
      if (started === child) gone_since_ms ??= clock.monotonic_ms();
    });
    return started;
  }

  function show(picture: RawPicture): void {
    unanswered = 0;
    // After a restart the pictures of the group under way come again.
    if (picture.pts_s <= last_pts_s) return;
    last_pts_s = picture.pts_s;
    onPicture(picture);
  }

  function feed(to: FfmpegChild): void {
    while (to === child && !to.stdin.writableNeedDrain) {
      const packet = backlog.shift();
      if (!packet) return;
      to.stdin.write(packet.data);
    }
  }

  function restart(why: "stalled" | "ended"): void {
    const old = child;
    backlog.clear();
    unanswered = 0;
    gone_since_ms = undefined;
    child = start();
    for (const packet of choice.again(gop)) backlog.push(packet);
    feed(child);
    void old.stop().then(({ said }) => note({ kind: "decoder-restarted", why, said }));
  }

  return {
    push(packet) {
      for (const chosen of choice.choose(packet, gop)) {
        if (unanswered++ === 0) unanswered_since_ms = clock.monotonic_ms();
        backlog.push(chosen);
      }
      feed(child);
    },
    watch() {
      const now_ms = clock.monotonic_ms();
      if (gone_since_ms !== undefined) {
        if (now_ms - gone_since_ms >= RESTART_AFTER_MS) restart("ended");
      } else if (unanswered >= STALL_PACKETS_MIN && now_ms - unanswered_since_ms >= STALL_MS) {
        restart("stalled");
      }
    },
    pid: () => child.pid(),
    async stop() {
      backlog.clear();
      await child.stop();
    },
  };
}

function startDecoder(
  init: Init,
  rate_fps: number,
  show: (picture: RawPicture) => void,
  onDrain: () => void,
): FfmpegChild {
  const child = startFfmpeg(decoderArguments(rate_fps));
  const read = createNutReader();
  child.stdin.on("error", () => undefined);
  child.stdin.write(init.data);
  child.stdin.on("drain", onDrain);
  child.stdout.on("data", (chunk: Uint8Array) => {
    try {
      for (const picture of read(chunk)) show(picture);
      release(chunk);
    } catch {
      // Its end is noticed, and another one is started.
      void child.stop();
    }
  });
  return child;
}

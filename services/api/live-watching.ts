import type { Clock } from "@yardline/domain/time";
import type { LiveListener, LivePiece, LiveStream } from "@yardline/sources/video/live-stream";
import type { Refusal } from "./problem.ts";

/** What whoever looks on may have of one camera now: its pictures, or why there are none. */
export type LiveVerdict = { readonly stream: LiveStream } | { readonly none: Refusal };

/** A piece of one camera, by its place in the question; of none where it is only time that passes. */
export type LiveGiven =
  | { readonly camera: number; readonly piece: LivePiece }
  | { readonly camera: number; readonly none: Refusal }
  | { readonly passed: true };

type Watching = {
  /** What may be had of each camera now, asked before the first picture and again and again. Whatever it throws ends the whole. */
  permit(): Promise<readonly LiveVerdict[]>;
  readonly every_ms: number;
  /** Aborted when whoever looks on has gone, or may not any more. */
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, "monotonic_ms">;
  onLost(pictures: number): void;
};

type Channel = { stream?: LiveStream; listener?: LiveListener; told: string };

/**
 * The newest pictures of several cameras, in turn, pulled at the pace of whoever takes them: nothing is queued for them. A camera that may not be shown
 * any more is cut at the next look at it, and says why.
 */
export async function* watchLive(
  first: readonly LiveVerdict[],
  watching: Watching,
): AsyncGenerator<LiveGiven> {
  const { signal, clock, every_ms } = watching;
  const bell = createBell(signal);
  const channels = first.map((): Channel => ({ told: "" }));
  const due_ms = () => clock.monotonic_ms() + every_ms;
  let next_ms = due_ms();
  try {
    // So that whoever waits for a picture knows that it may come.
    yield { passed: true };
    yield* judge(channels, first, bell.ring, watching.onLost);
    for (let turn = 0; !signal.aborted; ) {
      if (clock.monotonic_ms() >= next_ms) {
        const verdicts = await watching.permit();
        next_ms = due_ms();
        yield* judge(channels, verdicts, bell.ring, watching.onLost);
        yield { passed: true };
      }
      const rung = bell.next();
      const given = takeInTurn(channels, turn);
      if (given) {
        turn = given.camera + 1;
        yield given;
      } else await Promise.race([rung, bell.after(next_ms - clock.monotonic_ms())]);
    }
  } finally {
    for (const { listener } of channels) listener?.leave();
    bell.stop();
  }
}

/** Listens where that is allowed, and to nothing else. @returns what to say of those that give nothing, once. */
function* judge(
  channels: readonly Channel[],
  verdicts: readonly LiveVerdict[],
  wake: () => void,
  onLost: (pictures: number) => void,
): Generator<LiveGiven> {
  for (const [camera, channel] of channels.entries()) {
    const verdict = verdicts[camera];
    const stream = verdict && "stream" in verdict ? verdict.stream : undefined;
    if (stream !== channel.stream) {
      channel.listener?.leave();
      if (stream) Object.assign(channel, { stream, listener: stream.listen(wake, onLost) });
      else {
        delete channel.stream;
        delete channel.listener;
      }
    }
    const none = verdict && "none" in verdict ? verdict.none : undefined;
    if (none && none.code !== channel.told) yield { camera, none };
    channel.told = none?.code ?? "";
  }
}

/** One piece of the first camera after the last one that has any: a busy camera does not push the others out. */
function takeInTurn(
  channels: readonly Channel[],
  turn: number,
): (LiveGiven & { camera: number }) | undefined {
  for (let step = 0; step < channels.length; step++) {
    const camera = (turn + step) % channels.length;
    const piece = channels[camera]?.listener?.take();
    if (piece) return { camera, piece };
  }
  return undefined;
}

/** Something that rings when there may be something new, or whoever waits is to stop. */
function createBell(signal: AbortSignal) {
  let rung = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  const ring = (): void => rung.resolve();
  signal.addEventListener("abort", ring, { once: true });
  return {
    ring,
    /** The next ring from now on. */
    next(): Promise<void> {
      rung = Promise.withResolvers<void>();
      if (signal.aborted) ring();
      return rung.promise;
    },
    after(wait_ms: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      clearTimeout(timer);
      timer = setTimeout(resolve, Math.max(0, wait_ms));
      return promise;
    },
    stop(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", ring);
    },
  };
}

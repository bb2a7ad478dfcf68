import type { Clock } from "@yardline/domain/time";
import type { FfmpegChild, FfmpegExit } from "./ffmpeg.ts";
import { type LostReason, whyEnded } from "./lost-reason.ts";
import { isSilent } from "./supervise.ts";

/** How often a connection's silence is looked at. */
const LOOK_EVERY_MS = 500;

/** Why one connection is over. */
export type ConnectionEnd = {
  readonly why: LostReason;
  /** `at-once`: nothing is wrong with the camera, it only has to begin anew; `encode`: its codec cannot be copied; `without-data`: what it carries beside its pictures cannot. */
  readonly next: "after-a-wait" | "at-once" | "encode" | "without-data";
  readonly exit: FfmpegExit;
};

/** Ends the connection; the first call counts. */
export type EndConnection = (why: LostReason, next?: ConnectionEnd["next"]) => void;

type Attendance = {
  /** Called first of all, for what else may end the connection. */
  begin?(end: EndConnection): void;
  /** Takes a chunk of standard output; may throw, which ends the connection. */
  take(chunk: Uint8Array, end: EndConnection): void;
  /** Called at every look. */
  watch?(): void;
};

/**
 * Stays with the child of one connection until it is gone: takes what it writes, ends it when it falls silent, when what it
 * writes is broken or when `signal` aborts. Every exit is an end, whatever its code.
 */
export async function attend(
  child: FfmpegChild,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  { begin, take, watch }: Attendance,
): Promise<ConnectionEnd> {
  let asked: Pick<ConnectionEnd, "why" | "next"> | undefined;
  let connected = false;
  const began_ms = clock.monotonic_ms();
  let last_ms = began_ms;
  const end: EndConnection = (why, next = "after-a-wait") => {
    asked ??= { why, next };
    void child.stop();
  };
  begin?.(end);
  const stop = () => end("ended");
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  child.stdout.on("data", (chunk: Uint8Array) => {
    if (asked) return;
    connected = true;
    last_ms = clock.monotonic_ms();
    try {
      take(chunk, end);
    } catch {
      end("not-video");
    }
  });
  const look = setInterval(() => {
    if (isSilent({ connected, last_ms }, clock.monotonic_ms())) end("silent");
    watch?.();
  }, LOOK_EVERY_MS);
  const exit = await child.exited;
  clearInterval(look);
  signal.removeEventListener("abort", stop);
  const lasted_ms = clock.monotonic_ms() - began_ms;
  const why = whyEnded(exit, { had_pictures: connected, lasted_ms });
  return { next: "after-a-wait", why, ...asked, exit };
}

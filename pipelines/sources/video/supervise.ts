import type { EpochMs } from "@yardline/domain/time";
import type { LostReason } from "./lost-reason.ts";

/** A connection that gives its first packet later than this is given up; some cameras send a key frame every ten seconds. */
export const CONNECT_MS_MAX = 20_000;
/**
 * Packets that stop for this long are a lost camera: shown, and the child ended, well within twelve seconds. Less than ffmpeg's
 * own time-out, at which a silent RTSP connection gives one more packet, held back until then.
 */
export const SILENCE_MS_MAX = 4_500;
/** The first wait after a loss, doubled with each attempt up to the second. */
const BACK_OFF_MS_MIN = 500;
const BACK_OFF_MS_MAX = 3_000;
/**
 * Pictures must come for this long before a lost camera counts as back; doubled with each loss that follows soon, up to the
 * second. A camera that flaps is one long gap then, not a new one each second.
 */
const SETTLE_MS_MIN = 2_000;
/** Whoever gave pictures for so long is well again: its earlier losses count no more. */
export const SETTLE_MS_MAX = 30_000;

/** What people and events are told about a camera's connection. */
export type CameraChange =
  | { readonly kind: "connected"; readonly at_ms: EpochMs }
  /** Told again after each attempt. `since_ms`: arrival of the last packet before the gap, or when it was first tried. */
  | { readonly kind: "lost"; readonly why: LostReason; readonly since_ms: EpochMs; readonly attempts: number }
  /** `at_ms`: arrival of the first packet of the connection that lasted. */
  | {
      readonly kind: "returned";
      readonly why: LostReason;
      readonly since_ms: EpochMs;
      readonly at_ms: EpochMs;
      readonly attempts: number;
    };

/** Where the supervision of one camera stands. */
export type Supervision = {
  readonly state: "connecting" | "watching" | "lost";
  /** Arrival of the last packet, or when it was first tried. */
  readonly silent_since_ms: EpochMs;
  /** While it is lost: since when. */
  readonly gap_since_ms: EpochMs;
  /** Arrival of the first packet of this connection. */
  readonly back_since_ms: EpochMs | undefined;
  readonly why: LostReason;
  /** Connections tried since the gap began. */
  readonly attempts: number;
  /** Connections that gave pictures and ended, since one of them lasted. */
  readonly losses: number;
  readonly settle_ms: number;
};

export type SupervisionEvent =
  | { readonly kind: "attempted" }
  | { readonly kind: "packet"; readonly at_ms: EpochMs }
  /** `orderly`: we ended it, since what the camera sends has changed; it may be back at once. */
  | { readonly kind: "ended"; readonly why: LostReason; readonly orderly?: boolean }
  | { readonly kind: "froze"; readonly since_ms: EpochMs }
  | { readonly kind: "thawed"; readonly at_ms: EpochMs };

export function beginSupervision(now_ms: EpochMs): Supervision {
  return {
    state: "connecting",
    silent_since_ms: now_ms,
    gap_since_ms: now_ms,
    back_since_ms: undefined,
    why: "ended",
    attempts: 0,
    losses: 0,
    settle_ms: 0,
  };
}

type Step = { readonly after: Supervision; readonly change?: CameraChange };

/** What one event makes of the state, and what is to be told. Every end of a connection is a loss, exit code 0 included. */
export function supervise(before: Supervision, event: SupervisionEvent): Step {
  switch (event.kind) {
    case "attempted":
      return { after: { ...before, attempts: before.attempts + 1 } };
    case "packet":
      return packetCame(before, event.at_ms);
    case "ended":
      return connectionEnded(before, event.why, event.orderly ?? false);
    case "froze": {
      const { since_ms } = event;
      const after: Supervision = {
        ...before,
        state: "lost",
        why: "frozen",
        silent_since_ms: since_ms,
        gap_since_ms: since_ms,
        attempts: 0,
      };
      return { after, change: { kind: "lost", why: "frozen", since_ms, attempts: 0 } };
    }
    case "thawed": {
      const after: Supervision = { ...before, state: "watching", silent_since_ms: event.at_ms, attempts: 0 };
      return { after, change: cameBack(before, event.at_ms) };
    }
  }
}

function packetCame(before: Supervision, at_ms: EpochMs): Step {
  const { state, why, settle_ms, losses } = before;
  // A frozen picture goes on sending packets; only another picture ends that.
  if (state === "lost" && why === "frozen") return { after: before };
  const back_since_ms = before.back_since_ms ?? at_ms;
  const lasted_ms = at_ms - back_since_ms;
  const after: Supervision = {
    ...before,
    silent_since_ms: at_ms,
    back_since_ms,
    losses: lasted_ms >= SETTLE_MS_MAX ? 0 : losses,
  };
  if (state === "watching") return { after };
  if (state === "lost" && lasted_ms < settle_ms) return { after };
  return { after: { ...after, state: "watching", attempts: 0 }, change: cameBack(before, back_since_ms) };
}

function connectionEnded(before: Supervision, why: LostReason, orderly: boolean): Step {
  const { state, silent_since_ms, attempts } = before;
  const gap_since_ms = state === "lost" ? before.gap_since_ms : silent_since_ms;
  const gave_pictures = before.back_since_ms !== undefined;
  const losses = before.losses + (gave_pictures ? 1 : 0);
  const doubled_ms = Math.min(SETTLE_MS_MAX, SETTLE_MS_MIN * 2 ** Math.max(0, losses - 1));
  const after: Supervision = {
    ...before,
    state: "lost",
    why,
    gap_since_ms,
    back_since_ms: undefined,
    losses,
    settle_ms: orderly && losses <= 1 ? 0 : doubled_ms,
  };
  return { after, change: { kind: "lost", why, since_ms: gap_since_ms, attempts } };
}

function cameBack({ state, why, gap_since_ms, attempts }: Supervision, at_ms: EpochMs): CameraChange {
  if (state === "connecting") return { kind: "connected", at_ms };
  return { kind: "returned", why, since_ms: gap_since_ms, at_ms, attempts };
}

/** How long to wait before the next attempt: doubling, capped, between half of it and all, so that cameras spread out. */
export function backOff_ms(attempts: number, random: () => number): number {
  const whole_ms = Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS_MIN * 2 ** Math.min(attempts, 10));
  return whole_ms * (0.5 + random() / 2);
}

/** Whether a connection has been quiet for too long. */
export function isSilent(
  { connected, last_ms }: { readonly connected: boolean; readonly last_ms: number },
  monotonic_ms: number,
): boolean {
  return monotonic_ms - last_ms > (connected ? SILENCE_MS_MAX : CONNECT_MS_MAX);
}

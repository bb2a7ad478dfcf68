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

/** What people and events are told about a camera's connection. */
export type CameraChange =
  | { readonly kind: "connected"; readonly at_ms: EpochMs }
  /** Told again after each attempt. `since_ms`: arrival of the last packet, or when it was first tried. */
  | { readonly kind: "lost"; readonly why: LostReason; readonly since_ms: EpochMs; readonly attempts: number }
  | {
      readonly kind: "returned";
      readonly why: LostReason;
      readonly since_ms: EpochMs;
      readonly at_ms: EpochMs;
      readonly attempts: number;
    };

/** Where the supervision of one camera stands. `silent_since_ms`: arrival of the last packet. */
export type Supervision = {
  readonly state: "connecting" | "watching" | "lost";
  readonly silent_since_ms: EpochMs;
  readonly why: LostReason;
  /** Connections tried since the last packet. */
  readonly attempts: number;
};

export type SupervisionEvent =
  | { readonly kind: "attempted" }
  | { readonly kind: "packet"; readonly at_ms: EpochMs }
  | { readonly kind: "ended"; readonly why: LostReason }
  | { readonly kind: "froze"; readonly since_ms: EpochMs }
  | { readonly kind: "thawed"; readonly at_ms: EpochMs };

export function beginSupervision(now_ms: EpochMs): Supervision {
  return { state: "connecting", silent_since_ms: now_ms, why: "ended", attempts: 0 };
}

/** What one event makes of the state, and what is to be told. Every end of a connection is a loss, exit code 0 included. */
export function supervise(
  before: Supervision,
  event: SupervisionEvent,
): { readonly after: Supervision; readonly change?: CameraChange } {
  const { state, silent_since_ms, attempts } = before;
  switch (event.kind) {
    case "attempted":
      return { after: { ...before, attempts: attempts + 1 } };
    case "packet": {
      // A frozen picture goes on sending packets; only another picture ends that.
      if (state === "lost" && before.why === "frozen" && attempts === 0) return { after: before };
      const after: Supervision = { ...before, state: "watching", silent_since_ms: event.at_ms, attempts: 0 };
      return state === "watching" ? { after } : { after, change: cameBack(before, event.at_ms) };
    }
    case "ended": {
      const after: Supervision = { ...before, state: "lost", why: event.why };
      return { after, change: { kind: "lost", why: event.why, since_ms: silent_since_ms, attempts } };
    }
    case "froze": {
      const after: Supervision = {
        state: "lost",
        why: "frozen",
        silent_since_ms: event.since_ms,
        attempts: 0,
      };
      return { after, change: { kind: "lost", why: "frozen", since_ms: event.since_ms, attempts: 0 } };
    }
    case "thawed": {
      const after: Supervision = { ...before, state: "watching", silent_since_ms: event.at_ms };
      return { after, change: cameBack(before, event.at_ms) };
    }
  }
}

function cameBack({ state, why, silent_since_ms, attempts }: Supervision, at_ms: EpochMs): CameraChange {
  if (state === "connecting") return { kind: "connected", at_ms };
  return { kind: "returned", why, since_ms: silent_since_ms, at_ms, attempts };
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

/** What of a camera is recorded to be kept. */
export type RecordingPlan = {
  /** `by-event`: only what an event refers to stays; the rest is dropped after a few minutes. */
  readonly mode: "continuous" | "by-event";
  /** How much before and after what an event tells of is kept with it. */
  readonly pre_roll_ms: number;
  readonly post_roll_ms: number;
  /** Recording that no event refers to goes after so long already; without it, after the camera's own time. */
  readonly plain_ms?: number | undefined;
};

export const CONTINUOUS: RecordingPlan = { mode: "continuous", pre_roll_ms: 5_000, post_roll_ms: 5_000 };

/** An event that goes on is told again after half a minute; what it then refers to must still be there. */
const BUFFER_MS = 120_000;

/** How old recording must be that goes unless an event refers to it. Undefined: it lives as long as everything else. */
export function plainAgeOf({ mode, pre_roll_ms, post_roll_ms, plain_ms }: RecordingPlan): number | undefined {
  return mode === "by-event" ? pre_roll_ms + post_roll_ms + BUFFER_MS : plain_ms;
}

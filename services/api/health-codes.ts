/**
 * Why a part does not do its work, or what somebody should see to. Closed: pages have words for each, and what to do about it. The values
 * that a code's words need stand beside it.
 */
export const HEALTH_CODES = [
  /** It was told to stop, or stopped by itself. */
  "ended",
  "camera-connecting",
  /** The box has too much to do: of this camera key frames alone are looked at. */
  "camera-reduced",
  "camera-ended",
  "camera-silent",
  "camera-refused",
  "camera-frozen",
  "camera-not-video",
  "camera-mask-broken",
  /** Of another process: that one is silent. */
  "camera-box-silent",
  "camera-paused",
  "camera-closed",
  "camera-settings-refused",
  /** Nothing has come yet since the start. */
  "feed-waiting",
  "feed-silent",
  "feed-unreachable",
  "feed-refused",
  "feed-broken",
  "feed-stale",
  "feed-clock",
  "neighbour-waiting",
  "neighbour-lost",
  "settings-refused",
  /** `sections`: names with commas between. */
  "settings-restart",
  "certificate-absent",
  /** Ended, about to end, not begun, or no certificate of this name. */
  "certificate-unusable",
  /** `place` */
  "checkpoint-unsent",
  "audit-room",
  /** `overdue`, `soon`, `date`. */
  "requests-due",
  /** A newer timetable has errors that the one in use has not. `feed` */
  "timetable-refused",
  /** Where it comes from does not answer. `feed` */
  "timetable-away",
  /** Its days are over within a week, and no other holds after them. `feed`, `date` */
  "timetable-ends",
] as const;
export type HealthCode = (typeof HEALTH_CODES)[number];

/** What is wrong with a part that lives. */
export type Trouble = {
  readonly code: HealthCode;
  readonly values?: Readonly<Record<string, string | number>>;
  /** In English, for the log and the terminal. */
  readonly message: string;
};

import type { Clock } from "@yardline/domain/time";

/** NTP sets a clock that is less off than that without anybody's noticing. */
const SLACK_MS = 600_000;
/** A clock that still says the same after so long is right. */
export const BELIEVED_MS = 6 * 3_600_000;

/**
 * The time by which recordings grow old. A clock that leaps ahead would have all of them deleted at once: it is not believed before it has
 * said so for six hours of the machine's own counting; until then time goes on from what it was. One that was set back is believed at once.
 */
export function agingClock({ now_ms, monotonic_ms }: Clock): Pick<Clock, "now_ms"> {
  let [seen_ms, at_ms] = [now_ms(), monotonic_ms()];
  let leapt_at_ms: number | undefined;
  return {
    now_ms() {
      const [said_ms, counted_ms] = [now_ms(), monotonic_ms()];
      const passed_ms = seen_ms + counted_ms - at_ms;
      if (said_ms > passed_ms + SLACK_MS) {
        leapt_at_ms ??= counted_ms;
        if (counted_ms - leapt_at_ms < BELIEVED_MS) return passed_ms;
      }
      leapt_at_ms = undefined;
      [seen_ms, at_ms] = [said_ms, counted_ms];
      return said_ms;
    },
  };
}

import type { EpochMs } from "@yardline/domain/time";

/** When a packet came in, by both clocks, read at the same moment. */
export type Arrival = { readonly now_ms: EpochMs; readonly monotonic_ms: number };

/** The least delay of this long counts: longer than any burst of a network or of an HLS playlist. */
const WINDOW_MS = 30_000;
/** How fast a capture time may be corrected, as a share of the time that passes: back quickly (the first packets of a
 * connection often come late, in one burst), forward slowly (only clocks that drift). Below 1, so time never stands still. */
const SLEW_BACK = 0.95;
const SLEW_FORWARD = 0.01;
/** A difference beyond this is no delay and no drift: the camera's times or the wall clock jumped. */
const JUMP_MS = 15_000;

/**
 * Capture times of one connection. A packet cannot be captured after it arrived, so capture = presentation time + the least
 * (arrival − presentation time) seen lately; arrivals are read from the monotonic clock, tied to UTC at the first packet and
 * slewed towards the wall clock. Within a connection the offset changes by less than time passes: later pictures are later.
 */
export type Timeline = {
  /**
   * Takes in one packet's arrival. @param end_ms presentation time at which the picture ends: a muxer hands a picture over
   * when the next one begins. @returns false when either clock jumped: the connection must begin anew.
   */
  arrive(end_ms: number, arrival: Arrival): boolean;
  /** Capture time of a presentation time, by what is known now. Only after the first `arrive`. */
  captureOf(pts_ms: number): EpochMs;
};

export function createTimeline(): Timeline {
  let begun = false;
  let utc_of_monotonic_ms = 0;
  let offset_ms = 0;
  let newest_ms = 0;
  let last_monotonic_ms = 0;
  // The least delays of the running window and of the one before it.
  let window = { until_ms: 0, least_ms: Number.POSITIVE_INFINITY, before_ms: Number.POSITIVE_INFINITY };

  function leastOf(delay_ms: number, monotonic_ms: number): number {
    if (monotonic_ms >= window.until_ms) {
      window = {
        until_ms: monotonic_ms + WINDOW_MS,
        least_ms: Number.POSITIVE_INFINITY,
        before_ms: window.least_ms,
      };
    }
    window.least_ms = Math.min(window.least_ms, delay_ms);
    return Math.min(window.least_ms, window.before_ms);
  }

  return {
    arrive(end_ms, { now_ms, monotonic_ms }) {
      const utc_ms = now_ms - monotonic_ms;
      if (!begun) {
        utc_of_monotonic_ms = utc_ms;
        offset_ms = leastOf(utc_ms + monotonic_ms - end_ms, monotonic_ms);
        begun = true;
      } else {
        if (Math.abs(utc_ms - utc_of_monotonic_ms) > JUMP_MS) return false;
        const passed_ms = monotonic_ms - last_monotonic_ms;
        utc_of_monotonic_ms += slewed(utc_ms - utc_of_monotonic_ms, passed_ms);
        const delay_ms = utc_of_monotonic_ms + monotonic_ms - end_ms;
        if (Math.abs(delay_ms - offset_ms) > JUMP_MS) return false;
        const least_ms = leastOf(delay_ms, monotonic_ms);
        offset_ms += slewed(least_ms - offset_ms, Math.max(0, end_ms - newest_ms));
      }
      newest_ms = Math.max(newest_ms, end_ms);
      last_monotonic_ms = monotonic_ms;
      return true;
    },
    captureOf: (pts_ms) => Math.round(pts_ms + offset_ms),
  };
}

function slewed(wanted_ms: number, passed_ms: number): number {
  return Math.max(-SLEW_BACK * passed_ms, Math.min(SLEW_FORWARD * passed_ms, wanted_ms));
}

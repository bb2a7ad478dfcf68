import type { Clock } from "@yardline/domain/time";

/** Work that takes longer than this says how far it is, each time so long after the last word. */
const TELL_EVERY_MS = 2_000;

/** Tells a person who waits: nothing for quick work, else a line every two seconds. */
export type Progress = {
  /** So many more bytes are done; `at` is what they belong to. */
  add(bytes: number, at: string): void;
};

/** @param total_bytes as far as known, else 0. */
export function progressOf(clock: Clock, total_bytes: number, report: (line: string) => void): Progress {
  let done_bytes = 0;
  let told_at_ms = clock.monotonic_ms();
  return {
    add(bytes, at) {
      done_bytes += bytes;
      const now_ms = clock.monotonic_ms();
      if (now_ms - told_at_ms < TELL_EVERY_MS) return;
      told_at_ms = now_ms;
      const total = total_bytes > done_bytes ? ` of ${sizeOf(total_bytes)}` : "";
      report(`${sizeOf(done_bytes)}${total}: ${at}`);
    },
  };
}

/** As people say it: `1.2 GB`. */
export function sizeOf(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

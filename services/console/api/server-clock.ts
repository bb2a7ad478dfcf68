import { browserStorage } from "../elements/browser-storage.ts";

const KEY = "yardline.clock-ahead-ms";
/** `Date` counts whole seconds, and an answer is some time on its way: less is no difference. */
const DIFFERENCE_MS_MIN = 3_000;

let ahead_ms = remembered();

/** The town's own time: this device's clock may be wrong by an hour, also while there is no connection. */
export const serverNow_ms = (): number => Date.now() + ahead_ms;

/** @param date the `Date` header of an answer that came just now. */
export function noteServerTime(date: string | null, here_ms = Date.now()): void {
  const heard_ms = Date.parse(date ?? "") - here_ms;
  if (!Number.isFinite(heard_ms) || Math.abs(heard_ms - ahead_ms) < DIFFERENCE_MS_MIN) return;
  ahead_ms = Math.abs(heard_ms) < DIFFERENCE_MS_MIN ? 0 : heard_ms;
  browserStorage.setItem(KEY, `${ahead_ms}`);
}

function remembered(): number {
  const kept = Number(browserStorage.getItem(KEY) ?? 0);
  return Number.isFinite(kept) ? kept : 0;
}

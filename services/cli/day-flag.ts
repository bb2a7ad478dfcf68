import { isServiceDate, type ServiceDate } from "@yardline/timetable/service-day";
import { UsageError } from "./verb.ts";

/** A service day as a person types it, 2026-10-01. @throws UsageError */
export function dayOf(text: string, name: string): ServiceDate {
  const date = text.replaceAll("-", "");
  if (!isServiceDate(date)) throw new UsageError(`--${name} must be a day as 2026-10-01, not ${text}`);
  return date;
}

import { isoOf } from "@yardline/domain/time";

/** Hours end at 23: 24:00 would come back as the next day. So would the 30th of February, which `dayOf` refuses. */
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const DAY_LENGTH = 11;
const INSTANT_LENGTH = 24;

/** The days of the instants that were written last; after so many, it begins anew. */
const DAYS_MAX = 1_000;
const days = new Map<string, number | undefined>();

/** The instant that a text is, if it is written back as the very same text: RFC 3339 with milliseconds and `Z`. */
export function exactInstant(text: string): number | undefined {
  if (text.length !== INSTANT_LENGTH) return undefined;
  const begin_ms = dayOf(text.slice(0, DAY_LENGTH));
  const time = text.slice(DAY_LENGTH);
  if (begin_ms === undefined || !TIME.test(time)) return undefined;
  const [hour, minute, second] = [time.slice(0, 2), time.slice(3, 5), time.slice(6, 12)];
  return begin_ms + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Math.round(Number(second) * 1_000);
}

/** When a day begins, as in `2026-11-09T`; undefined where there is no such day. */
function dayOf(text: string): number | undefined {
  if (days.has(text)) return days.get(text);
  const begin_ms = Date.parse(`${text}00:00:00.000Z`);
  const isDay = !Number.isNaN(begin_ms) && isoOf(begin_ms).startsWith(text);
  if (days.size >= DAYS_MAX) days.clear();
  days.set(text, isDay ? begin_ms : undefined);
  return isDay ? begin_ms : undefined;
}

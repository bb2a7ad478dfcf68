import type { Language } from "../api/types.ts";
import { localeOf } from "./translate.ts";

/** Times and numbers as the language writes them, in the town's zone whatever the device's is. */
export type Formats = {
  /** 14:03 */
  clock(at: string | number): string;
  /** 14:03:22 */
  clockSeconds(at: string | number): string;
  /** Sunday, 22 November; with the year when it is another one than today's. */
  day(at: string | number): string;
  /** 22 Nov, 14:03:22; with the year when it is another one than today's. */
  dateTime(at: string | number): string;
  /** 22 Nov */
  dayMonth(at: string | number): string;
  /** Which local day it is: equal texts are the same day. */
  dayKey(at: string | number): string;
  number(value: number): string;
  percent(fraction: number): string;
};

/** @param timezone of the town; absent until it has answered, when the device's own has to do. */
export function createFormats(
  language: Language,
  timezone: string | undefined,
  now_ms: () => number,
): Formats {
  const locale = localeOf(language);
  const zone = firstAsked(() => (timezone === undefined ? {} : { timeZone: knownZone(timezone) }));
  const of = (options: Intl.DateTimeFormatOptions, forLocale: string = locale) =>
    firstAsked(() => new Intl.DateTimeFormat(forLocale, { ...options, ...zone() }));
  const clock = of({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = of({ weekday: "long", day: "numeric", month: "long" });
  const dayOfYear = of({ day: "numeric", month: "long", year: "numeric" });
  const seconds = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  const clockSeconds = of(seconds);
  const dateTime = of({ day: "numeric", month: "short", ...seconds });
  const dateTimeOfYear = of({ day: "numeric", month: "short", year: "numeric", ...seconds });
  const dayMonth = of({ day: "numeric", month: "short" });
  const key = of({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
  const number = firstAsked(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
  const percent = firstAsked(() => new Intl.NumberFormat(locale, { style: "percent" }));
  const instant = (at: string | number) => (typeof at === "number" ? at : Date.parse(at));
  const isThisYear = (at: string | number) =>
    key().format(instant(at)).slice(0, 4) === key().format(now_ms()).slice(0, 4);
  return {
    clock: (at) => clock().format(instant(at)),
    clockSeconds: (at) => clockSeconds().format(instant(at)),
    day: (at) => (isThisYear(at) ? day() : dayOfYear()).format(instant(at)),
    dateTime: (at) => (isThisYear(at) ? dateTime() : dateTimeOfYear()).format(instant(at)),
    dayMonth: (at) => dayMonth().format(instant(at)),
    dayKey: (at) => key().format(instant(at)),
    number: (value) => number().format(value),
    percent: (fraction) => percent().format(fraction),
  };
}

/** A format costs a slow phone some milliseconds to make, and a page asks for few of them. */
function firstAsked<Format>(make: () => Format): () => Format {
  let made: Format | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The zone itself where this browser knows it, else UTC: an unknown name would make every time throw. */
export function knownZone(timezone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return timezone;
  } catch {
    return "UTC";
  }
}

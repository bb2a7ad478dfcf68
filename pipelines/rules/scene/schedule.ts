import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"] as const;
type Day = (typeof DAYS)[number];

const ClockTime = Type.String({
  pattern: "^([01]\\d|2[0-3]):[0-5]\\d$",
  description: "A time of the town's clock, as 22:00.",
});

/** When a rule works: the hours of some days. */
export const ScheduleWindow = Type.Object(
  {
    days: Type.Optional(
      Type.Array(Type.Enum([...DAYS]), {
        minItems: 1,
        maxItems: DAYS.length,
        description: "Days on which the hours begin; every day without. A holiday counts as `holiday` alone.",
      }),
    ),
    from: ClockTime,
    until: { ...ClockTime, description: "Not after `from`: it is the next day's; the same: a whole day." },
  },
  { additionalProperties: false },
);
export type ScheduleWindow = Static<typeof ScheduleWindow>;

export type Calendar = {
  /** IANA name. */
  readonly timezone: string;
  /** Dates as 2026-12-25. */
  readonly holidays: readonly string[];
};

/** Whether an instant lies in one of the windows, by the town's clock: 02:30 on the night when it does not exist is 03:30. */
export function isWithin(
  windows: readonly ScheduleWindow[],
  at_ms: EpochMs,
  { timezone, holidays }: Calendar,
): boolean {
  const today = Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(timezone).toPlainDate();
  // Hours that began yesterday may still last.
  return [today.subtract({ days: 1 }), today].some((date) => {
    const day = holidays.includes(date.toString()) ? "holiday" : DAYS[date.dayOfWeek - 1];
    return windows.some(({ days, from, until }) => {
      if (days && !days.includes(day as Day)) return false;
      const last = until > from ? date : date.add({ days: 1 });
      return instantOf(date, from, timezone) <= at_ms && at_ms < instantOf(last, until, timezone);
    });
  });
}

function instantOf(date: Temporal.PlainDate, clock: string, timezone: string): EpochMs {
  return date.toZonedDateTime({ timeZone: timezone, plainTime: clock }).epochMilliseconds;
}

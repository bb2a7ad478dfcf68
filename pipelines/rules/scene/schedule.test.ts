import { expect, test } from "vitest";
import { isWithin, type ScheduleWindow } from "./schedule.ts";

const KYIV = { timezone: "Europe/Kyiv", holidays: ["2026-12-25"] };
const within = (windows: readonly ScheduleWindow[], local: string) =>
  isWithin(
    windows,
    Temporal.PlainDateTime.from(local).toZonedDateTime("Europe/Kyiv").epochMilliseconds,
    KYIV,
  );

const NIGHT: ScheduleWindow = { from: "22:00", until: "06:00" };

test.each([
  ["2026-11-20T21:59:59", false],
  ["2026-11-20T22:00", true],
  ["2026-11-21T00:00", true],
  ["2026-11-21T05:59:59", true],
  ["2026-11-21T06:00", false],
])("hours go through midnight: %s", (local, expected) => {
  expect(within([NIGHT], local)).toBe(expected);
});

test("a night belongs to the day on which it begins", () => {
  const friday: ScheduleWindow = { ...NIGHT, days: ["fri"] };
  expect(
    ["2026-11-20T23:00", "2026-11-21T05:00", "2026-11-21T23:00"].map((at) => within([friday], at)),
  ).toEqual([true, true, false]);
});

test("a holiday is no weekday, and counts where holidays are named or no days at all", () => {
  const work: ScheduleWindow = { days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", until: "17:00" };
  // Friday, 25 December.
  const at = "2026-12-25T10:00";
  expect(within([work], at)).toBe(false);
  expect(within([{ ...work, days: ["holiday"] }], at)).toBe(true);
  expect(within([{ from: "08:00", until: "17:00" }], at)).toBe(true);
  expect(within([work], "2026-12-24T10:00")).toBe(true);
});

test("the same time twice is a whole day", () => {
  const sunday: ScheduleWindow = { days: ["sun"], from: "00:00", until: "00:00" };
  expect(
    ["2026-11-21T23:59", "2026-11-22T00:00", "2026-11-22T23:59", "2026-11-23T00:00"].map((at) =>
      within([sunday], at),
    ),
  ).toEqual([false, true, true, false]);
});

test("the night of the clock change is as long as it really is", () => {
  // On 2026-03-29 clocks in Kyiv go from 03:00 to 04:00, on 2026-10-25 from 04:00 back to 03:00.
  const hours = (date: string) => {
    const noon = Temporal.PlainDateTime.from(`${date}T12:00`).toZonedDateTime("Europe/Kyiv");
    const quarters = Array.from(
      { length: 24 * 4 },
      (_, quarter) => noon.epochMilliseconds + quarter * 900_000,
    );
    return quarters.filter((at_ms) => isWithin([NIGHT], at_ms, KYIV)).length / 4;
  };
  expect([hours("2026-03-27"), hours("2026-03-28"), hours("2026-10-24")]).toEqual([8, 7, 9]);
});

test("hours that the clock leaps over do not last, hours that it repeats last twice", () => {
  const early: ScheduleWindow = { from: "03:00", until: "04:00" };
  const minutes = (date: string) => {
    const midnight = Temporal.PlainDate.from(date).toZonedDateTime("Europe/Kyiv").epochMilliseconds;
    return Array.from({ length: 6 * 60 }, (_, minute) => midnight + minute * 60_000).filter((at_ms) =>
      isWithin([early], at_ms, KYIV),
    ).length;
  };
  expect([minutes("2026-03-29"), minutes("2026-10-25"), minutes("2026-06-01")]).toEqual([0, 120, 60]);
});

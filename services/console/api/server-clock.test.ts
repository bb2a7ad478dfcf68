import { expect, test } from "vitest";
import { noteServerTime, serverNow_ms } from "./server-clock.ts";

const aheadOf = () => Math.round((serverNow_ms() - Date.now()) / 1_000);
const httpDate = (ahead_s: number) => new Date(Date.now() + ahead_s * 1_000).toUTCString();

test("a clock that is wrong by an hour follows the town's, and a right one is left alone", () => {
  noteServerTime(httpDate(-3_600));
  expect(Math.abs(aheadOf() + 3_600)).toBeLessThan(3);
  noteServerTime("no date");
  noteServerTime(null);
  expect(Math.abs(aheadOf() + 3_600)).toBeLessThan(3);
  noteServerTime(httpDate(1));
  expect(aheadOf()).toBe(0);
});

import { expect, test } from "vitest";
import { faultWords } from "./timetable-words.ts";

test("each code of the town has words of its own, and a finding the words of findings", () => {
  expect(["TIMETABLE_NOT_A_ZIP", "TIMETABLE_SAME", "invalid_time"].map(faultWords)).toEqual([
    "timetable.fault.zip",
    "timetable.fault.same",
    "timetable.fault.worse",
  ]);
});

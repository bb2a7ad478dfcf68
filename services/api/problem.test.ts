import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { Refusal, refuseBy } from "./problem.ts";

const STATUSES = {
  DOG_ASLEEP: 409,
  RECORDS_CONFLICT: () => new Refusal(412, "DOG_CHANGED", "Somebody else woke it."),
};
const said = async (thrown: unknown) => Promise.reject(thrown).catch(refuseBy(STATUSES));

test.for<[string, unknown, object]>([
  [
    "a code with a status is said as a sentence",
    new AppError("DOG_ASLEEP", "The dog is asleep"),
    { status: 409, code: "DOG_ASLEEP", message: "The dog is asleep." },
  ],
  [
    "a code may be said in other words",
    new AppError("RECORDS_CONFLICT", "Row 7."),
    { status: 412, code: "DOG_CHANGED", message: "Somebody else woke it." },
  ],
])("%s", async ([, thrown, refused]) => {
  await expect(said(thrown)).rejects.toMatchObject(refused);
});

test.for<[string, unknown]>([
  ["a code without a status", new AppError("DISK_FULL", "The disk is full.")],
  ["a code that objects have by themselves", new AppError("constructor", "No.")],
  ["what was refused already", new Refusal(404, "DOG_ASLEEP", "There is no such dog.")],
  ["a mistake of ours", new TypeError("dog is not a function")],
])("%s stays as it was thrown", async ([, thrown]) => {
  await expect(said(thrown)).rejects.toBe(thrown);
});

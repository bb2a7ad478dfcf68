import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { insist } from "./insist.ts";

const full = new AppError("BUS_UNAVAILABLE", "The disk is full.", { retryable: true });

test("what may pass is tried again and told", async () => {
  const failures = [full];
  const told: string[] = [];
  const work = async () => {
    const failure = failures.pop();
    if (failure) throw failure;
  };
  await insist(work, ({ code }) => told.push(code), new AbortController().signal);
  expect([failures, told]).toEqual([[], ["BUS_UNAVAILABLE"]]);
});

test("what will not pass is thrown; an abort ends the waiting", async () => {
  const never = new AppError("EVENT_MALFORMED", "It cannot be said.");
  const stop = new AbortController();
  await expect(
    insist(
      () => Promise.reject(never),
      () => undefined,
      stop.signal,
    ),
  ).rejects.toBe(never);
  await insist(
    () => Promise.reject(full),
    () => stop.abort(),
    stop.signal,
  );
});

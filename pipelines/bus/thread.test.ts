import { expect, test } from "vitest";
import type { Operations } from "./fixtures/thread-that-adds.ts";
import { startThread } from "./thread.ts";

const start = () => startThread<Operations>(new URL("./fixtures/thread-that-adds.ts", import.meta.url), {});

test("answers calls in their order, and expected failures as they were thrown", async () => {
  const thread = start();
  const sums = Promise.all([1, 2, 3].map((n) => thread.call("add", n, n)));
  await expect(thread.call("refuse")).rejects.toMatchObject({
    code: "NOT_TODAY",
    message: "Come back tomorrow.",
    retryable: true,
  });
  expect(await sums).toEqual([2, 4, 6]);
  await thread.close();
});

test("lets the calls made so far finish when it is closed, and takes no more", async () => {
  const thread = start();
  const sum = thread.call("add", 20, 22);
  const closing = thread.close();
  await expect(thread.call("add", 1, 1)).rejects.toMatchObject({ code: "THREAD_CLOSED" });
  expect(await sum).toBe(42);
  await closing;
  await thread.close();
});

test("owes a bounded number of answers", async () => {
  const thread = start();
  const calls = Array.from({ length: 10_001 }, (_, n) => thread.call("add", n, 1));
  await expect(calls.at(-1)).rejects.toMatchObject({ code: "THREAD_BUSY", retryable: true });
  expect(await calls.at(-2)).toBe(10_000);
  await thread.close();
});

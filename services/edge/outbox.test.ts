import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { Outbox, TASKS_MAX } from "./outbox.ts";

const busy = () => new AppError("BUS_UNAVAILABLE", "the disk is full", { retryable: true });

function open(signal = new AbortController().signal) {
  const givenUp: string[] = [];
  const outbox = new Outbox({ signal, onGivenUp: (reason) => givenUp.push(reason) });
  const done: number[] = [];
  return { outbox, givenUp, done };
}

test("tasks are done in order, one that fails for now is tried again before the next", async () => {
  const { outbox, givenUp, done } = open();
  let failures = 1;
  outbox.put(async () => {
    if (failures-- > 0) throw busy();
    done.push(1);
  });
  outbox.put(async () => void done.push(2));
  await outbox.settled();
  expect({ done, givenUp }).toEqual({ done: [1, 2], givenUp: [] });
});

test("what can never succeed is given up and holds nobody up", async () => {
  const { outbox, givenUp, done } = open();
  outbox.put(async () => {
    throw new AppError("EVENT_MALFORMED", "no");
  });
  outbox.put(async () => void done.push(2));
  await outbox.settled();
  expect({ done, givenUp }).toEqual({ done: [2], givenUp: ["refused"] });
});

test("stopping ends the retrying", async () => {
  const stop = new AbortController();
  const { outbox, givenUp } = open(stop.signal);
  outbox.put(async () => {
    throw busy();
  });
  stop.abort();
  await outbox.settled();
  expect(givenUp).toEqual(["stopped"]);
});

test("when too much waits the oldest goes", async () => {
  const { outbox, givenUp, done } = open();
  const gate = Promise.withResolvers<void>();
  outbox.put(() => gate.promise);
  for (let task = 0; task <= TASKS_MAX; task++) outbox.put(async () => void done.push(task));
  gate.resolve();
  await outbox.settled();
  expect(givenUp).toEqual(["full"]);
  expect([done[0], done.at(-1), done.length]).toEqual([1, TASKS_MAX, TASKS_MAX]);
});

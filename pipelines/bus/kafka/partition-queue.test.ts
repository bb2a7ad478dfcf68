import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import type { BusRecord } from "../event-bus.ts";
import { PartitionQueue } from "./partition-queue.ts";

const record = (key: string, bytes = 10): BusRecord => ({ key, source: "s", body: new Uint8Array(bytes) });
const never = new AbortController().signal;
const broker = (type: string) => Object.assign(new Error(type), { type });

/** A queue whose sends are answered by hand. */
function openQueue() {
  const sends: { keys: string[]; ok(): void; fail(cause: unknown): void }[] = [];
  const told: string[] = [];
  const queue = new PartitionQueue({
    send(records) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      sends.push({ keys: records.map(({ key }) => key), ok: resolve, fail: reject });
      return promise;
    },
    clock: handClock(),
    sent: (records) => told.push(`sent ${records}`),
    failed: (records) => told.push(`failed ${records}`),
    left: (records) => told.push(`left ${records}`),
  });
  const sent = async (count: number) => {
    await expect.poll(() => sends.length).toBe(count);
    const last = sends[count - 1];
    if (!last) throw new Error("nothing was sent");
    return last;
  };
  return { queue, sent, sends, told };
}

test("what comes within the linger goes together, and the next batch waits for the first", async () => {
  const { queue, sent, sends, told } = openQueue();
  const calls = [queue.add([record("a"), record("b")], never), queue.add([record("c")], never)];
  const first = await sent(1);
  expect(first.keys).toEqual(["a", "b", "c"]);
  calls.push(queue.add([record("d")], never));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(sends).toHaveLength(1);
  first.ok();
  (await sent(2)).ok();
  await Promise.all(calls);
  await queue.drained();
  expect(told).toEqual(["sent 3", "left 3", "sent 1", "left 1"]);
});

test("a batch whose fate is unknown is sent again, the very same, before anything new", async () => {
  const { queue, sent, sends } = openQueue();
  const first = queue.add([record("a"), record("b")], never);
  const failing = await sent(1);
  const second = queue.add([record("c")], never);
  failing.fail(broker("REQUEST_TIMED_OUT"));
  (await sent(2)).fail(broker("NOT_LEADER_FOR_PARTITION"));
  (await sent(3)).ok();
  (await sent(4)).ok();
  await Promise.all([first, second]);
  expect(sends.map(({ keys }) => keys.join(""))).toEqual(["ab", "ab", "ab", "c"]);
});

test("what a broker refuses for good is told so, and holds up nothing", async () => {
  const { queue, sent } = openQueue();
  const first = queue.add([record("a")], never);
  (await sent(1)).fail(broker("MESSAGE_TOO_LARGE"));
  await expect(first).rejects.toMatchObject({ code: "BUS_RECORD_TOO_LARGE", retryable: false });
  const second = queue.add([record("b")], never);
  (await sent(2)).ok();
  await second;
});

test("a call that is given up sends nothing more, but what is under way stays as it was", async () => {
  const { queue, sent, sends, told } = openQueue();
  const giveUp = new AbortController();
  const first = queue.add([record("a")], giveUp.signal);
  const failing = await sent(1);
  const waiting = queue.add([record("b")], giveUp.signal);
  const other = queue.add([record("c")], never);
  giveUp.abort(new Error("too late"));
  await expect(first).rejects.toThrow("too late");
  await expect(waiting).rejects.toThrow("too late");
  failing.fail(broker("REQUEST_TIMED_OUT"));
  (await sent(2)).ok();
  (await sent(3)).ok();
  await other;
  await queue.drained();
  expect(sends.map(({ keys }) => keys.join(""))).toEqual(["a", "a", "c"]);
  expect(told).toEqual(["failed 1", "sent 1", "left 1", "left 1", "sent 1", "left 1"]);
});

test("batches are bounded in records and bytes, and a large record goes alone", async () => {
  const { queue, sent, sends } = openQueue();
  const call = queue.add(
    [...Array.from({ length: 4_500 }, (_, n) => record(`${n}`)), record("x", 600_000), record("y", 600_000)],
    never,
  );
  for (let n = 1; n <= 4; n++) (await sent(n)).ok();
  await call;
  expect(sends.map(({ keys }) => keys.length)).toEqual([2_000, 2_000, 501, 1]);
});

test("stopped while a broker is away, it ends", async () => {
  const { queue, sent } = openQueue();
  const giveUp = new AbortController();
  const call = queue.add([record("a")], giveUp.signal);
  const failing = await sent(1);
  queue.stop();
  giveUp.abort(new Error("closed"));
  failing.fail(broker("REQUEST_TIMED_OUT"));
  await expect(call).rejects.toThrow("closed");
  await queue.drained();
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { OLDEST } from "@yardline/bus/event-bus";
import { systemClock } from "@yardline/domain/time";
import { cameraLost } from "@yardline/events/camera-lost";
import { stateEvent } from "@yardline/events/event-type";
import { writeEvent } from "@yardline/events/write-event";
import { expect, onTestFinished, test } from "vitest";
import { deadLetterOf } from "./dead-letters.ts";
import { listDeadLetters, retryDeadLetters } from "./retry-dead-letters.ts";

const NOW_MS = Date.parse("2026-11-22T12:00:00Z");
const DAY_MS = 86_400_000;
const signal = () => AbortSignal.timeout(10_000);

const readable = writeEvent(
  stateEvent(
    cameraLost,
    { camera: "a", since: "2026-11-22T06:00:00.000Z", why: "silent", attempts: 0 },
    { source: "camera/a", tenant: "town", severity: "notice", revision: 0, state: "open" },
  ),
);

async function openBus() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-retry-"));
  const bus = await openEmbeddedBus({ folder, clock: systemClock });
  onTestFinished(async () => {
    await bus.close();
    await rm(folder, { recursive: true });
  });
  const setAside = (bodies: readonly Uint8Array[], at_ms = NOW_MS) =>
    bus.publish(
      "dead-letters",
      bodies.map((body, n) => {
        const record = { key: `k${n}`, source: "camera/a", body, position: `2026-11-22:${n}` };
        return deadLetterOf(record, "This is not an event.", at_ms);
      }),
    );
  return { bus, setAside };
}

test("what can be read now goes back to its topic as it was; the rest stays and comes last", async () => {
  const { bus, setAside } = await openBus();
  const long = new Uint8Array(400_000).fill(32);
  await setAside([Buffer.from("{"), readable, long]);
  expect(await retryDeadLetters(bus, NOW_MS, signal())).toEqual({ republished: 1, stayed: 2, dropped: 0 });
  const { letters, waiting } = await listDeadLetters(bus, signal());
  expect([waiting, letters.map(({ key, bytes }) => `${key} ${bytes}`)]).toEqual([2, ["k0 1", "k2 400000"]]);
  for await (const [record] of bus.tail("events", OLDEST, signal())) {
    expect(record).toMatchObject({ key: "k1", source: "camera/a" });
    expect(Buffer.from(record?.body ?? []).equals(readable)).toBe(true);
    break;
  }
});

test("more letters than one batch holds are read once each", async () => {
  const { bus, setAside } = await openBus();
  await setAside(Array.from({ length: 1_234 }, (_, n) => Buffer.from(`broken ${n}`)));
  expect(await retryDeadLetters(bus, NOW_MS, signal())).toMatchObject({ republished: 0, dropped: 0 });
  const { letters, waiting } = await listDeadLetters(bus, signal());
  expect(waiting).toBe(1_234);
  expect(letters).toHaveLength(1_000);
});

test("a letter that lay there for a month, and what is no letter, are dropped", async () => {
  const { bus, setAside } = await openBus();
  await setAside([Buffer.from("{")], NOW_MS - 31 * DAY_MS);
  await bus.publish("dead-letters", [{ key: "", source: "", body: Buffer.from("junk") }]);
  expect(await listDeadLetters(bus, signal())).toMatchObject({ letters: [{ key: "k0" }], waiting: 2 });
  expect(await retryDeadLetters(bus, NOW_MS, signal())).toEqual({ republished: 0, stayed: 0, dropped: 2 });
  expect(await listDeadLetters(bus, signal())).toEqual({ letters: [], waiting: 0 });
});

test("the same message set aside twice is listed once", async () => {
  const { bus, setAside } = await openBus();
  await setAside([Buffer.from("{")]);
  await setAside([Buffer.from("{")]);
  expect(await listDeadLetters(bus, signal())).toMatchObject({ letters: [{ key: "k0" }], waiting: 2 });
});

import { AppError } from "@yardline/domain/errors";
import { cameraPaused } from "@yardline/events/camera-paused";
import { stateEvent } from "@yardline/events/event-type";
import type { Pause } from "@yardline/records/pauses";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { PauseWatch } from "./pause-watch.ts";
import { quiet, SaidProducer } from "./testing.ts";

const NOON_MS = Date.parse("2026-11-30T12:00:00Z");
const PAUSE: Pause = {
  from_ms: NOON_MS,
  until_ms: NOON_MS + 3_600_000,
  reason: "children",
  paused_by: "olena",
};

function watching() {
  const held = new Map<string, Pause>();
  const heeded: (Pause | undefined)[] = [];
  const producer = new SaidProducer();
  let failure: AppError | undefined;
  const parts = {
    ...{ producer, clock: handClock(NOON_MS + 60_000), log: quiet },
    findPauses: async () => {
      if (failure) throw failure;
      return new Map(held);
    },
  };
  const watch = new PauseWatch(new Map([["yard", { heedPause: (pause) => void heeded.push(pause) }]]), parts);
  const said = () => producer.said.map(({ state, data }) => [state, data["ended"]]);
  return { watch, held, heeded, producer, said, fail: (error?: AppError) => (failure = error) };
}

test("what is on record is heeded with each look, and told once", async () => {
  const { watch, held, heeded, said } = watching();
  await watch.look();
  held.set("yard", PAUSE);
  await watch.look();
  await watch.look();
  held.set("yard", { ...PAUSE, until_ms: PAUSE.until_ms + 1 });
  await watch.look();
  await expect.poll(said).toEqual([
    ["open", undefined],
    ["updated", undefined],
  ]);
  expect(heeded.map((each) => each?.until_ms)).toEqual([
    ...[undefined, PAUSE.until_ms, PAUSE.until_ms, PAUSE.until_ms + 1],
  ]);
});

test("when it cannot be read, every camera goes on as it was", async () => {
  const { watch, heeded, fail } = watching();
  fail(new AppError("RECORDS_UNAVAILABLE", "away", { retryable: true }));
  await expect(watch.look()).rejects.toMatchObject({ code: "RECORDS_UNAVAILABLE" });
  expect(heeded).toEqual([]);
  fail();
  await watch.look();
  expect(heeded).toEqual([undefined]);
});

test.for([
  { name: "its time was over while nobody ran", planned_until: "2026-11-30T12:00:30.000Z", ended: "over" },
  { name: "somebody ended it while nobody ran", planned_until: "2026-11-30T18:00:00.000Z", ended: "resumed" },
])("one from before a restart is closed when $name", async ({ planned_until, ended }) => {
  const { watch, producer, said } = watching();
  const data = { camera: "yard", since: "2026-11-30T11:00:00.000Z", planned_until };
  const statement = {
    source: "camera/yard",
    tenant: "town",
    revision: 0,
    state: "open",
    severity: "info",
  } as const;
  producer.open = [stateEvent(cameraPaused, data, statement)];
  await watch.look();
  await expect.poll(said).toEqual([["closed", ended]]);
});

test("a bus that is away holds up no pause: it is told later", async () => {
  const { watch, held, heeded, producer, said } = watching();
  producer.failures.push(new AppError("BUS_UNAVAILABLE", "away", { retryable: true }));
  held.set("yard", PAUSE);
  await watch.look();
  expect(heeded).toEqual([PAUSE]);
  await watch.look();
  await expect.poll(said).toEqual([["open", undefined]]);
});

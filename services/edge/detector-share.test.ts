import type { Detector } from "@yardline/detection/detector";
import type { Detection } from "@yardline/domain/detection";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { CALLS_MAX, DEADLINE_MS, DetectorShare } from "./detector-share.ts";
import { yardFrame } from "./testing.ts";

const CALL_MS = 20;
const BUSY = { status: "rejected", reason: expect.objectContaining({ code: "DETECTOR_BUSY" }) };

/** A detector that answers when told; its clock moves by what a call costs. */
function byHand(lanes = 1) {
  const clock = handClock(1_000_000);
  const begun: {
    camera: string;
    answer: PromiseWithResolvers<readonly Detection[]>;
    signal?: AbortSignal;
  }[] = [];
  const share = new DetectorShare({ lanes, clock });
  const detectorOf = (camera: string): Detector => ({
    detect: (_picture, options) => {
      const answer = Promise.withResolvers<readonly Detection[]>();
      begun.push({ camera, answer, ...(options?.signal && { signal: options.signal }) });
      return answer.promise;
    },
    close: async () => undefined,
  });
  const seats = new Map<string, ReturnType<DetectorShare["seat"]>>();
  return {
    clock,
    begun: () => begun.map(({ camera }) => camera),
    ask(camera: string, at_ms = clock.now_ms(), signal?: AbortSignal) {
      const seat = seats.get(camera) ?? share.seat(camera, detectorOf(camera));
      seats.set(camera, seat);
      seat.expect(at_ms);
      return seat.detector.detect(yardFrame(camera, at_ms, []).picture, signal ? { signal } : {});
    },
    async answer(at: number, error?: Error): Promise<void> {
      clock.advance(CALL_MS);
      if (error) begun[at]?.answer.reject(error);
      else begun[at]?.answer.resolve([]);
      await new Promise(setImmediate);
    },
  };
}

test("a calm camera's picture comes before the many of a busy one; of the busy one's the newest stay", async () => {
  const { ask, answer, begun } = byHand();
  const many = Array.from({ length: CALLS_MAX + 3 }, () => ask("busy"));
  const outcomes = Promise.allSettled(many);
  const calm = ask("calm");
  for (let turn = 0; turn < 4; turn++) await answer(turn);
  expect(begun().slice(0, 3)).toContain("calm");
  expect(await calm).toEqual([]);
  for (let turn = 4; turn < CALLS_MAX + 2; turn++) await answer(turn);
  const statuses = (await outcomes).map(({ status }) => status);
  // The first is at the detector at once; of the others two were too many.
  const kept = Array.from({ length: CALLS_MAX }, () => "fulfilled");
  expect(statuses).toEqual(["fulfilled", "rejected", "rejected", ...kept]);
});

test("a picture whose time passed while it waited is refused; one that comes late already has a moment", async () => {
  const { ask, answer, clock, begun } = byHand();
  const first = ask("yard");
  const outcomes = Promise.allSettled([ask("gate"), ask("lane", clock.now_ms() - 60_000)]);
  clock.advance(400);
  await answer(0);
  await first;
  expect(begun()).toEqual(["yard", "lane"]);
  clock.advance(DEADLINE_MS);
  await answer(1);
  expect(await outcomes).toEqual([BUSY, { status: "fulfilled", value: [] }]);
});

test("one call that fails, and one that is given up, cost the others nothing", async () => {
  const { ask, answer, begun } = byHand(2);
  const stop = new AbortController();
  const outcomes = Promise.allSettled([
    ask("breaks"),
    ask("yard"),
    ask("leaves", undefined, stop.signal),
    ask("gate"),
  ]);
  const reason = new Error("stopped");
  stop.abort(reason);
  await answer(0, new Error("broken"));
  await answer(1);
  await answer(2);
  expect(begun()).toEqual(["breaks", "yard", "gate"]);
  expect((await outcomes).map(({ status }) => status)).toEqual([
    "rejected",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

test("never more at the detectors than they have threads", async () => {
  const { ask, answer, begun } = byHand(2);
  const all = Promise.all(["a", "b", "c", "d", "e"].map((camera) => ask(camera)));
  expect(begun()).toEqual(["a", "b"]);
  for (let turn = 0; turn < 5; turn++) {
    await answer(turn);
    expect(begun().length).toBe(Math.min(5, turn + 3));
  }
  await all;
});

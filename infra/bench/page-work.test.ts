import { expect, test } from "vitest";
import { workOf } from "./page-work.ts";

const main = { pid: 1, tid: 1 };
const other = { pid: 2, tid: 1 };
const task = "ThreadControllerImpl::RunTask";
const frame = { ...main, name: "BeginMainThreadFrame" };

test("a frame costs its scripting and layout, what lies inside of it once, on the page's own thread", () => {
  const traced = [
    { ...frame, ts: 1_000 },
    { ...main, name: task, ts: 2_000, dur: 9_000, tdur: 7_000 },
    { ...main, name: "TimerFire", ts: 2_000, dur: 5_000, tdur: 4_000 },
    { ...main, name: "FunctionCall", ts: 2_500, dur: 3_000, tdur: 2_500 },
    { ...main, name: "Layout", ts: 8_000, dur: 2_000, tdur: 1_000 },
    { ...main, name: "Paint", ts: 10_000, dur: 900, tdur: 900 },
    { ...frame, ts: 12_000 },
    { ...other, name: task, ts: 12_000, dur: 90_000, tdur: 90_000 },
    { ...frame, ts: 28_000 },
  ];
  expect(workOf(traced)).toEqual({ frames: 2, perFrame_ms: [0, 5], longest_ms: 7 });
});

test("a page without a frame has done nothing", () => {
  expect(workOf([])).toEqual({ frames: 0, perFrame_ms: [], longest_ms: 0 });
});

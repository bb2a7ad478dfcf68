import type { Browser, CDPSession } from "playwright-core";

/** One record of Chromium's tracing; times in microseconds, `tdur` of the thread's own processor time. */
type Traced = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

const CATEGORIES = [
  "toplevel",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "disabled-by-default-devtools.timeline.frame",
  "devtools.timeline.frame",
];
/** Where a frame of the main thread begins. */
const FRAME = "BeginMainThreadFrame";
/** What the page's own program and its styles cost; painting and the drawing of pixels are the browser's. */
const OURS = new Set([
  ...["FunctionCall", "EvaluateScript", "v8.evaluateModule", "TimerFire", "EventDispatch"],
  ...["FireAnimationFrame", "RunMicrotasks", "UpdateLayoutTree", "Layout", "MinorGC", "MajorGC"],
]);
const TASK = "ThreadControllerImpl::RunTask";

export type PageWork = {
  readonly frames: number;
  /** Scripting and layout of the main thread in each frame, processor milliseconds, the least first. */
  readonly perFrame_ms: readonly number[];
  /** The longest task of the main thread, processor milliseconds. */
  readonly longest_ms: number;
};

/** What the main thread of the page does meanwhile. Processor time, not the clock's: other work on the machine must not count. */
export async function traceWork(browser: Browser, meanwhile: () => Promise<void>): Promise<PageWork> {
  const devtools = await browser.newBrowserCDPSession();
  const traced: Traced[] = [];
  devtools.on("Tracing.dataCollected", ({ value }) => traced.push(...(value as unknown as Traced[])));
  const config = { recordMode: "recordAsMuchAsPossible" as const, includedCategories: CATEGORIES };
  await devtools.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: config });
  await meanwhile();
  const complete = new Promise<void>((done) => devtools.once("Tracing.tracingComplete", () => done()));
  await devtools.send("Tracing.end");
  await complete;
  await devtools.detach();
  return workOf(traced);
}

/** The work of the main thread that had the most frames: other pages' have none meanwhile. */
export function workOf(traced: readonly Traced[]): PageWork {
  const threads = Map.groupBy(traced, ({ pid, tid }) => `${pid}/${tid}`);
  const framesOf = (events: readonly Traced[]) => events.filter(({ name }) => name === FRAME).length;
  const [main = []] = [...threads.values()].sort((a, b) => framesOf(b) - framesOf(a));
  const events = main.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const perFrame_ms: number[] = [];
  let ours_us = 0;
  let outer_end = 0;
  let longest_us = 0;
  let begun = false;
  for (const { name, ts, dur = 0, tdur = 0 } of events) {
    if (name === FRAME) {
      if (begun) perFrame_ms.push(ours_us / 1_000);
      begun = true;
      ours_us = 0;
    }
    if (name === TASK) longest_us = Math.max(longest_us, tdur);
    // What lies within a counted one is counted with it.
    if (!OURS.has(name) || ts < outer_end) continue;
    outer_end = ts + dur;
    ours_us += tdur;
  }
  return {
    frames: perFrame_ms.length,
    perFrame_ms: perFrame_ms.sort((a, b) => a - b),
    longest_ms: longest_us / 1_000,
  };
}

export type PageMemory = { readonly heap_bytes: number; readonly nodes: number; readonly listeners: number };

/** What the page holds once everything that it let go of is gone. */
export async function memoryOf(devtools: CDPSession): Promise<PageMemory> {
  // Twice: what a finaliser lets go of goes with the second.
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
  return { heap_bytes: usedSize, nodes, listeners: jsEventListeners };
}

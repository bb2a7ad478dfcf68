import { setInterval } from "node:timers/promises";
import { pssOf, treeOf } from "./process-tree.ts";

const SAMPLE_EVERY_MS = 5_000;

export type Memory = { peak_bytes(): number; last_bytes(): number };

/** Watches the memory of a process and all it started, until `signal` aborts. */
export function sampleMemory(pid: () => number, signal: AbortSignal): Memory {
  let [peak, last] = [0, 0];
  void (async () => {
    try {
      for await (const _ of setInterval(SAMPLE_EVERY_MS, undefined, { signal })) {
        last = treeOf(pid()).reduce((sum, each) => sum + pssOf(each.pid), 0);
        peak = Math.max(peak, last);
      }
    } catch {
      // Aborted: the run is over.
    }
  })();
  return { peak_bytes: () => peak, last_bytes: () => last };
}

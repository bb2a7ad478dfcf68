import { setInterval } from "node:timers/promises";
import { pssOf, treeOf } from "./process-tree.ts";

const SAMPLE_EVERY_MS = 5_000;

export type Memory = {
  peak_bytes(): number;
  last_bytes(): number;
  samples(): readonly { readonly at_ms: number; readonly bytes: number }[];
};

/** Watches the memory of a process and all it started, until `signal` aborts. */
export function sampleMemory(pid: () => number, signal: AbortSignal): Memory {
  const samples: { readonly at_ms: number; readonly bytes: number }[] = [];
  void (async () => {
    try {
      for await (const _ of setInterval(SAMPLE_EVERY_MS, undefined, { signal })) {
        const bytes = treeOf(pid()).reduce((sum, each) => sum + pssOf(each.pid), 0);
        samples.push({ at_ms: Date.now(), bytes });
      }
    } catch {
      // Aborted: the run is over.
    }
  })();
  return {
    peak_bytes: () => Math.max(0, ...samples.map(({ bytes }) => bytes)),
    last_bytes: () => samples.at(-1)?.bytes ?? 0,
    samples: () => samples,
  };
}

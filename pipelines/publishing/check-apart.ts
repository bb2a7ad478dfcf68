import { startThread, type Thread } from "@yardline/bus/thread";
import type { CheckOperations } from "./check-thread.ts";

/** Starts a thread that holds feeds against the rules: a city's take more than a second of CPU. */
export function startFeedThread(): Thread<CheckOperations> {
  return startThread<CheckOperations>(new URL("./check-thread.ts", import.meta.url), undefined);
}

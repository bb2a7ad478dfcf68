import { serveThread } from "@yardline/bus/thread";
import { FeedPair } from "./realtime-check/feed-pair.ts";
import type { Plan } from "./realtime-check/plan.ts";
import type { Breach } from "./realtime-check/rule.ts";

let pair: FeedPair | undefined;

/** What the thread does that checks feeds, so that nobody waits meanwhile. */
const OPERATIONS = {
  /** From now on the feeds speak of this. */
  follow(plan: Plan): void {
    pair = new FeedPair(plan);
  },
  look: (feeds: readonly Uint8Array[], now_ms: number): readonly Breach[] => pair?.look(feeds, now_ms) ?? [],
};
export type CheckOperations = typeof OPERATIONS;

serveThread(OPERATIONS, () => undefined);

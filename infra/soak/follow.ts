import { setInterval } from "node:timers/promises";
import type { YardlineEvent } from "@yardline/events/event";
import type { TownProcess } from "./town-process.ts";

const ASK_EVERY_MS = 50;

export type Followed = {
  /** From when it happened (somebody's first frame, a bus's arrival by its tracker) to the first search that finds it. */
  found_ms(): readonly number[];
  /** The highest revision of each occurrence that a search has ever found. */
  seen(): ReadonlyMap<string, number>;
};

/** A kind of event, and the field that says when it happened. */
type Kind = { readonly type: string; readonly happened: string };
const STAYS: Kind = { type: "yard.presence", happened: "since" };
export const CALLS: Kind = { type: "transit.stop-visit", happened: "arrived_at" };

/** Searches again and again as an impatient dispatcher would, and notes when each event is found for the first time. */
export function followEvents(town: TownProcess, signal: AbortSignal, kind = STAYS): Followed {
  const found = new Map<string, number>();
  const seen = new Map<string, number>();
  const began_ms = Date.now();

  async function ask(): Promise<void> {
    const page = await town.get<{ events: YardlineEvent[] }>(`/v1/events?limit=50&type=${kind.type}`);
    const now_ms = Date.now();
    for (const { occurrence, revision, data } of page.events) {
      seen.set(occurrence, Math.max(revision, seen.get(occurrence) ?? 0));
      // What is found at its end was found at its opening too, unless nobody could ask meanwhile.
      const happened_ms = Date.parse(String(data[kind.happened]));
      // What happened before anybody looked was found late by nobody's fault.
      if (!found.has(occurrence) && revision === 0 && happened_ms >= began_ms)
        found.set(occurrence, now_ms - happened_ms);
    }
  }

  void (async () => {
    try {
      for await (const _ of setInterval(ASK_EVERY_MS, undefined, { signal })) await ask().catch(() => {});
    } catch {
      // Aborted: the run is over.
    }
  })();
  return { found_ms: () => [...found.values()], seen: () => seen };
}

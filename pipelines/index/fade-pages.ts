import type { EpochMs } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { fadedAt, type Held, personalUntil } from "@yardline/events/fade";
import type { Found } from "./event-index.ts";
import type { Span } from "./plan.ts";

type Engine = {
  page(span: Span, cursor: string | undefined): Promise<Found>;
  /** Replaces what is there of the same revision. */
  write(events: readonly YardlineEvent[]): Promise<void>;
};

/** Goes through stretches of time page by page. @returns how many events changed, and whether any has to later. */
export async function fadePages(
  spans: readonly Span[],
  { now_ms, held }: { readonly now_ms: EpochMs; readonly held: readonly Held[] },
  { page, write }: Engine,
): Promise<{ readonly changed: number; readonly waits: boolean }> {
  let [changed, waits] = [0, false];
  for (const span of spans) {
    for (let cursor: string | undefined; ; ) {
      const found = await page(span, cursor);
      const faded = found.events.flatMap((event) => {
        const left = fadedAt(event, now_ms, held);
        if (left === event) waits ||= now_ms < (personalUntil(event) ?? now_ms);
        return left === event ? [] : [left];
      });
      if (faded.length > 0) await write(faded);
      changed += faded.length;
      cursor = found.cursor;
      if (cursor === undefined) break;
    }
  }
  return { changed, waits };
}

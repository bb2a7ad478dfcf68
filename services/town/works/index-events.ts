import { fadePersonal } from "@yardline/indexer/fade-personal";
import { runHistoryFeed } from "@yardline/indexer/history-feed";
import { runIndexer } from "@yardline/indexer/indexer";
import { keepIndexRetention } from "@yardline/indexer/retention";
import type { Site } from "../site.ts";

/** Carries statements from the bus into the index, and stop visits into the planners' history, each at its own pace. */
export async function startIndexing(
  { stores, parts, deletions, clock, log }: Site,
  signal: AbortSignal,
): Promise<void> {
  const [bus, index, history, records] = await Promise.all([
    stores.bus(),
    stores.index(),
    stores.history(),
    stores.records(),
  ]);
  const fading = fadePersonal({ index, bus, records, clock, log, signal });
  parts.run("personal fields", false, fading.ended);
  parts.run("indexer", true, runIndexer({ bus, index, clock, log, held: fading.held, signal }));
  parts.run(
    "index retention",
    false,
    keepIndexRetention({
      ...{ index, clock, log, signal },
      gone: (periods) => deletions?.events(periods),
    }),
  );
  parts.run("history", false, runHistoryFeed({ bus, history, log, signal }));
}

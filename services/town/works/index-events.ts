import { type Fading, type FadingParts, fadePersonal } from "@yardline/indexer/fade-personal";
import { runHistoryFeed } from "@yardline/indexer/history-feed";
import { runIndexer } from "@yardline/indexer/indexer";
import { fadeNext } from "@yardline/indexer/rebuild-folder";
import { keepIndexRetention } from "@yardline/indexer/retention";
import type { Site } from "../site.ts";

/** Carries statements from the bus into the index, and stop visits into the planners' history, each at its own pace. */
export async function startIndexing(site: Site, signal: AbortSignal): Promise<void> {
  const { stores, parts, deletions, clock, log, folder } = site;
  const [bus, index, history] = await Promise.all([stores.bus(), stores.index(), stores.history()]);
  const beside: NonNullable<FadingParts["beside"]> = (...asked) => fadeNext(folder, ...asked);
  const fading = await startFading(site, signal, { index, beside });
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

/** Takes personal fields in time out of this process's bus, and of its index where it has one: an edge keeps what it said for days. */
export async function startFading(
  { stores, parts, deletions, clock, log }: Site,
  signal: AbortSignal,
  of: Pick<FadingParts, "index" | "beside"> = {},
): Promise<Fading> {
  const [bus, records] = await Promise.all([stores.bus(), stores.records()]);
  const gone: FadingParts["gone"] = (where, events) => deletions?.faded(where, events);
  const fading = fadePersonal({ ...of, bus, records, clock, log, signal, gone });
  parts.run("personal fields", false, fading.ended);
  return fading;
}

import { workerData } from "node:worker_threads";
import { serveThread } from "@yardline/bus/thread";
import { anchorOf } from "@yardline/events/identity";
import { countIn } from "./count.ts";
import type { Bucket, Cut, EventQuery, Page, Total } from "./event-index.ts";
import { histogramIn } from "./histogram.ts";
import { OpenPeriods } from "./open-periods.ts";
import { COUNT_MS_MAX, HISTOGRAM_MS_MAX, patienceFor, SEARCH_MS_MAX } from "./patience.ts";
import type { Hit } from "./period-reader.ts";
import { checkPage, EVER } from "./plan.ts";
import { type Answer, scanIn, searchIn } from "./search.ts";

/** A thread that reads, with handles of its own: it waits for nobody who writes, and nobody waits for it. */
const files = new OpenPeriods(workerData.folder);

/** What this thread has used of a processor. */
function cpu_ms(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** The files as they are when a question comes. */
function periods(): OpenPeriods {
  files.refresh();
  return files;
}

const operations = {
  /** Opens the newest period of each class, so that a wrong folder is noticed at start. */
  open(): void {
    const now = periods();
    for (const some of now.classesIn(EVER, "DESC")) {
      const [newest] = some;
      if (newest) now.readerOf(newest);
    }
  },

  get(occurrence: string): Hit | undefined {
    const at_ms = anchorOf(occurrence);
    const now = periods();
    for (const period of now.listIn({ from_ms: at_ms, to_ms: at_ms + 1 })) {
      const hit = now.readerOf(period)?.find(occurrence);
      if (hit) return hit;
    }
    return undefined;
  },

  search(query: EventQuery, page: Page): Answer {
    checkPage(page.limit);
    return searchIn(periods(), query, page, { isOver: patienceFor(SEARCH_MS_MAX, cpu_ms) });
  },

  scan(page: Page): Answer {
    checkPage(page.limit);
    return scanIn(periods(), page);
  },

  count(query: EventQuery): Total {
    return countIn(periods(), query, patienceFor(COUNT_MS_MAX, cpu_ms));
  },

  histogram(query: EventQuery, cut: Cut): readonly Bucket[] {
    return histogramIn(periods(), query, cut, patienceFor(HISTOGRAM_MS_MAX, cpu_ms));
  },
};

export type ReaderOperations = typeof operations;

serveThread(operations, () => files.close());

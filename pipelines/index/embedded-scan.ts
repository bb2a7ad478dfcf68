import type { EventIndex } from "./event-index.ts";
import { eventOf } from "./kept.ts";
import { OpenPeriods } from "./open-periods.ts";
import { checkPage } from "./plan.ts";
import { scanIn } from "./search.ts";

/** Reads through an embedded index, also while another process writes to it. Changes nothing. */
export function openEmbeddedScan({
  folder,
}: {
  readonly folder: string;
}): Pick<EventIndex, "scan" | "close"> {
  const periods = new OpenPeriods(folder);
  return {
    async scan(page) {
      checkPage(page.limit);
      periods.refresh();
      const { hits, cursor } = scanIn(periods, page);
      return { events: hits.map(eventOf), ...(cursor !== undefined && { cursor }) };
    },
    close: async () => periods.close(),
  };
}

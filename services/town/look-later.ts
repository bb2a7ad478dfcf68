import type { ReviewView } from "@yardline/api/parts";
import type { Clock } from "@yardline/domain/time";
import { lookInto } from "@yardline/history/duckdb-questions";
import { readCancelled } from "@yardline/operations/cancelled-runs";
import type { Records } from "@yardline/records/records";

/** The history that another process writes into a folder, looked into from the first question on: it may not be there before. */
export function lookLater(folder: string, clock: Clock) {
  let found: ReturnType<typeof lookInto> | undefined;
  return {
    /** @throws AppError `HISTORY_ABSENT` */
    async history() {
      found ??= lookInto(folder, clock);
      return found;
    },
    async close(): Promise<void> {
      await found?.close();
    },
  };
}

/** What planners ask is answered by the timetables as they are when it is asked. */
export function reviewOf(
  timetables: { readonly now: ReviewView["timetables"] },
  history: ReviewView["history"],
  records: () => Promise<Pick<Records, "list">>,
): ReviewView {
  return {
    get timetables() {
      return timetables.now;
    },
    history,
    cancelled: async (days) => readCancelled(await records(), days),
  };
}

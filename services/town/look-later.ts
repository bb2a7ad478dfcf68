import type { Clock } from "@yardline/domain/time";
import { lookInto } from "@yardline/history/duckdb-questions";

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

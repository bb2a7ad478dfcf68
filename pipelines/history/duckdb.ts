import { rmSync } from "node:fs";
import { startThread, type Thread } from "@yardline/bus/thread";
import { AppError } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { dayAfter, type ServiceDate } from "@yardline/timetable/service-day";
import { clearLeftOvers, listDayFiles } from "./day-files.ts";
import { DuckChild, type DuckWatch } from "./duckdb-child.ts";
import { askDuck, type Questions } from "./duckdb-questions.ts";
import { exportHistory } from "./export.ts";
import {
  type Appended,
  type CountQuery,
  type CountRow,
  type DistributionQuery,
  type DistributionRow,
  type Export,
  type History,
  HOT_DAYS,
  LATE_DAYS_MAX,
  type PercentileQuery,
  type PercentileRow,
  type StopVisit,
  type VisitsQuery,
} from "./history.ts";
import type { HotOperations } from "./hot-thread.ts";

export type HistoryWatch = DuckWatch & {
  appended(fates: Appended): void;
  /** A service day is in its file now. */
  dayClosed(service_date: ServiceDate): void;
  /** A day was kept long enough and is removed. */
  dayExpired(service_date: ServiceDate): void;
  /** Days could not be closed; they stay hot, and are tried again. */
  closingFailed(error: AppError): void;
};

export type DuckHistoryOptions = {
  /** Made where it is missing; one process at a time writes it. */
  readonly folder: string;
  readonly clock: Clock;
  /** What DuckDB may take; the process around it may have twice as much. */
  readonly memory_mb?: number;
  readonly threads?: number;
  /** Days older than the newest one by more than this are removed. */
  readonly keep_days?: number;
  readonly watch?: HistoryWatch;
};

const MEMORY_MB = 1_024;
const THREADS = 2;
const KEEP_DAYS = 1_100;
const CLOSE_DAY_MS_MAX = 5 * 60_000;
/** After days could not be closed, so long passes before they are tried again. */
const CLOSE_AGAIN_MS = 10 * 60_000;

/**
 * Opens the history that needs no server: an SQLite file with the visits of the last days, one Parquet file a closed day, and
 * DuckDB in a child process that answers from both and can die without harm.
 * @throws AppError `STORE_IN_USE` while another process writes it; `HISTORY_UNAVAILABLE`, `STORE_DAMAGED`, `STORE_FOREIGN`, `STORE_FORMAT`.
 */
export async function openDuckHistory(options: DuckHistoryOptions): Promise<DuckHistory> {
  const { folder, clock, watch, memory_mb = MEMORY_MB, threads = THREADS } = options;
  const hot = startThread<HotOperations>(new URL("./hot-thread.ts", import.meta.url), { folder });
  try {
    await hot.call("listDays");
    clearLeftOvers(folder);
    return new DuckHistory(options, hot, new DuckChild({ folder, clock, watch, memory_mb, threads }));
  } catch (thrown) {
    await hot.close();
    throw thrown;
  }
}

export class DuckHistory implements History {
  readonly #options: DuckHistoryOptions;
  readonly #hot: Thread<HotOperations>;
  readonly #duck: DuckChild;
  readonly #questions: Questions;
  #closing: Promise<void> | undefined;
  /** The day and the moment of the last attempt to close days. */
  #attempted: { readonly today: ServiceDate; readonly at_ms: number; readonly failed: boolean } | undefined;
  #closed = false;

  constructor(options: DuckHistoryOptions, hot: Thread<HotOperations>, duck: DuckChild) {
    this.#options = options;
    this.#hot = hot;
    this.#duck = duck;
    this.#questions = askDuck(duck);
  }

  async append(visits: readonly StopVisit[]): Promise<Appended> {
    if (this.#closed)
      throw new AppError("HISTORY_UNAVAILABLE", "The history is closed.", { retryable: true });
    const today = this.#today();
    const [first, last] = [dayAfter(today, -(HOT_DAYS + LATE_DAYS_MAX)), dayAfter(today, 1)];
    const inside = visits.filter(({ service_date }) => first <= service_date && service_date <= last);
    const taken = inside.length === 0 ? 0 : await this.#hot.call("append", inside);
    const fates = { taken, kept: inside.length - taken, refused: visits.length - inside.length };
    this.#options.watch?.appended(fates);
    if (this.#isTimeToClose(today)) void this.closeDays();
    return fates;
  }

  percentiles(query: PercentileQuery, signal?: AbortSignal): Promise<readonly PercentileRow[]> {
    return this.#questions.percentiles(query, signal);
  }

  distribution(query: DistributionQuery, signal?: AbortSignal): Promise<readonly DistributionRow[]> {
    return this.#questions.distribution(query, signal);
  }

  counts(query: CountQuery, signal?: AbortSignal): Promise<readonly CountRow[]> {
    return this.#questions.counts(query, signal);
  }

  visits(query: VisitsQuery, signal?: AbortSignal): Promise<readonly StopVisit[]> {
    return this.#questions.visits(query, signal);
  }

  export(request: Export, signal?: AbortSignal): Promise<number> {
    return exportHistory(request, { ...this.#options, signal });
  }

  /**
   * Writes the days that are over for good, and closed days with corrections, into their files. Appending does so by itself once
   * a day. What fails is told to the watch and stays as it is.
   */
  closeDays(): Promise<void> {
    this.#closing ??= this.#closeAll().finally(() => {
      this.#closing = undefined;
    });
    return this.#closing;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#duck.close();
    await this.#closing;
    await this.#hot.close();
  }

  async #closeAll(): Promise<void> {
    const { clock, watch } = this.#options;
    const today = this.#today();
    const failed = { today, at_ms: clock.monotonic_ms(), failed: true };
    this.#attempted = failed;
    try {
      const hotFrom = dayAfter(today, 1 - HOT_DAYS);
      const days = await this.#hot.call("listDays");
      for (const date of days.filter((each) => each < hotFrom)) {
        const through = await this.#duck.call("closeDay", [date], { timeout_ms: CLOSE_DAY_MS_MAX });
        await this.#hot.call("drop", date, through);
        watch?.dayClosed(date);
      }
      this.#expire();
      this.#attempted = { ...failed, failed: false };
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      if (!this.#closed) watch?.closingFailed(thrown);
    }
  }

  /** By the newest day that there is, so that a clock that is years ahead removes nothing. */
  #expire(): void {
    const { folder, keep_days = KEEP_DAYS, watch } = this.#options;
    const files = listDayFiles(folder);
    const newest = files.at(-1)?.service_date;
    if (newest === undefined) return;
    const keptFrom = dayAfter(newest, -keep_days);
    for (const { service_date, path } of files.filter((file) => file.service_date < keptFrom)) {
      rmSync(path, { force: true });
      watch?.dayExpired(service_date);
    }
  }

  #isTimeToClose(today: ServiceDate): boolean {
    const last = this.#attempted;
    if (!last || last.today !== today) return true;
    return last.failed && this.#options.clock.monotonic_ms() - last.at_ms > CLOSE_AGAIN_MS;
  }

  #today(): ServiceDate {
    return isoOf(this.#options.clock.now_ms()).slice(0, 10).replaceAll("-", "");
  }
}

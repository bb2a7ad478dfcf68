import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type JS,
  VARCHAR,
} from "@duckdb/node-api";
import { AppError } from "@yardline/domain/errors";
import type { ServiceDate } from "@yardline/timetable/service-day";
import { type DayFile, daysFolder, listDayFiles, nextDayFile } from "./day-files.ts";
import { exportSql } from "./export-sql.ts";
import type {
  CountQuery,
  DistributionQuery,
  FolderExport,
  FolderFilter,
  PercentileQuery,
  VisitFilter,
  VisitsQuery,
} from "./history.ts";
import { changesAfter, findHotFile, HOT_COLUMNS } from "./hot-file.ts";
import {
  closeDaySql,
  countsSql,
  dateSql,
  distributionSql,
  HOT_TABLES,
  percentilesSql,
  type Sources,
  TAKE_IN,
  visitsPageSql,
} from "./sql.ts";

/** Rows of one piece that is handed to DuckDB: its own vector size. */
const CHUNK_ROWS = 2_048;
/** Chunks between two moments in which a cancellation is heard, and of one transaction. */
const CHUNKS_PER_TURN = 25;

const TEXTS = new Set<string>([
  "service_date",
  "tenant",
  "feed",
  "trip_id_scheduled",
  "start_time",
  "vehicle_id",
  "route_id",
  "stop_id",
  "occurrence",
]);
const INCOMING = ["id", "change", ...HOT_COLUMNS].map((name) => (TEXTS.has(name) ? VARCHAR : DOUBLE));

export type DuckLimits = { readonly memory_mb: number; readonly threads: number };

/**
 * Closed days' files and a copy of the hot file's rows, seen as one by DuckDB. It keeps nothing of its own: at any moment it may
 * be killed, and a new one finds the same. One operation at a time.
 */
export class DuckDatabase {
  readonly #folder: string;
  /** Undefined while nothing was ever appended. */
  #hot: DatabaseSync | undefined;
  readonly #connection: DuckDBConnection;
  /** How far the hot file's changes were copied. */
  #change = 0;
  #cancelled = false;

  private constructor(folder: string, connection: DuckDBConnection) {
    this.#folder = folder;
    this.#connection = connection;
  }

  static async open(folder: string, { memory_mb, threads }: DuckLimits): Promise<DuckDatabase> {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: `${memory_mb}MiB`,
      threads: `${threads}`,
      // What does not fit is refused: a planner asks again for less, and no disk fills up.
      temp_directory: "",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(HOT_TABLES);
    return new DuckDatabase(folder, connection);
  }

  percentiles(query: PercentileQuery): Promise<Record<string, JS>[]> {
    return this.#ask(query.filter, (sources) => percentilesSql(query, sources));
  }

  distribution(query: DistributionQuery): Promise<Record<string, JS>[]> {
    return this.#ask(query.filter, (sources) => distributionSql(query, sources));
  }

  counts(query: CountQuery): Promise<Record<string, JS>[]> {
    return this.#ask(query.filter, (sources) => countsSql(query, sources));
  }

  /** A page of visits, a row each in the order of the columns of `visitsPageSql`. */
  async visits(query: VisitsQuery): Promise<JS[][]> {
    await this.#copyChanges();
    const result = await this.#connection.run(visitsPageSql(query, await this.#sourcesOf(query.filter)));
    return result.getRowsJS();
  }

  /** @param path is written, synced and left to the caller to rename. @returns the rows. */
  async export(request: FolderExport, form: "csv" | "parquet", path: string): Promise<number> {
    await this.#copyChanges();
    const sources = await this.#sourcesOf(request.filter);
    const result = await this.#connection.run(exportSql(request, sources, form, path));
    sync(path);
    return result.rowsChanged;
  }

  /**
   * Writes a day's next file out of everything there is of it.
   * @returns how far the hot file's changes are in it.
   */
  async closeDay(date: ServiceDate): Promise<number> {
    await this.#copyChanges();
    const present = listDayFiles(this.#folder).filter(({ service_date }) => service_date === date);
    const next = nextDayFile(this.#folder, date);
    const part = `${next.path}.${process.pid}.part`;
    mkdirSync(daysFolder(this.#folder), { recursive: true });
    const sources = { closed: [], corrected: present.map(({ path }) => path) };
    try {
      await this.#connection.run(closeDaySql(date, sources, part));
      sync(part);
      // Unlike a rename this never takes another's place: a process whose parent was killed may have a last breath left.
      linkSync(part, next.path);
      sync(dirname(next.path));
    } finally {
      rmSync(part, { force: true });
    }
    for (const { path } of present) rmSync(path, { force: true });
    await this.#connection.run(`DELETE FROM hot WHERE service_date = ${dateSql(date)}`);
    return this.#change;
  }

  /** Ends the operation under way with `HISTORY_CANCELLED`. */
  cancel(): void {
    this.#cancelled = true;
    this.#connection.interrupt();
  }

  async #ask(filter: VisitFilter, sqlOf: (sources: Sources) => string): Promise<Record<string, JS>[]> {
    await this.#copyChanges();
    const result = await this.#connection.run(sqlOf(await this.#sourcesOf(filter)));
    return result.getRowObjectsJS();
  }

  async #sourcesOf({ from, to }: FolderFilter): Promise<Sources> {
    const hot = await this.#connection.run("SELECT DISTINCT strftime(service_date, '%Y%m%d') FROM hot");
    const open = new Set((await hot.getRowsJS()).map(([date]) => date));
    // Listed after the hot rows were copied: a day that was closed in between is in both, and none in neither.
    const files = listDayFiles(this.#folder).filter(
      (day) => from <= day.service_date && day.service_date <= to,
    );
    const pathsOf = (days: readonly DayFile[]) => days.map(({ path }) => path);
    return {
      closed: pathsOf(files.filter(({ service_date }) => !open.has(service_date))),
      corrected: pathsOf(files.filter(({ service_date }) => open.has(service_date))),
    };
  }

  async #copyChanges(): Promise<void> {
    this.#cancelled = false;
    this.#hot ??= findHotFile(this.#folder);
    if (!this.#hot) return;
    let chunks = 0;
    let change = this.#change;
    for (const rows of changesAfter(this.#hot, this.#change, CHUNK_ROWS)) {
      const chunk = DuckDBDataChunk.create(INCOMING, rows.length);
      chunk.setRows(rows);
      const appender = await this.#connection.createAppender("incoming");
      appender.appendDataChunk(chunk);
      appender.closeSync();
      change = Number(rows.at(-1)?.[1]);
      chunks++;
      if (chunks % CHUNKS_PER_TURN === 0) await this.#takeIn();
    }
    await this.#takeIn();
    this.#change = change;
  }

  async #takeIn(): Promise<void> {
    await this.#connection.run(TAKE_IN);
    await nextTurn();
    if (this.#cancelled) throw new AppError("HISTORY_CANCELLED", "It was cancelled.");
  }
}

function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

import { startThread, type Thread } from "@yardline/bus/thread";
import { AppError } from "@yardline/domain/errors";
import { checkName, isId, packChanges, unpackRow } from "./changes.ts";
import type { Change, Records, Row } from "./records.ts";
import { openRowReader, type RowReader } from "./sqlite-rows.ts";
import type { RecordsOperations } from "./sqlite-thread.ts";

/**
 * Opens Records in one SQLite file, written in a thread of its own.
 * @throws AppError `STORE_IN_USE` while another process has it; `RECORDS_UNAVAILABLE`, `STORE_DAMAGED`, `STORE_FOREIGN`, `STORE_FORMAT`.
 */
export async function openSqliteRecords({ path }: { readonly path: string }): Promise<Records> {
  const thread = startThread<RecordsOperations>(new URL("./sqlite-thread.ts", import.meta.url), { path });
  try {
    await thread.call("open");
    return new SqliteRecords(thread, openRowReader(path));
  } catch (thrown) {
    await thread.close();
    throw thrown;
  }
}

class SqliteRecords implements Records {
  readonly #thread: Thread<RecordsOperations>;
  readonly #reader: RowReader;
  #closed = false;

  constructor(thread: Thread<RecordsOperations>, reader: RowReader) {
    this.#thread = thread;
    this.#reader = reader;
  }

  async find(kind: string, id: string): Promise<Row | undefined> {
    const [row] = await this.findAll(kind, [id]);
    return row;
  }

  async findAll(kind: string, ids: readonly string[]): Promise<readonly Row[]> {
    this.#refuseClosed();
    const known = ids.filter(isId);
    return this.#reader.find(kind, known).map(unpackRow);
  }

  async list(kind: string): Promise<readonly Row[]> {
    this.#refuseClosed();
    return (await this.#thread.call("list", kind)).map(unpackRow);
  }

  async write(changes: readonly Change[]): Promise<void> {
    this.#refuseClosed();
    if (changes.length === 0) return;
    await this.#thread.call("write", packChanges(changes));
  }

  async dropBefore(kind: string, id: string): Promise<void> {
    this.#refuseClosed();
    checkName(kind, id);
    await this.#thread.call("dropBefore", kind, id);
  }

  async wipe(): Promise<void> {
    this.#refuseClosed();
    await this.#thread.call("wipe");
  }

  async close(): Promise<void> {
    if (!this.#closed) this.#reader.close();
    this.#closed = true;
    await this.#thread.close();
  }

  #refuseClosed(): void {
    if (this.#closed) throw new AppError("RECORDS_UNAVAILABLE", "Records are closed.", { retryable: true });
  }
}

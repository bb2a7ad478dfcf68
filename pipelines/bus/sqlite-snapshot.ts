import { backup, DatabaseSync, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { AppError } from "@yardline/domain/errors";
import { guarded } from "./sqlite-file.ts";

/** Pages that are copied between two calls of `progress`: some 8 MB. */
const PAGES_AT_ONCE = 1_000;
const KIND = { what: "store", unavailable: "STORE_UNAVAILABLE" };

/**
 * A look at a SQLite file that perhaps another process writes to. Once it is fixed, it shows the file as it was then, however
 * long the copying takes; the writer is not held up, only its log grows meanwhile.
 */
export class SqliteSnapshot implements Disposable {
  readonly path: string;
  readonly #reader: DatabaseSync;
  /** Apart from the reader, because what a connection sees stands still while it is in a transaction. */
  readonly #watcher: DatabaseSync;
  readonly #version: StatementSync;

  /** @throws AppError `STORE_UNAVAILABLE`, also where there is no such file: none is made. `STORE_DAMAGED`. */
  constructor(path: string) {
    this.path = path;
    const url = pathToFileURL(path);
    // Not read-only: after a kill, the log must be put in order before anybody can read.
    url.searchParams.set("mode", "rw");
    using opening = new DisposableStack();
    const opened = () => opening.adopt(new DatabaseSync(url, { timeout: 1_000 }), (db) => db.close());
    [this.#reader, this.#watcher, this.#version] = guarded(path, KIND, () => {
      const [reader, watcher] = [opened(), opened()];
      return [reader, watcher, watcher.prepare("PRAGMA data_version")];
    });
    opening.move();
  }

  get isFixed(): boolean {
    return this.#reader.isTransaction;
  }

  /** From here on it shows the file as it is now. */
  fix(): void {
    // A transaction begins with its first reading.
    guarded(this.path, KIND, () => this.#reader.exec("BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1"));
  }

  /** Differs from what it was when anybody committed in between. https://www.sqlite.org/pragma.html#pragma_data_version */
  version(): number {
    return guarded(this.path, KIND, () => Number(this.#version.get()?.["data_version"]));
  }

  /**
   * Writes what it shows into a new file, and looks the copy through.
   * @param progress is called between pieces; what it throws ends the copying.
   * @throws AppError `STORE_DAMAGED` naming the file that is copied; `STORE_UNAVAILABLE` naming the copy.
   */
  async copyTo(copy: string, progress: () => void): Promise<void> {
    try {
      await backup(this.#reader, copy, { rate: PAGES_AT_ONCE, progress });
      using opening = new DisposableStack();
      const db = opening.adopt(new DatabaseSync(copy), (each) => each.close());
      const fault = db.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
      if (fault !== "ok") {
        const mend = "Move it away, or restore it from a backup, and start again.";
        throw new AppError("STORE_DAMAGED", `${this.path} is damaged: ${fault}. ${mend}`);
      }
    } catch (cause) {
      guarded(copy, KIND, () => {
        throw cause;
      });
    }
  }

  [Symbol.dispose](): void {
    for (const db of [this.#reader, this.#watcher]) if (db.isOpen) db.close();
  }
}

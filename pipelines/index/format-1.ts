import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { guarded, openSqliteFile, type SqliteFormat } from "@yardline/bus/sqlite-file";
import type { YardlineEvent } from "@yardline/events/event";

/** What release 0.1.0 kept: a file a week, the events as JSON text. Only `./yardline upgrade` still reads it. */
const WEEK_FILE: SqliteFormat = {
  what: "event index",
  application_id: 0x59_4c_49_58, // "YLIX"
  format: 1,
  schema: "",
  unavailable: "INDEX_UNAVAILABLE",
};

const NAME = /^\d{4}-\d{2}-\d{2}\.sqlite$/;
/** Events of one batch. */
const BATCH_MAX = 500;

/** Its files, oldest week first; none where a folder is no index of the first format. */
export function listFormat1(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const weeks = readdirSync(folder).filter((name) => NAME.test(name));
  return weeks.toSorted().map((name) => join(folder, name));
}

/**
 * Everything that one of its files holds, withdrawn statements included, oldest first, in batches.
 * @throws AppError `STORE_DAMAGED`, `STORE_FOREIGN`, `STORE_FORMAT`, `INDEX_UNAVAILABLE`.
 */
export function* readFormat1(path: string): Generator<readonly YardlineEvent[]> {
  using closing = new DisposableStack();
  const db = closing.adopt(openSqliteFile(path, WEEK_FILE), (each) => each.close());
  const rows = guarded(path, WEEK_FILE, () =>
    db.prepare("SELECT body FROM event ORDER BY slot, rest").iterate(),
  );
  for (;;) {
    const events = guarded(path, WEEK_FILE, () => nextOf(rows));
    if (events.length === 0) return;
    yield events;
  }
}

function nextOf(rows: Iterator<Readonly<Record<string, unknown>>>): YardlineEvent[] {
  const events: YardlineEvent[] = [];
  while (events.length < BATCH_MAX) {
    const { done, value } = rows.next();
    if (done) break;
    events.push(JSON.parse(String(value["body"])));
  }
  return events;
}

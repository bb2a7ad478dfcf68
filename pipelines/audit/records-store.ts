import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { BEGINNING, type Head, type Link, linkEntry, readLink } from "./chain.ts";
import type { NewEntry } from "./entry.ts";
import type { LogLine } from "./log-line.ts";
import type { AuditStore, Extent } from "./store.ts";

/** Rows by number, the head of the chain, and the notes of what is gone. */
const ENTRY = "audit";
const STATE = "audit-state";
const HEAD = "head";
const NOTES = "pruned";
/** Of several processes that write at once each is refused now and then; so often it tries again. */
const TRIES_MAX = 50;
/** Entries go in pieces of this, so that a note stands for each. */
const PRUNE_STEP = 1_000;
/** Rows that are read at once for whoever verifies all. */
const READ_STEP = 500;
/** A gap that is longer than so many readings is taken for the end, however far the head says that the log goes. */
const EMPTY_STEPS_MAX = 2_000;

const State = Type.Object({
  size: Type.Integer({ minimum: 0 }),
  hash: Type.String({ pattern: "^[0-9a-f]{64}$" }),
});
const Notes = Type.Object({ first: State, text: Type.String() });

/** Keeps the log in Records, for any number of processes on the same ones: whoever comes second links behind the first. */
export function openRecordsStore(records: Records): AuditStore {
  const readHead = async () => {
    const row = await records.find(STATE, HEAD);
    return { revision: row?.revision ?? 0, head: row ? checked(State, row.value, HEAD) : BEGINNING };
  };
  const readNotes = async () => {
    const row = await records.find(STATE, NOTES);
    return {
      revision: row?.revision ?? 0,
      ...(row ? checked(Notes, row.value, NOTES) : { first: BEGINNING, text: "" }),
    };
  };
  return {
    torn_bytes: 0,
    isDamaged: false,
    async append(deeds, at_ms) {
      for (let tries = 1; ; tries++) {
        const { revision, head } = await readHead();
        const links = linked(deeds, head, at_ms);
        const next = links.at(-1)?.head ?? head;
        const rows = links.map(({ entry, line }) => ({
          kind: ENTRY,
          id: idOf(entry.seq),
          expected: 0,
          value: line,
        }));
        try {
          await records.write([...rows, { kind: STATE, id: HEAD, expected: revision, value: next }]);
          return next;
        } catch (thrown) {
          const isRace = thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT";
          if (!isRace || tries >= TRIES_MAX) throw unavailable(thrown);
        }
      }
    },
    async read(from, limit) {
      const ids = Array.from({ length: limit }, (_, at) => idOf(from + at));
      const rows = await records.findAll(ENTRY, ids);
      return rows.flatMap(({ value }) => (typeof value === "string" ? (readLink(value) ?? []) : []));
    },
    async extent(): Promise<Extent> {
      return { first: (await readNotes()).first, head: (await readHead()).head };
    },
    lines: () => readRecordsLog(records),
    notes: () => readRecordsNotes(records),
    async prune(before, noteOf) {
      const { revision, first, text } = await readNotes();
      const size = before - (before % PRUNE_STEP);
      if (size <= first.size) return undefined;
      const row = await records.find(ENTRY, idOf(size - 1));
      const last = typeof row?.value === "string" ? readLink(row.value) : undefined;
      if (!last) return undefined;
      const value = { first: last.head, text: text + noteOf(last.head) };
      await records.write([{ kind: STATE, id: NOTES, expected: revision, value }]);
      await records.dropBefore(ENTRY, idOf(size));
      return last.head;
    },
    // The server's disk is for whoever looks after the server.
    lookAfter: async () => undefined,
    // The records belong to whoever opened them.
    close: async () => undefined,
  };
}

/**
 * What is kept in Records, as it stands there, for `verify.ts`; a piece at a time, however long it is. Rows are asked for by number, from the
 * first that is kept until the head has been reached and nothing follows.
 */
export async function* readRecordsLog(records: Pick<Records, "find" | "findAll">): AsyncGenerator<LogLine> {
  const { first, size } = await boundsOf(records);
  let [from, end, empty] = [first, first, 0];
  while (empty < EMPTY_STEPS_MAX && (empty === 0 || from < size)) {
    const ids = Array.from({ length: READ_STEP }, (_, at) => idOf(from + at));
    const rows = await records.findAll(ENTRY, ids);
    for (const { id, value } of rows) yield { place: `row ${id}`, text: String(value) };
    const last = rows.at(-1);
    if (last) end = Number(last.id) + 1;
    empty = last ? 0 : empty + 1;
    from += READ_STEP;
  }
  if (end < size) yield { place: `row ${HEAD}`, fault: `it knows of ${size} entries; rows end after ${end}` };
}

/** From which row on there should be some, and how many the log says that it has; 0 where these rows themselves are not as they were. */
async function boundsOf(
  records: Pick<Records, "find">,
): Promise<{ readonly first: number; readonly size: number }> {
  const [notes, head] = [await records.find(STATE, NOTES), await records.find(STATE, HEAD)];
  return {
    first: notes && Value.Check(Notes, notes.value) ? notes.value.first.size : 0,
    size: head && Value.Check(State, head.value) ? head.value.size : 0,
  };
}

/** The signed notes of what is gone. */
export async function readRecordsNotes(records: Records): Promise<string> {
  const row = await records.find(STATE, NOTES);
  return row && Value.Check(Notes, row.value) ? row.value.text : "";
}

/** Sorts as the numbers do. */
function idOf(seq: number): string {
  return String(seq).padStart(15, "0");
}

function linked(deeds: readonly NewEntry[], from: Head, at_ms: EpochMs): readonly Link[] {
  let head = from;
  return deeds.map((deed) => {
    const link = linkEntry(deed, head, at_ms);
    head = link.head;
    return link;
  });
}

function checked<Schema extends typeof State | typeof Notes>(
  schema: Schema,
  value: unknown,
  id: string,
): Static<Schema> {
  if (Value.Check(schema, value)) return value as Static<Schema>;
  const message = `The audit log's row "${id}" cannot be read; restore the records from a backup.`;
  throw new AppError("RECORDS_REFUSED", message);
}

function unavailable(cause: unknown): AppError {
  if (cause instanceof AppError && !cause.retryable && cause.code !== "RECORDS_CONFLICT") return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError("AUDIT_UNAVAILABLE", `The audit log cannot be written now: ${why}`, {
    retryable: true,
    cause,
  });
}

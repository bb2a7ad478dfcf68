import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Action, AuditEntry } from "./entry.ts";
import type { AuditStore } from "./store.ts";

/** Entries that are read at once, and for one page: what is older is behind the page's cursor. */
const READ_AT_ONCE = 500;
const READ_MAX = 20_000;
const CURSOR = /^b(\d{1,15})$/;

/** Whose deeds, of what kind, to what, when: all that is given must hold. */
export type AuditQuestion = {
  readonly tenant?: string;
  readonly who?: string;
  readonly action?: Action;
  readonly object_kind?: string;
  readonly object_id?: string;
  readonly incident?: string;
  readonly from_ms?: EpochMs;
  readonly to_ms?: EpochMs;
};

export type AuditPage = {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** Absent on the last page. A page may be short, or empty, and not be the last: so many were read without finding more. */
  readonly cursor?: string;
};

/**
 * Reads back from the newest entry, or from where the page before ended. What is written meanwhile does not move a cursor.
 * @throws AppError `AUDIT_CURSOR`; as the store.
 */
export async function searchLog(
  store: Pick<AuditStore, "read" | "extent">,
  question: AuditQuestion,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<AuditPage> {
  const { first, head } = await store.extent();
  let before = cursor === undefined ? head.size : Math.min(head.size, numberOf(cursor));
  const entries: AuditEntry[] = [];
  for (let read = 0; read < READ_MAX && before > first.size; read += READ_AT_ONCE) {
    const from = Math.max(first.size, before - READ_AT_ONCE);
    const links = await store.read(from, before - from);
    for (const { entry } of links.toReversed()) {
      if (entry.seq >= before || !isAsked(entry, question)) continue;
      entries.push(entry);
      if (entries.length === limit) return { entries, ...cursorAt(entry.seq, first.size) };
    }
    before = from;
  }
  return { entries, ...cursorAt(before, first.size) };
}

function isAsked(entry: AuditEntry, question: AuditQuestion): boolean {
  const { tenant, who, action, object_kind, object_id, incident, from_ms, to_ms } = question;
  return (
    (tenant === undefined || entry.tenant === tenant) &&
    (who === undefined || entry.who === who) &&
    (action === undefined || entry.action === action) &&
    (object_kind === undefined || entry.object.kind === object_kind) &&
    (object_id === undefined || entry.object.id === object_id) &&
    (incident === undefined || entry.incident === incident) &&
    (from_ms === undefined || entry.at_ms >= from_ms) &&
    (to_ms === undefined || entry.at_ms < to_ms)
  );
}

function cursorAt(before: number, first: number): { readonly cursor?: string } {
  return before > first ? { cursor: `b${before}` } : {};
}

function numberOf(cursor: string): number {
  const before = CURSOR.exec(cursor)?.[1];
  if (before !== undefined) return Number(before);
  throw new AppError("AUDIT_CURSOR", "This cursor is of no page of the audit log; ask without it.");
}

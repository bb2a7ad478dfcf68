import { createHash } from "node:crypto";
import type { EpochMs } from "@yardline/domain/time";
import { canonical } from "./canonical.ts";
import { type AuditEntry, isAuditEntry, type NewEntry } from "./entry.ts";

/** How far a log has come: so many entries, the last of which has this hash. What the next one is linked to. */
export type Head = { readonly size: number; readonly hash: string };

/** Of a log without entries. */
export const BEGINNING: Head = { size: 0, hash: "0".repeat(64) };

/** One entry as it is kept: its hash, a space, the entry in canonical JSON. Its own hash stands with it, so that the last one too is watched. */
export type Link = { readonly entry: AuditEntry; readonly line: string; readonly head: Head };

const LINE = /^([0-9a-f]{64}) (\{.*\})$/;

/** Puts a deed into its place behind `head`. */
export function linkEntry(deed: NewEntry, head: Head, at_ms: EpochMs): Link {
  const entry: AuditEntry = { ...deed, seq: head.size, at_ms, previous: head.hash };
  const json = canonical(entry);
  const hash = hashOf(json);
  return { entry, line: `${hash} ${json}`, head: { size: head.size + 1, hash } };
}

/** An entry as it was kept; undefined for a line of which any letter is not as it was written. */
export function readLink(line: string): Link | undefined {
  const [, hash = "", json = ""] = LINE.exec(line) ?? [];
  if (hash === "" || hashOf(json) !== hash) return undefined;
  const entry: unknown = parsed(json);
  // What hashes right and is no entry was written by no release of ours.
  if (!isAuditEntry(entry) || canonical(entry) !== json) return undefined;
  return { entry, line, head: { size: entry.seq + 1, hash } };
}

/** Whether an entry is the one that follows. */
export function follows({ entry }: Link, head: Head): boolean {
  return entry.seq === head.size && entry.previous === head.hash;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function hashOf(json: string): string {
  return createHash("sha256").update(json).digest("hex");
}

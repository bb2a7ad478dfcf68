import { createHash } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";

/** What makes an occurrence this one and no other. Both are known when it opens and never change afterwards. */
export type Identity = {
  /** An observed or scheduled instant, never an estimate and never corrected. */
  readonly anchor_ms: EpochMs;
  /** Everything beside source and type that tells two occurrences of the same anchor apart. */
  readonly key: readonly (string | number)[];
};

/** 43 bits, so that a search engine's 64-bit key holds the time and 20 bits of the hash. */
const ANCHOR_MAX_MS = 2 ** 43 - 1;

/**
 * The occurrence's name: 12 hex digits of the anchor's time, 20 of SHA-256 over source, type and key. Names sort by time
 * and name their partition, and the same facts give the same name on every machine.
 * @throws AppError `IDENTITY_ANCHOR` when the anchor is not a whole millisecond between 1970 and the year 2248.
 */
export function occurrenceOf(source: string, type: string, { anchor_ms, key }: Identity): string {
  if (!Number.isInteger(anchor_ms) || anchor_ms < 0 || anchor_ms > ANCHOR_MAX_MS) {
    throw new AppError(
      "IDENTITY_ANCHOR",
      `An occurrence's anchor must be whole epoch milliseconds, not ${anchor_ms}.`,
    );
  }
  // JSON keeps the parts apart whatever characters they hold.
  const hash = createHash("sha256").update(JSON.stringify([source, type, ...key]));
  return occurrenceFloor(anchor_ms) + hash.digest("hex").slice(0, 20);
}

/** Sorts before every occurrence of that instant and after every earlier one. */
export function occurrenceFloor(at_ms: EpochMs): string {
  return at_ms.toString(16).padStart(12, "0");
}

/** The anchor that an occurrence's name carries. */
export function anchorOf(occurrence: string): EpochMs {
  return Number.parseInt(occurrence.slice(0, 12), 16);
}

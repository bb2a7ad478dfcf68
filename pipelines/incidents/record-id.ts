import type { EpochMs } from "@yardline/domain/time";
import { isoOf } from "@yardline/domain/time";

/** `2026-11-k7m2qdx4`: the month, then chance. A running number would tell how many others there are. */
export const RECORD_ID_PATTERN = "^\\d{4}-\\d{2}-[0-9a-z]{8}$";

/** Digits and letters without those that are mistaken for others when they are read out; 32 of them. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const LETTERS_OF_ID = 8;
const ID = new RegExp(RECORD_ID_PATTERN);

export type Random = (bytes: number) => Uint8Array;

export function newRecordId(at_ms: EpochMs, random: Random): string {
  const letters = [...random(LETTERS_OF_ID)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${isoOf(at_ms).slice(0, "2026-11".length)}-${letters.join("")}`;
}

export function isRecordId(text: string): boolean {
  return ID.test(text);
}

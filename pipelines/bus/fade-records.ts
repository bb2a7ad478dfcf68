import type { DatabaseSync } from "node:sqlite";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { fadedAt, type Held, PERSONAL_MS_MIN, personalUntil } from "@yardline/events/fade";
import { readEvent } from "@yardline/events/read-event";
import { inTransaction } from "./sqlite-file.ts";
import type { Topic } from "./topics.ts";

/** Records that are looked at together: for so long nobody else can append. */
const AT_ONCE = 500;
const NEVER_MS = Number.POSITIVE_INFINITY;

/** Topics whose records may hold personal fields. */
export const FADING_TOPICS: readonly Topic[] = ["events", "dead-letters"];

export type FadeHow = {
  readonly now_ms: EpochMs;
  readonly held: readonly Held[];
  /** Some records are as old as personal fields may be: of what nobody can read nothing is left either, since it tells no time of its own. */
  readonly is_old: boolean;
};

/** `last`: the offset that was looked at last; `next_ms`: when the first of what stays has to go. */
export type FadedRecords = {
  readonly last: number | undefined;
  readonly changed: number;
  readonly next_ms: EpochMs;
};

/** Takes out of some records of a day what has to go, and writes over where it was. */
export function fadeRecords(db: DatabaseSync, topic: Topic, after: number, how: FadeHow): FadedRecords {
  const rows = db
    .prepare("SELECT offset, body FROM record WHERE offset > ? ORDER BY offset LIMIT ?")
    .all(after, AT_ONCE);
  const fade = topic === "events" ? fadeStatement : fadeLetter;
  let next_ms = NEVER_MS;
  const changed = rows.flatMap(({ offset, body }) => {
    const left = body instanceof Uint8Array ? fade(body, how) : NEVER_MS;
    if (typeof left !== "number") return [{ offset: Number(offset), left }];
    next_ms = Math.min(next_ms, left);
    return [];
  });
  if (changed.length > 0) {
    db.exec("PRAGMA secure_delete=ON");
    inTransaction(db, () => {
      const update = db.prepare("UPDATE record SET body = ? WHERE offset = ?");
      for (const { offset, left } of changed) update.run(left, offset);
    });
  }
  const last = rows.at(-1)?.["offset"];
  return { last: last === undefined ? undefined : Number(last), changed: changed.length, next_ms };
}

/** @returns what is left of a body, or when to look at it again. */
function fadeStatement(body: Uint8Array, { now_ms, held, is_old }: FadeHow): Uint8Array | EpochMs {
  const event = eventIn(body);
  if (!event) return is_old && body.byteLength > 0 ? new Uint8Array() : NEVER_MS;
  const faded = fadedAt(event, now_ms, held);
  if (faded !== event) return Buffer.from(JSON.stringify(faded));
  const until_ms = personalUntil(event) ?? NEVER_MS;
  // What is held is looked at again when that is over.
  return now_ms < until_ms ? until_ms : NEVER_MS;
}

/** A dead letter keeps why it is one; what it says itself, which nobody could read, may say anything. */
function fadeLetter(body: Uint8Array, { now_ms }: FadeHow): Uint8Array | EpochMs {
  const letter = letterIn(body);
  if (!letter) return NEVER_MS;
  const until_ms = letter.kept_ms + PERSONAL_MS_MIN;
  if (now_ms < until_ms) return until_ms;
  return Buffer.from(JSON.stringify({ ...letter.value, body_base64: "" }));
}

function letterIn(body: Uint8Array): { readonly value: object; readonly kept_ms: EpochMs } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    if (typeof value !== "object" || value === null) return undefined;
    const { kept_at, body_base64 }: { kept_at?: unknown; body_base64?: unknown } = value;
    const kept_ms = typeof kept_at === "string" ? Date.parse(kept_at) : Number.NaN;
    return body_base64 === "" || Number.isNaN(kept_ms) ? undefined : { value, kept_ms };
  } catch {
    return undefined;
  }
}

function eventIn(body: Uint8Array) {
  try {
    return readEvent(body);
  } catch (thrown) {
    if (thrown instanceof AppError) return undefined;
    throw thrown;
  }
}

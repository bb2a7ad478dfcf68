import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Records, Row } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Hand } from "./change-incident.ts";
import { writeAndTell } from "./feed.ts";
import { type Incident, Login } from "./incident.ts";

const KIND = "incident-lock";
/** Whoever closes their page without a word keeps nobody out for longer. */
export const LOCK_MS = 120_000;

/** Who is editing an incident, and until when; who takes it over later is told by the feed. */
export const EditLock = Type.Object({
  by: Login,
  since: Type.String({ format: "date-time" }),
  until: Type.String({ format: "date-time" }),
});
export type EditLock = Static<typeof EditLock>;

type Store = Pick<Records, "find" | "write" | "dropBefore">;
type Of = Pick<Incident, "id" | "revision">;

/** Who is editing it now. */
export async function findLock(
  records: Pick<Records, "find">,
  id: string,
  now_ms: EpochMs,
): Promise<EditLock | undefined> {
  return held(await records.find(KIND, id), now_ms);
}

/**
 * Takes the lock, or keeps it for longer.
 * @throws AppError `INCIDENT_BEING_EDITED` while somebody else has it, unless it is taken over.
 */
export async function takeLock(records: Store, of: Of, take_over: boolean, hand: Hand): Promise<EditLock> {
  const { by, at_ms } = hand;
  const until = isoOf(at_ms + LOCK_MS);
  const own = await records.find(KIND, of.id);
  const kept = held(own, at_ms);
  if (own && kept?.by === by) {
    const longer: EditLock = { ...kept, until };
    await records.write([{ kind: KIND, id: of.id, expected: own.revision, value: longer }]);
    return longer;
  }
  return writeAndTell(records, async () => {
    const row = await records.find(KIND, of.id);
    const other = held(row, at_ms);
    if (other && other.by !== by && !take_over) throw beingEdited(other);
    const result: EditLock = { by, since: isoOf(at_ms), until };
    const rows = [{ kind: KIND, id: of.id, expected: row?.revision ?? 0, value: result }];
    return { rows, news: newsOf(of, other ? "lock-taken-over" : "lock", hand), result };
  });
}

/** Gives it back; whoever has it no longer has nothing to give. */
export async function releaseLock(records: Store, of: Of, hand: Hand): Promise<void> {
  const row = await records.find(KIND, of.id);
  if (!row || held(row, hand.at_ms)?.by !== hand.by) return;
  const rows = [{ kind: KIND, id: of.id, value: undefined }];
  await writeAndTell(records, async () => ({ rows, news: newsOf(of, "unlock", hand), result: undefined }));
}

function newsOf({ id, revision }: Of, what: string, hand: Hand) {
  return { incident: id, revision, what, hand };
}

/** @throws AppError `INCIDENT_BEING_EDITED` while somebody else is at it. */
export async function refuseLocked(records: Pick<Records, "find">, id: string, hand: Hand): Promise<void> {
  const lock = await findLock(records, id, hand.at_ms);
  if (lock && lock.by !== hand.by) throw beingEdited(lock);
}

function held(row: Row | undefined, now_ms: EpochMs): EditLock | undefined {
  if (!row || !Value.Check(EditLock, row.value)) return undefined;
  return Date.parse(row.value.until) > now_ms ? row.value : undefined;
}

function beingEdited({ by, until }: EditLock): AppError {
  return new AppError("INCIDENT_BEING_EDITED", `${by} is editing it, until ${until} at the latest.`);
}

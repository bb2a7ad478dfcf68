import { createHash, ECDH } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { ENDPOINT_CHARS_MAX } from "./push-service.ts";

const KIND = "reminder";
/** Of one browser at once. */
export const DEVICE_MAX = 10;
/** Of all together: a town at a bus stop. Then nobody gets another one until some have ended. */
export const REMINDERS_MAX = 5_000;
/** What was not told so long after the bus should have come is not told any more. */
export const ENDS_MS = 2 * 3_600_000;
/** Twelve hex digits of a time in milliseconds: ids sort by their end. */
const TIME_DIGITS = 12;

const Name = Type.String({ minLength: 1, maxLength: 200 });

/** The call that somebody waits for. */
export const WaitedCall = Type.Object(
  {
    stop_id: Name,
    route_id: Name,
    trip_id: Name,
    service_date: Type.String({ pattern: "^\\d{8}$" }),
    stop_sequence: Type.Integer({ minimum: 0 }),
    scheduled_at: Type.String({ format: "date-time" }),
  },
  { additionalProperties: false },
);
export type WaitedCall = Static<typeof WaitedCall>;

/** RFC 8030 and 8291: where a browser can be told something, and how to encrypt it for it. */
export const PushAddress = Type.Object(
  {
    endpoint: Type.String({ minLength: 1, maxLength: ENDPOINT_CHARS_MAX }),
    keys: Type.Object(
      {
        /** An uncompressed point of P-256 in base64url. */
        p256dh: Type.String({ pattern: "^B[\\w-]{86}$" }),
        /** Sixteen bytes in base64url. */
        auth: Type.String({ pattern: "^[\\w-]{22}$" }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type PushAddress = Static<typeof PushAddress>;

const Kept = Type.Object({
  call: WaitedCall,
  language: Type.Enum(["uk", "ru", "en"]),
  lead_min: Type.Integer({ minimum: 1, maximum: 30 }),
  address: PushAddress,
});
type Kept = Static<typeof Kept>;

export type Reminder = Kept & {
  /** Whoever knows it may take the reminder back: it is made of what only the browser and we know. */
  readonly id: string;
  readonly ends_ms: EpochMs;
  /** Of the row: who sends it takes it away first, so that of two processes one does. */
  readonly revision: number;
};

/**
 * Keeps what was asked for; asked again, it is the same one.
 * @throws AppError `REMINDER_LATE` for a bus that is long gone, `PUSH_KEYS` for keys that are none, `REMINDERS_MANY` of this device, `REMINDERS_FULL`; those of Records.
 */
export async function keepReminder(
  records: Pick<Records, "list" | "find" | "write">,
  asked: Kept,
  now_ms: EpochMs,
): Promise<Pick<Reminder, "id" | "ends_ms">> {
  const ends_ms = Date.parse(asked.call.scheduled_at) + ENDS_MS;
  if (ends_ms <= now_ms) throw new AppError("REMINDER_LATE", "This bus should have come long ago.");
  refuseNoKeys(asked.address);
  const id = idOf(asked, ends_ms);
  const standing = await listReminders(records, now_ms);
  if (!standing.some((each) => each.id === id)) refuseMore(standing, asked);
  await records.write([{ kind: KIND, id, value: asked }]);
  return { id, ends_ms };
}

function refuseNoKeys({ keys }: PushAddress): void {
  try {
    ECDH.convertKey(keys.p256dh, "prime256v1", "base64url", "hex", "compressed");
  } catch (cause) {
    throw new AppError("PUSH_KEYS", "The browser's key is not a point of P-256.", { cause });
  }
}

function refuseMore(standing: readonly Reminder[], { address }: Kept): void {
  const own = standing.filter((each) => each.address.endpoint === address.endpoint);
  if (own.length >= DEVICE_MAX) {
    throw new AppError("REMINDERS_MANY", `A device has at most ${DEVICE_MAX} reminders: take one back.`);
  }
  if (standing.length >= REMINDERS_MAX) {
    throw new AppError("REMINDERS_FULL", "Too many people wait for a bus now: ask again later.");
  }
}

/** Those that have not ended, the first to end first. What cannot be read is left out. */
export async function listReminders(
  records: Pick<Records, "list">,
  now_ms: EpochMs,
): Promise<readonly Reminder[]> {
  const rows = await records.list(KIND);
  return rows
    .flatMap(({ id, revision, value }) =>
      Value.Check(Kept, value) ? { ...value, id, revision, ends_ms: endOf_ms(id) } : [],
    )
    .filter(({ ends_ms }) => ends_ms > now_ms);
}

/** @returns whether this call took it away, rather than one before it. @throws those of Records. */
export async function takeReminder(
  records: Pick<Records, "find" | "write">,
  id: string,
  revision?: number,
): Promise<boolean> {
  const row = await records.find(KIND, id);
  if (!row || (revision !== undefined && row.revision !== revision)) return false;
  try {
    await records.write([{ kind: KIND, id, expected: row.revision, value: undefined }]);
    return true;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT") return false;
    throw thrown;
  }
}

/** Forgets those that have ended. */
export function dropEnded(records: Pick<Records, "dropBefore">, now_ms: EpochMs): Promise<void> {
  return records.dropBefore(KIND, timeText(now_ms));
}

function idOf({ call, address }: Kept, ends_ms: EpochMs): string {
  const { stop_id, trip_id, service_date, stop_sequence, scheduled_at } = call;
  const about = [
    address.endpoint,
    address.keys.auth,
    stop_id,
    trip_id,
    service_date,
    stop_sequence,
    scheduled_at,
  ];
  const hash = createHash("sha256").update(JSON.stringify(about)).digest("base64url");
  return `${timeText(ends_ms)}${hash.slice(0, 22)}`;
}

const timeText = (at_ms: EpochMs): string => at_ms.toString(16).padStart(TIME_DIGITS, "0");
const endOf_ms = (id: string): EpochMs => Number.parseInt(id.slice(0, TIME_DIGITS), 16);

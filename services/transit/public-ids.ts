import { createHmac, randomBytes } from "node:crypto";
import type { EpochMs } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { dateAt, type ServiceDate } from "@yardline/timetable/service-day";

const KIND = "transit-id-key";
const ID = "vehicles";
const KEY_BYTES = 32;
/** Enough that two of ten thousand vehicles share an id once in ten million days. */
const ID_CHARS = 12;

/** What the public calls a vehicle at an instant. */
export type PublicIds = (vehicle_id: string, at_ms: EpochMs) => string;

/** Fleet numbers as they are. */
export const FLEET_NUMBERS: PublicIds = (vehicle_id) => vehicle_id;

/**
 * Ids that are others each day: within a day one can follow a vehicle, from day to day nobody can tell which it was. The key of
 * all days is kept in Records, so that a restart changes nothing.
 */
export async function openRotatingIds(
  records: Pick<Records, "find" | "write">,
  timezone: string,
): Promise<PublicIds> {
  const row = await records.find(KIND, ID);
  const kept = String(Object(row?.value).key ?? "");
  const key = /^[0-9a-f]{64}$/.test(kept) ? kept : randomBytes(KEY_BYTES).toString("hex");
  if (key !== kept) await records.write([{ kind: KIND, id: ID, value: { key } }]);
  return rotatingIds(key, timezone);
}

/** @param key any text that nobody can guess. */
export function rotatingIds(key: string, timezone: string): PublicIds {
  let day: { readonly minute: number; readonly date: ServiceDate; readonly ids: Map<string, string> } = {
    minute: Number.NaN,
    date: "",
    ids: new Map(),
  };
  return (vehicle_id, at_ms) => {
    const minute = Math.floor(at_ms / 60_000);
    if (minute !== day.minute) {
      const date = dateAt(at_ms, timezone);
      day = { minute, date, ids: date === day.date ? day.ids : new Map() };
    }
    const known = day.ids.get(vehicle_id);
    if (known !== undefined) return known;
    const id = createHmac("sha256", key).update(`${day.date}\t${vehicle_id}`).digest("base64url");
    const short = `v-${id.slice(0, ID_CHARS)}`;
    day.ids.set(vehicle_id, short);
    return short;
  };
}

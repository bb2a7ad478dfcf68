import type { Arrival } from "../api/types.ts";

/** What this device asked for: the id takes it back. */
export type KeptReminder = { readonly key: string; readonly id: string; readonly ends_at: string };

const KEY = "yardline.reminders";

export const keyOf = (stop_id: string, arrival: Arrival): string =>
  JSON.stringify([stop_id, arrival.trip_id, arrival.stop_sequence, arrival.scheduled_at]);

/** Those that have not ended. What the browser keeps may be broken: then it is as good as nothing. */
export function readReminders(storage: Pick<Storage, "getItem">, now_ms: number): readonly KeptReminder[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    if (!Array.isArray(value)) return [];
    return value.filter(isKept).filter(({ ends_at }) => Date.parse(ends_at) > now_ms);
  } catch {
    return [];
  }
}

export function writeReminders(storage: Pick<Storage, "setItem">, kept: readonly KeptReminder[]): void {
  try {
    storage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing is reminded all the same; it only cannot take it back later.
  }
}

function isKept(value: unknown): value is KeptReminder {
  if (typeof value !== "object" || value === null) return false;
  const { key, id, ends_at } = value as Partial<KeptReminder>;
  return [key, id, ends_at].every((text) => typeof text === "string");
}

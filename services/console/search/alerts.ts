import type { ApiEvent } from "../api/types.ts";

/** What a saved search found, as the stream tells it. */
export type Alert = {
  readonly search: string;
  readonly name: string;
  /** Occurrences since the last message of that search. */
  readonly count: number;
  /** The newest of them. */
  readonly event: ApiEvent;
};

/** More than these at once are not read; the list of searches has the numbers. */
const SHOWN_MAX = 3;

/** One line a search: what it found again is added to what nobody has looked at yet. */
export function withAlert(alerts: readonly Alert[], alert: Alert): readonly Alert[] {
  const before = alerts.find(({ search }) => search === alert.search);
  const told = before ? { ...alert, count: before.count + alert.count } : alert;
  return [told, ...alerts.filter((each) => each !== before)].slice(0, SHOWN_MAX);
}

/** One message of the stream; undefined for what is no alert, which must not end the stream. */
export function decodeAlert(data: unknown): Alert | undefined {
  try {
    const value = JSON.parse(String(data)) as Partial<Alert> | null;
    const isWhole = value?.search && value.name && value.event?.sentence && (value.count ?? 0) > 0;
    return isWhole ? (value as Alert) : undefined;
  } catch {
    return undefined;
  }
}

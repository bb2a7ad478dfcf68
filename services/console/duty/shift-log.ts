import type { Incident, IncidentEntry, Shift } from "../api/types.ts";

/** Something that was done in a shift. */
export type Deed = { readonly incident: Incident; readonly entry: IncidentEntry };

/** Until when a shift covers what is done: one that nobody ended covers nothing after so long, as the API says. */
const SHIFT_MS_MAX = 16 * 3_600_000;

export function endOf({ began_at, ended_at }: Shift): number {
  return ended_at === undefined ? Date.parse(began_at) + SHIFT_MS_MAX : Date.parse(ended_at);
}

/** Whether anything may have been done to an incident in a shift. */
export function touches(shift: Shift, { opened_at, changed_at }: Incident): boolean {
  return Date.parse(changed_at) >= Date.parse(shift.began_at) && Date.parse(opened_at) < endOf(shift);
}

/** What happened in a shift, the last first: what anybody did to incidents meanwhile. */
export function deedsIn(
  shift: Shift,
  logs: readonly { readonly incident: Incident; readonly entries: readonly IncidentEntry[] }[],
): readonly Deed[] {
  const [from_ms, to_ms] = [Date.parse(shift.began_at), endOf(shift)];
  return logs
    .flatMap(({ incident, entries }) => entries.map((entry) => ({ incident, entry })))
    .filter(({ entry }) => Date.parse(entry.at) >= from_ms && Date.parse(entry.at) <= to_ms)
    .toSorted((a, b) => Date.parse(b.entry.at) - Date.parse(a.entry.at));
}

/** What others left, and nobody has taken: for whoever sits here to take. */
export function leftFor(shifts: readonly Shift[], login: string): readonly Shift[] {
  return shifts.filter(({ login: of, ended_at, hand_over }) => {
    if (of === login || ended_at === undefined || !hand_over || hand_over.accepted_by !== undefined)
      return false;
    const meant = hand_over.to === undefined || hand_over.to === login;
    return meant && (hand_over.incidents.length > 0 || hand_over.note !== undefined);
  });
}

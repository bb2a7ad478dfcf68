import type { Incident } from "../api/types.ts";

/** What was done to an incident a moment ago: also `lock`, `lock-taken-over`, `unlock`. */
export type IncidentNews = { readonly what: string; readonly by: string; readonly incident: Incident };

/** Incidents as they are told of, and who is editing which. */
export type IncidentBoard = {
  readonly incidents?: readonly Incident[] | undefined;
  /** Logins by the id of the incident. */
  readonly editors: ReadonlyMap<string, string>;
};

export const EMPTY_BOARD: IncidentBoard = { editors: new Map() };

export type BoardChange =
  | { readonly kind: "listed"; readonly incidents: readonly Incident[] }
  | { readonly kind: "told"; readonly news: IncidentNews };

/** One step of the board. What the stream told a moment ago is newer than a list that was asked for before. */
export function changeBoard(board: IncidentBoard, change: BoardChange): IncidentBoard {
  if (change.kind === "listed") {
    const known = new Map(board.incidents?.map((each) => [each.id, each]));
    return { ...board, incidents: change.incidents.map((each) => newer(each, known.get(each.id))) };
  }
  const { what, by, incident } = change.news;
  const editors = new Map(board.editors);
  if (what === "unlock") editors.delete(incident.id);
  if (what === "lock" || what === "lock-taken-over") editors.set(incident.id, by);
  const others = board.incidents?.filter(({ id }) => id !== incident.id) ?? [];
  const before = board.incidents?.find(({ id }) => id === incident.id);
  const at = board.incidents?.indexOf(before ?? incident) ?? -1;
  return { editors, incidents: others.toSpliced(Math.max(0, at), 0, newer(incident, before)) };
}

function newer(one: Incident, other: Incident | undefined): Incident {
  return other && other.revision > one.revision ? other : one;
}

/** One message of the stream; undefined for what is none, which must not end the stream. */
export function decodeNews(data: unknown): IncidentNews | undefined {
  try {
    const value = JSON.parse(String(data)) as Partial<IncidentNews> | null;
    return value?.what && value.by && value.incident?.id ? (value as IncidentNews) : undefined;
  } catch {
    return undefined;
  }
}

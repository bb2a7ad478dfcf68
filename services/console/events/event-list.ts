import type { ApiEvent, EventPage } from "../api/types.ts";
import { type Filter, matchesFilter } from "./filter.ts";

/** Events kept while they only stream in; older ones are dropped and can be fetched again. */
export const KEPT_MIN = 400;
/** Events kept when a person asks for more and more. */
export const KEPT_MAX = 4_000;

/** How to ask for what is older than the list: the server's cursor, or the time of the last one shown. */
export type Older = { readonly cursor: string } | { readonly to: string };

/** The events of one filter that the page knows: newest first, the highest revision of each. */
export type EventList = {
  readonly filter: Filter;
  /** Withdrawn ones stay, so that an older revision cannot bring them back; `shownEvents` leaves them out. */
  readonly events: readonly ApiEvent[];
  /** Absent when there is nothing older, or nothing asked for yet. */
  readonly older?: Older;
  readonly kept_max: number;
  readonly loaded: boolean;
  /** Occurrences that the last live batch brought: the page marks them. */
  readonly fresh: ReadonlySet<string>;
  /** How many came live since the filter was set. */
  readonly arrived: number;
};

export type EventListChange =
  | { readonly kind: "asked"; readonly filter: Filter }
  | { readonly kind: "newest"; readonly filter: Filter; readonly page: EventPage }
  | { readonly kind: "older"; readonly filter: Filter; readonly page: EventPage }
  | { readonly kind: "live"; readonly events: readonly ApiEvent[] };

export function emptyList(filter: Filter): EventList {
  return { filter, events: [], kept_max: KEPT_MIN, loaded: false, fresh: new Set(), arrived: 0 };
}

/** One step of the list. Answers to a question that was since replaced change nothing. */
export function changeList(list: EventList, change: EventListChange): EventList {
  if (change.kind === "asked") return emptyList(change.filter);
  if (change.kind === "live") return withLive(list, change.events);
  if (change.filter !== list.filter) return list;
  return change.kind === "newest" ? withNewest(list, change.page) : withOlder(list, change.page);
}

export const shownEvents = (list: EventList) => list.events.filter(({ state }) => state !== "withdrawn");

/** The highest revision of each occurrence, newest first: occurrence ids begin with the time. */
export function mergeEvents(known: readonly ApiEvent[], more: readonly ApiEvent[]): readonly ApiEvent[] {
  const byOccurrence = new Map(known.map((event) => [event.occurrence, event]));
  for (const event of more) {
    const before = byOccurrence.get(event.occurrence);
    if (!before || before.revision < event.revision) byOccurrence.set(event.occurrence, event);
  }
  return [...byOccurrence.values()].sort((a, b) => (a.occurrence < b.occurrence ? 1 : -1));
}

/** The newest page, asked for at first and after each gap of the stream. */
function withNewest(list: EventList, page: EventPage): EventList {
  const last = page.events.at(-1);
  const first = list.events[0];
  // A page that ends before it meets what we know would leave a hole: then the page alone is the list.
  const meets = !page.cursor || (last && first && last.occurrence <= first.occurrence);
  if (list.loaded && meets)
    return { ...list, events: mergeEvents(list.events, page.events), fresh: new Set() };
  const since =
    last && page.cursor ? list.events.filter(({ occurrence }) => occurrence >= last.occurrence) : list.events;
  return {
    ...emptyList(list.filter),
    events: mergeEvents(since, page.events),
    ...(page.cursor && { older: { cursor: page.cursor } }),
    loaded: true,
    arrived: list.arrived,
  };
}

function withOlder({ older: _, ...list }: EventList, page: EventPage): EventList {
  const events = mergeEvents(list.events, page.events);
  return {
    ...list,
    events,
    kept_max: Math.min(KEPT_MAX, Math.max(KEPT_MIN, events.length)),
    ...(page.cursor && events.length < KEPT_MAX && { older: { cursor: page.cursor } }),
    fresh: new Set(),
  };
}

function withLive(list: EventList, arrived: readonly ApiEvent[]): EventList {
  const known = new Set(list.events.map(({ occurrence }) => occurrence));
  const oldest = list.older && list.events.at(-1)?.occurrence;
  // What is known is replaced whatever the filter says: the server's own search found it.
  const wanted = arrived.filter(
    (event) =>
      known.has(event.occurrence) ||
      (matchesFilter(event, list.filter) && (oldest === undefined || event.occurrence > oldest)),
  );
  if (wanted.length === 0) return list;
  const fresh = new Set(wanted.map(({ occurrence }) => occurrence).filter((each) => !known.has(each)));
  const merged = mergeEvents(list.events, wanted);
  const events = merged.slice(0, list.kept_max);
  const last = events.at(-1);
  return {
    ...list,
    events,
    ...(merged.length > events.length && last && { older: { to: justAfter(last.time) } }),
    fresh,
    arrived: list.arrived + fresh.size,
  };
}

/** `to` is exclusive: a millisecond later keeps what happened at the same time as the last one shown. */
const justAfter = (time: string) => new Date(Date.parse(time) + 1).toISOString();

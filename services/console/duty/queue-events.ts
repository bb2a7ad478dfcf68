import type { ApiEvent } from "../api/types.ts";
import { mergeEvents } from "../events/event-list.ts";

/** Events that the queue holds; older ones are for the search. */
export const QUEUE_EVENTS_MAX = 400;

/** The events of the queue, newest first. */
export type QueueEvents = {
  readonly all: boolean;
  readonly list: readonly ApiEvent[];
  readonly loaded: boolean;
};
type EventsChange =
  | { readonly kind: "all"; readonly all: boolean }
  | {
      readonly kind: "more";
      readonly all: boolean;
      readonly events: readonly ApiEvent[];
      readonly loaded?: true;
    };

/** Events that somebody may have to act on, or all; the newest of each, withdrawn ones too, so that none comes back. */
export function changeEvents(known: QueueEvents, change: EventsChange): QueueEvents {
  if (change.kind === "all")
    return change.all === known.all ? known : { ...known, all: change.all, list: [], loaded: false };
  if (change.all !== known.all) return known;
  const there = new Set(known.list.map(({ occurrence }) => occurrence));
  const wanted = change.events.filter(
    ({ severity, occurrence }) => known.all || severity !== "info" || there.has(occurrence),
  );
  return {
    all: known.all,
    list: mergeEvents(known.list, wanted).slice(0, QUEUE_EVENTS_MAX),
    loaded: known.loaded || change.loaded === true,
  };
}

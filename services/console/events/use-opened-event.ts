import { type ApiProblem, getEvent } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { ApiEvent } from "../api/types.ts";

/** While it goes on, it may change although the list, narrowed to something else, does not hold it. */
const REFRESH_MS = 10_000;

export type OpenedEvent = {
  readonly event?: ApiEvent | undefined;
  readonly problem?: ApiProblem | undefined;
};

/** The event that lies open, if one does: the newest that either the live list or the server itself has. */
export function useOpenedEvent(occurrence: string | undefined, listed: readonly ApiEvent[]): OpenedEvent {
  const asked = usePolling(
    `event/${occurrence ?? ""}`,
    async (signal) => (occurrence === undefined ? undefined : getEvent(occurrence, signal)),
    occurrence === undefined ? undefined : REFRESH_MS,
  );
  if (occurrence === undefined) return {};
  const live = listed.find((event) => event.occurrence === occurrence);
  const newest = !live || (asked.value && asked.value.revision > live.revision) ? asked.value : live;
  return { event: newest, problem: asked.problem };
}

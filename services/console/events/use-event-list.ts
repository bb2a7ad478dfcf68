import { useCallback, useEffect, useReducer, useState } from "react";
import { type ApiProblem, eventStreamPath, listEvents } from "../api/client.ts";
import { startPolling } from "../api/polling.ts";
import { useAwake } from "../page/use-awake.ts";
import { changeList, type EventList, emptyList } from "./event-list.ts";
import { type Filter, formatQuery } from "./filter.ts";
import { openEventStream, type StreamState } from "./stream.ts";

const PAGE_EVENTS = 50;

export type EventListModel = {
  readonly list: EventList;
  readonly stream: StreamState;
  /** The list could not be asked for; it is tried again. */
  readonly problem?: ApiProblem | undefined;
  readonly loadingOlder: boolean;
  loadOlder(): void;
};

/**
 * The events of a filter, growing live. `filter` must be the same object until it changes.
 * @param allowed whether whoever sits here may know of any: else nothing is asked for.
 */
export function useEventList(filter: Filter, now_ms: () => number, allowed: boolean): EventListModel {
  const [list, change] = useReducer(changeList, filter, emptyList);
  const [stream, setStream] = useState<StreamState>("connecting");
  const [opened, setOpened] = useState(0);
  const [problem, setProblem] = useState<ApiProblem>();
  const [loadingOlder, setLoadingOlder] = useState(false);

  const awake = useAwake();
  useEffect(() => {
    if (!awake || !allowed) return;
    return openEventStream(() => new EventSource(eventStreamPath), {
      onState: setStream,
      onOpen: () => setOpened((times) => times + 1),
      onEvents: (events) => change({ kind: "live", events }),
    });
  }, [awake, allowed]);

  useEffect(() => change({ kind: "asked", filter }), [filter]);

  // Each opening of the stream may leave a gap before it.
  useEffect(() => {
    if (!allowed) return;
    return startPolling({
      load: (signal) => listEvents(formatQuery(filter, now_ms(), { limit: PAGE_EVENTS }), signal),
      onValue: (page) => {
        setProblem(undefined);
        change({ kind: "newest", filter, page });
      },
      onProblem: setProblem,
    });
  }, [filter, opened, now_ms, allowed]);

  const { older } = list;
  const loadOlder = useCallback(() => {
    if (!older) return;
    setLoadingOlder(true);
    const query = formatQuery(filter, now_ms(), { limit: PAGE_EVENTS, ...older });
    listEvents(query, new AbortController().signal)
      .then((page) => change({ kind: "older", filter, page }), setProblem)
      .finally(() => setLoadingOlder(false));
  }, [filter, older, now_ms]);

  return { list, stream, problem, loadingOlder, loadOlder };
}

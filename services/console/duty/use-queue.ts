import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import { type ApiProblem, eventStreamPath, listEvents } from "../api/client.ts";
import { startPolling } from "../api/polling.ts";
import type { Incident } from "../api/types.ts";
import { openEventStream, type StreamState } from "../events/stream.ts";
import { useAwake } from "../page/use-awake.ts";
import { NOTHING } from "./held-order.ts";
import { emptyHeld, nextHeld } from "./held-queue.ts";
import { changeEvents } from "./queue-events.ts";
import { groupQueue, type QueueGroup } from "./queue-groups.ts";

/** What happened in this time is the queue of who is on duty; the same as the API's, which gives its pictures for the shift's purpose. */
const QUEUE_MS = 12 * 3_600_000;
const PAGE_EVENTS = 200;

export type Queue = {
  /** Undefined until it is known. */
  readonly groups: readonly QueueGroup[] | undefined;
  /** What there is, also what waits: a link leads to it. */
  readonly known: readonly QueueGroup[];
  /** Groups that came since somebody reads, and wait to be looked at. */
  readonly waiting: number;
  /** Groups that came live, all in all: for who cannot see. */
  readonly arrived: number;
  readonly stream: StreamState;
  readonly problem: ApiProblem | undefined;
  showWaiting(): void;
};

/**
 * The queue as it grows live.
 * @param reading while somebody reads, nothing moves: what is new waits.
 */
export function useQueue(
  {
    all,
    reading,
    knowsEvents,
  }: { readonly all: boolean; readonly reading: boolean; readonly knowsEvents: boolean },
  incidents: readonly Incident[] | undefined,
  now_ms: () => number,
): Queue {
  const { events, stream, problem } = useQueueEvents(all, knowsEvents, now_ms);
  const current = useMemo(() => {
    const kept = events.list.filter(({ state }) => state !== "withdrawn");
    return groupQueue(kept, incidents ?? []);
  }, [events.list, incidents]);
  const ready = incidents !== undefined && (events.loaded || !knowsEvents);
  const { order, show, arrived } = useHeldOrder(ready ? current : undefined, all, reading);
  const groups = useMemo(() => {
    const byKey = new Map(current.map((group) => [group.key, group]));
    return order.shown.flatMap((key) => byKey.get(key) ?? []);
  }, [current, order]);
  return {
    ...{ groups: ready ? groups : undefined, known: current, waiting: order.waiting.length, arrived },
    ...{ stream, problem, showWaiting: show },
  };
}

function useQueueEvents(all: boolean, allowed: boolean, now_ms: () => number) {
  const [events, change] = useReducer(changeEvents, { all, list: [], loaded: false });
  const [stream, setStream] = useState<StreamState>("connecting");
  const [opened, setOpened] = useState(0);
  const [problem, setProblem] = useState<ApiProblem>();
  const awake = useAwake();
  useEffect(() => change({ kind: "all", all }), [all]);
  useEffect(() => {
    if (!awake || !allowed) return;
    return openEventStream(() => new EventSource(eventStreamPath), {
      onState: setStream,
      onOpen: () => setOpened((times) => times + 1),
      onEvents: (more) => change({ kind: "more", all, events: more }),
    });
  }, [awake, allowed, all]);
  // Each opening of the stream may leave a gap before it.
  useEffect(() => {
    if (!allowed) return;
    return startPolling({
      load: (signal) => listEvents(questionOf(all, now_ms()), signal),
      onValue: (page) => {
        setProblem(undefined);
        change({ kind: "more", all, events: page.events, loaded: true });
      },
      onProblem: setProblem,
    });
  }, [all, opened, allowed, now_ms]);
  return { events, stream, problem };
}

/** The API's question for what is in the queue, `?` included. */
function questionOf(all: boolean, now_ms: number): string {
  const params = new URLSearchParams({ limit: String(PAGE_EVENTS) });
  params.set("from", new Date(now_ms - QUEUE_MS).toISOString());
  if (!all) params.set("q", "severity:alarm,notice");
  return `?${params}`;
}

function useHeldOrder(current: readonly QueueGroup[] | undefined, all: boolean, reading: boolean) {
  const [held, setHeld] = useState(() => emptyHeld(all));
  // Only what came anew is gone through, not each drawing of the page.
  const next = useMemo(
    () => (current ? nextHeld(held, current, all, reading) : held),
    [held, current, all, reading],
  );
  if (next !== held) setHeld(next);
  const show = useCallback(() => setHeld((before) => ({ ...before, order: NOTHING })), []);
  return { order: held.order, show, arrived: held.arrived };
}

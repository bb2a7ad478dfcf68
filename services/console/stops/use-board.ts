import { useEffect, useState } from "react";
import type { ApiProblem } from "../api/client.ts";
import { getArrivals } from "../api/client.ts";
import { firstArrivals } from "../api/first-answers.ts";
import { usePolling } from "../api/polling.ts";
import type { StopArrivals, StopTimetable } from "../api/types.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useNow } from "../page/use-now.ts";
import { type BoardState, boardState, silentSince } from "./board-state.ts";
import { keepTimetable, readTimetable } from "./kept-timetable.ts";

const ARRIVALS_MS = 10_000;
/** How often the minutes are counted anew. */
const COUNT_MS = 5_000;
/** The timetable is fetched when the page has nothing better to do, and again while a screen shows the stop for days. */
const KEEP_AFTER_MS = 3_000;
const KEEP_AGAIN_MS = 6 * 3_600_000;

export type Board = {
  readonly state: BoardState;
  readonly now_ms: number;
  /** The last answer, however old: for the stop's name and its alerts. */
  readonly answer: StopArrivals | undefined;
  readonly name: string | undefined;
  readonly problem: ApiProblem | undefined;
  /** Since when no bus of the town is heard of. */
  readonly silent: string | undefined;
};

/** What comes to a stop: as the town says, and from the timetable that this device keeps while it says nothing. */
export function useBoard(stop_id: string, now_ms: () => number): Board {
  const { t } = useSpeech();
  const load = (signal: AbortSignal) => getArrivals(stop_id, signal);
  const first = firstArrivals(stop_id);
  const { value, at_ms, problem } = usePolling(`arrivals/${stop_id}`, load, ARRIVALS_MS, first);
  const now = useNow(now_ms, COUNT_MS);
  const kept = useKept(stop_id, value !== undefined);
  const said = t("stop.kept.why");
  const age_ms = at_ms === undefined ? Number.POSITIVE_INFINITY : Date.now() - at_ms;
  const state = boardState(value, age_ms, kept, now, { uk: said, ru: said, en: said });
  return {
    ...{ state, now_ms: now, answer: value, problem },
    name: value?.stop.stop_name ?? kept?.stop.stop_name,
    silent: value && state.kind === "fresh" ? silentSince(value, now) : undefined,
  };
}

/** The kept timetable of the stop; renewed once the town has answered. */
function useKept(stop_id: string, answered: boolean): StopTimetable | undefined {
  const [kept, setKept] = useState<StopTimetable>();
  useEffect(() => {
    let left = false;
    const take = (timetable: StopTimetable | undefined) => void (!left && timetable && setKept(timetable));
    void readTimetable(stop_id).then(take);
    return () => {
      left = true;
      setKept(undefined);
    };
  }, [stop_id]);
  useEffect(() => {
    if (!answered) return;
    const stop = new AbortController();
    // Without it the board still works; the next visit tries again.
    const keep = () => void keepTimetable(stop_id, stop.signal).then(setKept, () => undefined);
    const first = setTimeout(keep, KEEP_AFTER_MS);
    const again = setInterval(keep, KEEP_AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
      stop.abort();
    };
  }, [stop_id, answered]);
  return kept;
}

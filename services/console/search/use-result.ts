import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import { type ApiProblem, listEvents } from "../api/client.ts";
import { startPolling } from "../api/polling.ts";
import type { EventPage } from "../api/types.ts";
import { loadCounts } from "./load-counts.ts";
import { paramsOf, type Question } from "./question.ts";
import { type Counts, MAP_MAX, type Missing, missingOf, newResult, type Result, withPage } from "./result.ts";

const PAGE_EVENTS = 200;
/** Whoever scrolls past does not ask. */
const RESTING_MS = 80;
/** Rows asked for before and after those that are seen. */
const AROUND = 20;

/** The rows that are looked at: to exclusive. */
export type Looked = { readonly from: number; readonly to: number };

export type ResultModel = {
  /** While another question is counted, that of the one before. */
  readonly result?: Result | undefined;
  readonly isCounted: boolean;
  /** What could not be asked; it is tried again. */
  readonly problem?: ApiProblem | undefined;
  look(looked: Looked): void;
};

type Change =
  | { readonly kind: "counted"; readonly question: Question; readonly counts: Counts }
  | {
      readonly kind: "page";
      readonly question: Question;
      readonly missing: Missing;
      readonly page: EventPage;
      readonly seen: number;
    };

/** Answers to a question that was replaced since change nothing. */
function change(result: Result | undefined, said: Change): Result | undefined {
  if (said.kind === "counted") return newResult(said.question, said.counts);
  return result?.question === said.question ? withPage(result, said.missing, said.page, said.seen) : result;
}

/**
 * What a question found, and those of its events that somebody looks at. `question` must be the same object until it changes.
 * @param isMapSeen whether the map wants its events too, once the list has what is looked at.
 */
export function useResult(question: Question | undefined, isMapSeen: boolean): ResultModel {
  const [held, told] = useReducer(change, undefined);
  const [looked, setLooked] = useState<Looked>({ from: 0, to: 0 });
  const [problem, setProblem] = useState<ApiProblem>();
  const result = held?.question === question ? held : undefined;

  useEffect(() => {
    setProblem(undefined);
    if (!question) return;
    return startPolling({
      load: (signal) => loadCounts(question, signal),
      onValue: (counts) => {
        setProblem(undefined);
        told({ kind: "counted", question, counts });
      },
      onProblem: setProblem,
    });
  }, [question]);

  const missing = useMemo(
    () =>
      result &&
      (missingOf(result, Math.max(0, looked.from - AROUND), looked.to + AROUND) ??
        (isMapSeen ? missingOf(result, 0, MAP_MAX) : undefined)),
    [result, looked, isMapSeen],
  );
  const key = missing && `${missing.at} ${missing.period.from_ms} ${missing.cursor ?? ""}`;
  // The key stands for what is missing.
  useEffect(() => {
    if (!question || !missing) return;
    let stop = () => {};
    const timer = setTimeout(() => {
      stop = startPolling({
        load: (signal) => listEvents(`?${pageParams(question, missing)}`, signal),
        onValue: (page) => {
          setProblem(undefined);
          told({ kind: "page", question, missing, page, seen: looked.from });
        },
        onProblem: setProblem,
      });
    }, RESTING_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [question, key]);

  const look = useCallback((next: Looked) => {
    setLooked((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, []);
  // What was seen stays until there is something else: neither the place in the list nor the focus is lost.
  return { result: question && held, isCounted: result !== undefined, problem, look };
}

function pageParams(question: Question, { period, cursor }: Missing): URLSearchParams {
  const params = paramsOf(question, period);
  params.set("limit", String(PAGE_EVENTS));
  if (cursor !== undefined) params.set("cursor", cursor);
  return params;
}

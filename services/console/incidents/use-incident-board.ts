import { useCallback, useEffect, useReducer, useState } from "react";
import { type ApiProblem, incidentStreamPath, listIncidents } from "../api/client.ts";
import { keepListening } from "../api/keep-listening.ts";
import { startPolling } from "../api/polling.ts";
import type { Incident } from "../api/types.ts";
import { useAwake } from "../page/use-awake.ts";
import { changeBoard, decodeNews, EMPTY_BOARD, type IncidentBoard } from "./incident-news.ts";

/** Everything that was opened lately, closed ones too: their events have been dealt with. */
const LATELY = "?limit=200";
/** The stream tells at once; this is for what it could not tell, as one that went out of one's sight. */
const LIST_MS = 30_000;

export type KnownIncidents = IncidentBoard & {
  readonly problem?: ApiProblem | undefined;
  /** What oneself has just done, which the stream tells a moment later. */
  learn(incident: Incident): void;
};

/** Incidents as they change, and who is editing which. */
export function useIncidentBoard(): KnownIncidents {
  const [board, change] = useReducer(changeBoard, EMPTY_BOARD);
  const [problem, setProblem] = useState<ApiProblem>();
  const [opened, setOpened] = useState(0);
  const awake = useAwake();

  useEffect(() => {
    if (!awake) return;
    const anew = () => setOpened((times) => times + 1);
    return keepListening(() => new EventSource(incidentStreamPath), {
      open: anew,
      reset: anew,
      incident(data) {
        const news = decodeNews(data);
        if (news) change({ kind: "told", news });
      },
    });
  }, [awake]);

  // Each opening of the stream may leave a gap before it.
  useEffect(
    () =>
      startPolling({
        load: (signal) => listIncidents(LATELY, signal),
        onValue: (incidents) => {
          setProblem(undefined);
          change({ kind: "listed", incidents });
        },
        onProblem: setProblem,
        period_ms: LIST_MS,
      }),
    [opened],
  );
  const learn = useCallback(
    (incident: Incident) => change({ kind: "told", news: { what: "done", by: "", incident } }),
    [],
  );
  return { ...board, problem, learn };
}

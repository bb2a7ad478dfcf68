import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { ArrivalRow } from "./arrival-row.tsx";
import { isClosed } from "./board-state.ts";
import type { Board } from "./use-board.ts";

/** What comes to a stop, and everything that makes it less sure. */
export function StopBoard({ stop_id, board }: { readonly stop_id: string; readonly board: Board }) {
  const { t, formats } = useSpeech();
  const { state, answer, now_ms } = board;
  return (
    <>
      <Warnings board={board} />
      {state.kind === "none" && <NothingKnown board={board} />}
      {state.kind !== "none" && state.arrivals.length === 0 && (
        <Notice icon="clock" title={t("stop.nothing")}>
          <p>{t("stop.nothing.text")}</p>
        </Notice>
      )}
      {state.kind !== "none" && state.arrivals.length > 0 && (
        <ol className="arrivals" aria-label={t("stop.arrivals")}>
          {state.arrivals.map((arrival) => (
            <ArrivalRow
              key={`${arrival.service_date}/${arrival.trip_id}/${arrival.stop_sequence}`}
              stop_id={stop_id}
              arrival={arrival}
              kept={state.kind === "kept"}
              now_ms={now_ms}
            />
          ))}
        </ol>
      )}
      {answer && state.kind !== "none" && (
        <footer className="stop-foot">
          {state.kind !== "kept" && (
            <p>{t("stop.made-at", { time: formats.clockSeconds(answer.made_at) })}</p>
          )}
          <p>{t("stop.interval")}</p>
        </footer>
      )}
    </>
  );
}

function Warnings({ board: { state, answer, problem, silent } }: { readonly board: Board }) {
  const { t, say, formats } = useSpeech();
  return (
    <>
      {problem && answer && state.kind !== "kept" && state.kind !== "none" && (
        <p className="strip strip-bad" role="alert">
          <Icon name="alert" /> {t("stop.old", { time: formats.clock(answer.made_at) })}
        </p>
      )}
      {state.kind === "kept" && (
        <p className="strip strip-bad" role="alert">
          <Icon name="lost" /> {t(problem ? "stop.kept" : "stop.renewing")}
        </p>
      )}
      {silent !== undefined && (
        <p className="strip strip-bad" role="alert">
          <Icon name="lost" /> {t("stop.silent", { time: formats.clock(silent) })}
        </p>
      )}
      {state.kind !== "none" && isClosed(state.arrivals) && (
        <p className="strip strip-bad" role="alert">
          <Icon name="alert" /> <strong>{t("stop.closed")}</strong>
        </p>
      )}
      {answer?.alerts.map(({ id, header, description }) => (
        <p key={id} className="strip strip-simulated" role="status" dir="auto">
          <Icon name="alert" /> <strong>{say(header)}</strong>{" "}
          {description && <span>{say(description)}</span>}
        </p>
      ))}
    </>
  );
}

function NothingKnown({ board: { answer, problem } }: { readonly board: Board }) {
  const { t } = useSpeech();
  if (!problem) return <Notice icon="clock" title={t(answer ? "stop.renewing" : "events.loading")} />;
  if (problem.status === 404) return <Notice icon="alert" title={t("stop.unknown")} tone="bad" />;
  return (
    <Notice icon="lost" title={t("stop.not-kept")} tone="bad">
      <p>{t("stop.not-kept.text")}</p>
    </Notice>
  );
}

import { useEffect } from "react";
import { serverNow_ms } from "../api/server-clock.ts";
import type { Arrival } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { LineBadge } from "../elements/line-badge.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { arrivalText } from "../stops/arrival-text.ts";
import { isClosed } from "../stops/board-state.ts";
import { type Board, useBoard } from "../stops/use-board.ts";
import { isNight } from "./night.ts";
import type { KnownTown } from "./resident-app.tsx";
import "./board.css";

/** What fits on a screen and can be read from across the street. */
const ROWS_MAX = 8;

/** A screen at the stop: nobody touches it, for months. */
export function BoardPage({
  stop_id,
  town,
}: {
  readonly stop_id: string;
  readonly town: KnownTown | undefined;
}) {
  const { t, formats, language } = useSpeech();
  const board = useBoard(stop_id, serverNow_ms);
  useAlwaysOn();
  const { state, now_ms } = board;
  const night = town !== undefined && isNight(now_ms, town.timezone);
  const rows = state.kind === "none" ? [] : state.arrivals;
  useEffect(() => {
    document.title = board.name ?? t("stop");
  }, [board.name, t]);
  return (
    <main className={night ? "screen screen-night" : "screen"} lang={language}>
      <header className="screen-head">
        <h1>
          <bdi>{board.name ?? t("stop")}</bdi>
        </h1>
        <time className="screen-clock">{formats.clock(now_ms)}</time>
      </header>
      <ScreenWarning board={board} />
      <ol className="screen-rows" aria-label={t("stop.arrivals")}>
        {rows.slice(0, ROWS_MAX).map((arrival) => {
          const { when, basis } = arrivalText(arrival, now_ms);
          const note = noteOf(arrival, basis);
          const gone = arrival.cancelled || arrival.skipped !== undefined;
          const minutes =
            when.kind === "minutes" ? t("arrival.minutes", { minutes: when.minutes }) : undefined;
          return (
            <li
              key={`${arrival.trip_id}/${arrival.stop_sequence}`}
              className={`screen-row arrival-${basis}${gone ? " screen-gone" : ""}`}
            >
              <LineBadge name={arrival.route_short_name} color={arrival.route_color} />
              <span className="screen-to" dir="auto">
                {arrival.headsign}
              </span>
              {note && <span className="screen-note">{t(note)}</span>}
              <span className="screen-when">
                {minutes ?? (when.kind === "now" ? t("arrival.now") : formats.clock(arrival.predicted_at))}
              </span>
            </li>
          );
        })}
      </ol>
      {rows.length === 0 && state.kind !== "none" && <p className="screen-empty">{t("stop.nothing")}</p>}
      <footer className="screen-foot">
        <bdi>{town?.name}</bdi>
        {town?.simulated && <strong>{t("simulated.title")}</strong>}
        {board.answer && (
          <span>{t("screen.made-at", { time: formats.clockSeconds(board.answer.made_at) })}</span>
        )}
      </footer>
    </main>
  );
}

/** What makes a row less than a bus that is seen to come. */
function noteOf({ cancelled, skipped, overdue }: Arrival, basis: Arrival["basis"]): MessageKey | undefined {
  if (cancelled || skipped) return "screen.not-coming";
  if (overdue) return overdue === "missed" ? "basis.missed" : "basis.unknown";
  if (basis === "live") return undefined;
  return basis === "lost" ? "basis.lost" : "basis.timetable";
}

/** Whoever looks at a screen cannot ask it: it says by itself when what it shows is old, or from the timetable alone. */
function ScreenWarning({ board: { state, answer, silent, problem } }: { readonly board: Board }) {
  const { t, say, formats } = useSpeech();
  const said: string[] = [];
  if (state.kind === "kept") said.push(t("stop.kept"));
  if (state.kind === "old" && answer) said.push(t("stop.old", { time: formats.clock(answer.made_at) }));
  if (state.kind === "none") said.push(t(problem?.status === 404 ? "stop.unknown" : "screen.nothing-known"));
  if (silent !== undefined) said.push(t("stop.silent", { time: formats.clock(silent) }));
  if (state.kind !== "none" && isClosed(state.arrivals)) said.push(t("stop.closed"));
  const told = state.kind === "none" ? [] : (answer?.alerts.map(({ header }) => say(header)) ?? []);
  return (
    <div role="status">
      {[...said, ...told].map((text) => (
        <p key={text} className="screen-warning" dir="auto">
          <Icon name="alert" size={28} /> {text}
        </p>
      ))}
    </div>
  );
}

/** Keeps the screen lit where the browser lets it, and takes a newer page as soon as the town has one. */
function useAlwaysOn(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const light = async () => {
      // Refused while the page is hidden, and where the device saves power.
      if (!document.hidden) lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
    };
    const renew = () => location.reload();
    void light();
    document.addEventListener("visibilitychange", light);
    const worker = "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
    // The first worker takes over a page that is new already.
    if (worker?.controller) worker.addEventListener("controllerchange", renew);
    return () => {
      document.removeEventListener("visibilitychange", light);
      worker?.removeEventListener("controllerchange", renew);
      void lock?.release();
    };
  }, []);
}

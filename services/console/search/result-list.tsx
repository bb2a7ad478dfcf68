import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { type Result, rowsOf } from "./result.ts";
import { ResultRow } from "./result-row.tsx";
import type { SearchView } from "./search-view.ts";
import type { Looked } from "./use-result.ts";
import { ROW_PX, ROWS_MAX, rowAfter, rowsIn, scrollTo } from "./window.ts";

/**
 * All that was found, as a list of its whole length of which only what is seen is drawn. One row is in the order of the Tab key; arrows, j and
 * k, Page keys, Home and End move among them, Enter opens.
 */
export function ResultList({
  result,
  view,
  onLook,
}: {
  readonly result: Result;
  readonly view: SearchView;
  onLook(looked: Looked): void;
}) {
  const { t, formats } = useSpeech();
  const room = useRef<HTMLUListElement>(null);
  const { scroll_px, height_px, onScroll } = useScrolled(room, result.question);
  const { from, to } = rowsIn(scroll_px, height_px, result.total);
  const { current, move } = useCurrentRow(room, result.total, from, to);
  useEffect(() => onLook({ from, to }), [from, to, onLook]);

  const onKey = (event: KeyboardEvent) => {
    const next =
      event.metaKey || event.ctrlKey || event.altKey ? undefined : rowAfter(event.key, current, result.total);
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  };
  const events = rowsOf(result, from, to);
  const left = result.total - ROWS_MAX;
  return (
    <>
      <ul
        className="results"
        aria-label={t("search.results")}
        ref={room}
        onScroll={onScroll}
        onKeyDown={onKey}
      >
        <li
          className="results-height"
          aria-hidden="true"
          style={{ height: Math.min(result.total, ROWS_MAX) * ROW_PX }}
        />
        {events.map((event, at) => (
          <li
            key={from + at}
            className="result"
            aria-setsize={result.total}
            aria-posinset={from + at + 1}
            data-row={from + at}
            style={{ transform: `translateY(${(from + at) * ROW_PX}px)` }}
          >
            {event ? (
              <ResultRow event={event} view={view} isReachable={from + at === current} />
            ) : (
              <span className="event-row result-waiting">
                <span className="thumbnail" />
                <span className="unseen">{t("events.loading")}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
      {left > 0 && <p className="list-end">{t("search.beyond", { count: formats.number(left) })}</p>}
      {result.total === 0 && (
        <Notice icon="search" title={t("events.none-found")}>
          <p>{t("search.none.text")}</p>
        </Notice>
      )}
    </>
  );
}

type Room = { readonly current: HTMLUListElement | null };

/** Where the list stands. Another question begins at its top. */
function useScrolled(room: Room, question: object) {
  const [scroll_px, setScroll] = useState(0);
  const [height_px, setHeight] = useState(0);
  useLayoutEffect(() => {
    const list = room.current;
    if (!list) return;
    const measured = new ResizeObserver(() => setHeight(list.clientHeight));
    measured.observe(list);
    return () => measured.disconnect();
  }, [room]);
  useLayoutEffect(() => {
    if (room.current) room.current.scrollTop = 0;
    setScroll(0);
  }, [room, question]);
  const onScroll = () => setScroll(room.current?.scrollTop ?? 0);
  return { scroll_px, height_px, onScroll };
}

/** The row that the keys are at; what it is scrolled to is focused as soon as it is drawn. */
function useCurrentRow(room: Room, total: number, from: number, to: number) {
  const [current, setCurrent] = useState(0);
  const [wanted, setWanted] = useState<number>();
  const move = (row: number) => {
    const list = room.current;
    if (!list) return;
    const top_px = scrollTo(row, list.scrollTop, list.clientHeight);
    if (top_px !== undefined) list.scrollTop = top_px;
    setCurrent(row);
    setWanted(row);
  };
  // Drawn, or come from the server, a moment later.
  useEffect(() => {
    if (wanted === undefined) return;
    const link = room.current?.querySelector<HTMLElement>(`[data-row="${wanted}"] a`);
    if (!link) return;
    link.focus({ preventScroll: true });
    setWanted(undefined);
  });
  // Whoever scrolled away with the pointer comes back to what is seen.
  const isSeen = current >= from && current < to;
  return { current: isSeen ? current : Math.min(from, Math.max(0, total - 1)), move };
}

import { type KeyboardEvent, useState } from "react";
import type { ApiEvent } from "../api/types.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace } from "../page/use-view.tsx";
import { EventRow } from "./event-row.tsx";

/** The list itself. One row is in the order of the Tab key; arrows, Home and End move among them, Enter opens. */
export function EventRows({
  events,
  fresh,
}: {
  readonly events: readonly ApiEvent[];
  readonly fresh: ReadonlySet<string>;
}) {
  const { t, formats } = useSpeech();
  const { now_ms } = useTown();
  const { view } = usePlace();
  const [current, setCurrent] = useState<string>();
  const opened = view.open?.kind === "event" ? view.open.occurrence : undefined;
  const reachable = events.find(({ occurrence }) => occurrence === current) ?? events[0];
  const today = formats.dayKey(now_ms());
  return (
    <ul className="events" aria-label={t("tab.events")} onKeyDown={moveFocus}>
      {events.map((event, at) => {
        const day = formats.dayKey(event.time);
        const before = events[at - 1];
        const newDay = before ? formats.dayKey(before.time) !== day : day !== today;
        return (
          <li key={event.occurrence} className={fresh.has(event.occurrence) ? "is-fresh" : undefined}>
            {newDay && <p className="day">{formats.day(event.time)}</p>}
            <EventRow
              event={event}
              opened={event.occurrence === opened}
              reachable={event.occurrence === reachable?.occurrence}
              onFocus={setCurrent}
            />
          </li>
        );
      })}
    </ul>
  );
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
  const rows = [...event.currentTarget.querySelectorAll("a")];
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const next =
    rows[
      step(
        rows.findIndex((row) => row.matches(":focus")),
        rows.length,
      )
    ];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

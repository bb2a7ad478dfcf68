import { memo } from "react";
import type { ApiEvent } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { useWhere } from "../events/event-row.tsx";
import { isOpen } from "../events/kinds.ts";
import { Thumbnail } from "../events/thumbnail.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { formatSearch, type SearchView } from "./search-view.ts";

/** One event that was found. Its picture is asked for when it is drawn, which is when somebody sees it. */
export const ResultRow = memo(function ResultRow({
  event,
  view,
  isReachable,
}: {
  readonly event: ApiEvent;
  readonly view: SearchView;
  /** Whether the Tab key comes here. */
  readonly isReachable: boolean;
}) {
  const { t, say, formats } = useSpeech();
  const where = useWhere(event);
  const to = { desk: "search", path: "", search: formatSearch({ ...view, open: event.occurrence }) } as const;
  return (
    <ViewLink
      to={{ at: to }}
      className="event-row"
      tabIndex={isReachable ? 0 : -1}
      aria-current={view.open === event.occurrence ? "true" : undefined}
    >
      <Thumbnail event={event} />
      <span className="event-text">
        <bdi className="event-sentence">{say(event.sentence)}</bdi>
        <span className="event-meta">
          {event.severity !== "info" && (
            <Badge tone={event.severity === "alarm" ? "bad" : "warn"} icon="alert">
              {t(event.severity === "alarm" ? "severity.alarm" : "severity.notice")}
            </Badge>
          )}
          <time dateTime={event.time}>{formats.dateTime(event.time)}</time>
          {where && <bdi className="event-where">{where}</bdi>}
          {isOpen(event) && (
            <Badge tone="accent" icon="live">
              {t("event.open")}
            </Badge>
          )}
        </span>
      </span>
    </ViewLink>
  );
});

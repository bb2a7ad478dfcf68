import { memo } from "react";
import type { ApiEvent } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { cameraGapOf, delayChangeOf, isOpen, isRecorded, sceneOf, stopVisitOf } from "./kinds.ts";
import { Thumbnail } from "./thumbnail.tsx";

type Row = {
  readonly event: ApiEvent;
  readonly opened: boolean;
  /** Whether the Tab key comes here. */
  readonly reachable: boolean;
  readonly onFocus: (occurrence: string) => void;
};

/** One event in two lines: what, then where and when; its picture beside it. */
export const EventRow = memo(function EventRow({ event, opened, reachable, onFocus }: Row) {
  const { t, say, formats } = useSpeech();
  const where = useWhere(event);
  return (
    <ViewLink
      to={{ open: { kind: "event", occurrence: event.occurrence } }}
      className="event-row"
      tabIndex={reachable ? 0 : -1}
      aria-current={opened ? "true" : undefined}
      onFocus={() => onFocus(event.occurrence)}
    >
      <Thumbnail event={event} />
      <span className="event-text">
        <span className="event-sentence">{say(event.sentence)}</span>
        <span className="event-meta">
          <time dateTime={event.time}>{formats.clockSeconds(event.time)}</time>
          {where && <span className="event-where">{where}</span>}
          {isOpen(event) && (
            <Badge tone="accent" icon="live">
              {t("event.open")}
            </Badge>
          )}
          {isRecorded(event) && <Badge icon="film">{t("recorded.short")}</Badge>}
        </span>
      </span>
    </ViewLink>
  );
});

/** The place in words that a row can afford: the camera's name or the stop's. */
export function useWhere(event: ApiEvent | undefined): string | undefined {
  const { findCamera } = useTown();
  if (!event) return undefined;
  const camera = sceneOf(event)?.camera ?? cameraGapOf(event)?.camera;
  if (camera !== undefined) return findCamera(camera)?.name ?? camera;
  return (stopVisitOf(event) ?? delayChangeOf(event))?.stop_name;
}

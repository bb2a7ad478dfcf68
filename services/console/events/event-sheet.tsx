import { useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import type { ApiEvent, LatLon } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { Sheet } from "../elements/sheet.tsx";
import { toEvidence } from "../evidence/evidence-view.ts";
import { OpenIncident } from "../incidents/open-incident.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import type { View } from "../page/view.ts";
import { clipOf } from "../player/clip-of.ts";
import { ClipPlayer } from "../player/clip-player.tsx";
import { aroundText } from "../search/narrow.ts";
import { formatSearch } from "../search/search-view.ts";
import { EventFacts } from "./event-facts.tsx";
import { iconOf } from "./event-icon.ts";
import { KIND_NAMES } from "./filter-bar.tsx";
import { findKind, findPlace, isOpen, isRecorded } from "./kinds.ts";
import { Neighbours } from "./neighbours.tsx";
import { Snapshot } from "./snapshot.tsx";
import type { OpenedEvent } from "./use-opened-event.ts";

/** One event, whole: picture, recording, facts and why it was raised. */
export function EventSheet({
  occurrence,
  opened: { event, problem },
  linkTo,
  onClose,
  onShow,
}: {
  readonly occurrence: string;
  readonly opened: OpenedEvent;
  /** Where another event lies open in its place. */
  linkTo(occurrence: string): Partial<View>;
  onClose(): void;
  onShow(place: LatLon): void;
}) {
  const { t, formats } = useSpeech();
  const kind = event && findKind(event.type);
  const title = (
    <>
      {event && <Icon name={iconOf(event)} />} {kind ? t(KIND_NAMES[kind]) : t("event")}
      {event && <time className="quiet"> {formats.clockSeconds(event.time)}</time>}
    </>
  );
  return (
    <Sheet name={occurrence} title={title} onClose={onClose}>
      {event && <EventBody event={event} linkTo={linkTo} onShow={onShow} />}
      {!event && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {!event && problem && (
        <Notice
          icon="alert"
          title={problem.status === 404 ? t("event.unknown") : t("events.unreachable")}
          tone="bad"
        />
      )}
    </Sheet>
  );
}

function EventBody({
  event,
  linkTo,
  onShow,
}: {
  readonly event: ApiEvent;
  linkTo(occurrence: string): Partial<View>;
  onShow(place: LatLon): void;
}) {
  const { t, say } = useSpeech();
  const { may } = useAccount();
  const [opening, setOpening] = useState(false);
  const place = findPlace(event);
  return (
    <article className="event">
      <Snapshot event={event} />
      <p className="event-why">{say(event.sentence)}</p>
      <p className="badges">
        {isOpen(event) && (
          <Badge tone="accent" icon="live">
            {t("event.open")}
          </Badge>
        )}
        {event.state === "closed" && <Badge>{t("event.closed")}</Badge>}
        {event.state === "withdrawn" && <Badge tone="warn">{t("event.withdrawn")}</Badge>}
        {isRecorded(event) && <Badge icon="film">{t("recorded")}</Badge>}
        {place && (
          <button type="button" className="link-button" onClick={() => onShow(place)}>
            <Icon name="pin" size={16} /> {t("event.show-on-map")}
          </button>
        )}
      </p>
      <ClipPlayer event={event} />
      <EventFacts event={event} />
      {place && <Neighbours key={event.occurrence} event={event} place={place} linkTo={linkTo} />}
      {place && <AroundLink place={place} at_ms={Date.parse(event.time)} />}
      <p className="event-actions">
        {may("live", "archive", "dispatch") && (
          <button type="button" className="button" onClick={() => setOpening(true)}>
            {t("incidents.new")}
          </button>
        )}
        {may("export") && clipOf(event) && (
          <ViewLink
            className="button"
            to={toEvidence({ page: "new", wanted: { events: [event.occurrence] } })}
          >
            <Icon name="film" size={16} /> {t("keys.export")}
          </ViewLink>
        )}
      </p>
      {opening && <OpenIncident event={event} onClose={() => setOpening(false)} />}
      <details>
        <summary>{t("event.as-published")}</summary>
        <pre className="json">{JSON.stringify(published(event), null, 2)}</pre>
      </details>
    </article>
  );
}

/** Near it, and about then: a question like any other, which can be widened and narrowed there. */
function AroundLink({ place, at_ms }: { readonly place: LatLon; readonly at_ms: number }) {
  const { t } = useSpeech();
  const { may } = useAccount();
  const { town, now_ms } = useTown();
  if (!may("archive", "transit")) return null;
  const q = aroundText(place, at_ms, { now_ms: now_ms(), timezone: town.timezone });
  const to = { desk: "search", path: "", search: formatSearch({ q, show: "list" }) } as const;
  return (
    <p>
      <ViewLink to={{ at: to }}>
        <Icon name="search" size={16} /> {t("event.around")}
      </ViewLink>
    </p>
  );
}

/** The CloudEvent alone, without what the API adds for reading. */
function published({ sentence: _, links: __, ...event }: ApiEvent) {
  return event;
}

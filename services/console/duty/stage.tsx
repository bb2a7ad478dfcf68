import { type RefObject, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import type { ApiEvent, Incident, LatLon } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { Icon } from "../elements/icon.tsx";
import { EventFacts } from "../events/event-facts.tsx";
import { useWhere } from "../events/event-row.tsx";
import { findPlace, isOpen, isRecorded } from "../events/kinds.ts";
import { Snapshot } from "../events/snapshot.tsx";
import { IncidentPurpose, usePurpose } from "../events/use-purpose.tsx";
import { IncidentActions, NoteForm } from "../incidents/incident-actions.tsx";
import { IncidentFacts, IncidentLog } from "../incidents/incident-sheet.tsx";
import type { Deeds } from "../incidents/use-deeds.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { ClipPlayer } from "../player/clip-player.tsx";
import { exportOf } from "./desk-keys.ts";
import { type QueueGroup, unattached } from "./queue-groups.ts";

/** What the dispatcher has before them: the recording, why it is here, what may be done, what was done. */
export function Stage({
  group,
  deeds,
  note,
  onShow,
  onClose,
}: {
  readonly group: QueueGroup;
  readonly deeds: Deeds;
  readonly note: RefObject<HTMLTextAreaElement | null>;
  onShow(place: LatLon): void;
  onClose(): void;
}) {
  const { t, say } = useSpeech();
  const { may } = useAccount();
  const { incident, events, lead } = group;
  const [picked, setPicked] = useState<string>();
  const event = events.find(({ occurrence }) => occurrence === picked) ?? lead;
  return (
    <IncidentPurpose id={incident && incident.state !== "closed" ? incident.id : undefined}>
      <header className="stage-head">
        <h2>
          <bdi>{incident?.title ?? (lead && say(lead.sentence))}</bdi>
        </h2>
        <button
          type="button"
          className="icon-button"
          onClick={onClose}
          aria-label={t("close")}
          title={t("close")}
        >
          <Icon name="close" size={20} />
        </button>
      </header>
      <IncidentActions deeds={deeds} />
      {may("export") && events.some(({ links }) => links.clip !== undefined) && (
        <p>
          <ViewLink to={exportOf(group)}>
            <Icon name="film" size={16} /> {t("keys.export")}
          </ViewLink>
        </p>
      )}
      <Attach group={group} deeds={deeds} />
      {events.length > 1 && <Events events={events} event={event} onPick={setPicked} />}
      {event && <EventStage key={event.occurrence} event={event} titled={!incident} onShow={onShow} />}
      <NoteForm name={`note/${incident?.id ?? group.key}`} field={note} onNote={deeds.note} />
      {incident && <IncidentPart incident={incident} />}
      {event && (
        <details>
          <summary>{t("stage.facts")}</summary>
          <EventFacts event={event} />
        </details>
      )}
    </IncidentPurpose>
  );
}

/** What came to it since: one more look at it may change what is done. */
function Attach({ group, deeds }: { readonly group: QueueGroup; readonly deeds: Deeds }) {
  const { t } = useSpeech();
  const more = unattached(group);
  if (more.length === 0 || group.incident?.state === "closed") return null;
  const attach = () =>
    void deeds
      .send({ do: "attach", events: more.map(({ occurrence }) => occurrence) })
      .catch(() => undefined);
  return (
    <p className="stage-more">
      {t("stage.more", { count: more.length })}{" "}
      <button type="button" className="link-button" onClick={attach}>
        {t("stage.attach")}
      </button>
    </p>
  );
}

/** The events of one thing, the oldest first: what led to what. */
function Events({
  events,
  event: shown,
  onPick,
}: {
  readonly events: readonly ApiEvent[];
  readonly event: ApiEvent | undefined;
  onPick(occurrence: string): void;
}) {
  const { t, say, formats } = useSpeech();
  return (
    <ol className="stage-events" aria-label={t("tab.events")}>
      {events.toReversed().map((event) => (
        <li key={event.occurrence}>
          <button
            type="button"
            aria-pressed={event.occurrence === shown?.occurrence}
            onClick={() => onPick(event.occurrence)}
          >
            <time dateTime={event.time}>{formats.clockSeconds(event.time)}</time>{" "}
            <bdi>{say(event.sentence)}</bdi>
          </button>
        </li>
      ))}
    </ol>
  );
}

function EventStage({
  event,
  titled,
  onShow,
}: {
  readonly event: ApiEvent;
  /** Its sentence is the title above. */
  readonly titled: boolean;
  onShow(place: LatLon): void;
}) {
  const { t, say, formats } = useSpeech();
  const { lookAt } = usePurpose();
  const where = useWhere(event);
  const place = findPlace(event);
  const clip = lookAt(event.links.clip);
  return (
    <section className="stage-event" aria-label={t("event")}>
      {clip ? <ClipPlayer event={event} /> : <Snapshot event={event} />}
      {!titled && (
        <p className="event-why">
          <bdi>{say(event.sentence)}</bdi>
        </p>
      )}
      <p className="badges">
        <time dateTime={event.time}>
          {formats.day(event.time)}, {formats.clockSeconds(event.time)}
        </time>
        {where && <bdi>{where}</bdi>}
        {isOpen(event) && (
          <Badge tone="accent" icon="live">
            {t("event.open")}
          </Badge>
        )}
        {event.state === "withdrawn" && <Badge tone="warn">{t("event.withdrawn")}</Badge>}
        {isRecorded(event) && <Badge icon="film">{t("recorded")}</Badge>}
        {place && (
          <button type="button" className="link-button" onClick={() => onShow(place)}>
            <Icon name="pin" size={16} /> {t("event.show-on-map")}
          </button>
        )}
      </p>
    </section>
  );
}

function IncidentPart({ incident }: { readonly incident: Incident }) {
  return (
    <div className="incident stage-incident">
      <IncidentFacts incident={incident} />
      <IncidentLog id={incident.id} revision={incident.revision} />
    </div>
  );
}

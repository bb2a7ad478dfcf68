import { useState } from "react";
import { getIncident, listIncidentEntries } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { Incident } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { Sheet } from "../elements/sheet.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { IncidentActions, NoteForm } from "./incident-actions.tsx";
import { useDeeds } from "./use-deeds.ts";
import { OUTCOMES, STATES, saidOf } from "./words.ts";

const INCIDENT_MS = 5_000;

/** One incident: what it is, what belongs to it, what was done, and what to do next. */
export function IncidentSheet({ id, onClose }: { readonly id: string; onClose(): void }) {
  const { t } = useSpeech();
  const [changes, setChanges] = useState(0);
  const { value, problem } = usePolling(
    `incident/${id}/${changes}`,
    (signal) => getIncident(id, signal),
    INCIDENT_MS,
  );
  const [shown, setShown] = useState<Incident>();
  // While it is asked for anew what was known stays.
  if (value && value !== shown) setShown(value);
  const incident = value ?? (shown?.id === id ? shown : undefined);
  return (
    <Sheet name={id} title={incident?.title ?? t("incident")} onClose={onClose}>
      {!incident && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {!incident && problem && (
        <Notice
          icon="alert"
          tone="bad"
          title={problem.status === 404 ? t("incident.unknown") : t("events.unreachable")}
        />
      )}
      {incident && (
        <article className="incident">
          <IncidentFacts incident={incident} />
          <Actions incident={incident} onChanged={() => setChanges(changes + 1)} />
          <Attached incident={incident} />
          <IncidentLog id={id} revision={incident.revision} />
        </article>
      )}
    </Sheet>
  );
}

function Actions({ incident, onChanged }: { readonly incident: Incident; onChanged(): void }) {
  const deeds = useDeeds(incident, { onChanged });
  return (
    <>
      <IncidentActions deeds={deeds} />
      <NoteForm name={`note/${incident.id}`} onNote={deeds.note} />
    </>
  );
}

export function IncidentFacts({ incident }: { readonly incident: Incident }) {
  const { t, formats } = useSpeech();
  const { state, priority, purpose, claimed_by, offered_to, escalated_to, outcome } = incident;
  return (
    <>
      <p className="badges">
        <Badge tone={STATES[state].tone}>{t(STATES[state].name)}</Badge>
        {priority === "high" && (
          <Badge tone="bad" icon="alert">
            {t("incident.urgent")}
          </Badge>
        )}
        {claimed_by && <Badge icon="person">{claimed_by}</Badge>}
        {offered_to && <Badge tone="warn">{t("incident.offered", { to: offered_to })}</Badge>}
        {escalated_to && <Badge tone="warn">{t("done.escalate", { to: escalated_to })}</Badge>}
        {outcome && <Badge>{t(OUTCOMES[outcome])}</Badge>}
      </p>
      <dl className="facts">
        <div>
          <dt>{t("incident.purpose")}</dt>
          <dd>{purpose}</dd>
        </div>
        <div>
          <dt>{t("incident.opened")}</dt>
          <dd>
            {incident.opened_by}, {formats.day(incident.opened_at)}, {formats.clock(incident.opened_at)}
          </dd>
        </div>
      </dl>
    </>
  );
}

/** Pictures that are opened from here are looked at for this incident. */
function Attached({ incident: { events, cameras } }: { readonly incident: Incident }) {
  const { t, formats } = useSpeech();
  const { findCamera } = useTown();
  if (events.length + cameras.length === 0) return null;
  return (
    <section aria-label={t("incident.attached")}>
      <h3>{t("incident.attached")}</h3>
      <ul className="plain-list">
        {events.map(({ occurrence, source, time }) => (
          <li key={occurrence}>
            <ViewLink to={{ open: { kind: "event", occurrence } }} className="plain-row">
              {formats.day(time)}, {formats.clockSeconds(time)}{" "}
              <span className="quiet">{findCamera(source.replace("camera/", ""))?.name ?? source}</span>
            </ViewLink>
          </li>
        ))}
        {cameras.map((id) => (
          <li key={id} className="plain-row">
            {findCamera(id)?.name ?? id}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function IncidentLog({ id, revision }: { readonly id: string; readonly revision: number }) {
  const { t, formats } = useSpeech();
  const { value } = usePolling(`incident-log/${id}/${revision}`, (signal) => listIncidentEntries(id, signal));
  return (
    <section aria-label={t("incident.log")}>
      <h3>{t("incident.log")}</h3>
      <ol className="incident-log">
        {value?.toReversed().map((entry) => {
          const { key, values, text } = saidOf(entry);
          return (
            <li key={entry.revision}>
              <p>
                <strong>{entry.by}</strong> {t(key, values)}{" "}
                <span className="quiet">
                  {formats.day(entry.at)}, {formats.clockSeconds(entry.at)}
                </span>
              </p>
              {text && <p className="incident-text">{text}</p>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

import { useState } from "react";
import { listIncidents } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { Incident } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { OpenIncident } from "./open-incident.tsx";
import { STATES } from "./words.ts";
import "./incidents.css";

const LIST_MS = 5_000;
const WORKED_ON = "?state=open&state=claimed&state=escalated";

/** The log of the situation centre: what somebody works on, or should. */
export function IncidentsPanel() {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  const [opening, setOpening] = useState(false);
  const query = all ? "" : WORKED_ON;
  const { value, problem } = usePolling(
    `incidents${query}`,
    (signal) => listIncidents(query, signal),
    LIST_MS,
  );
  return (
    <div className="panel-body">
      <p className="incident-head">
        <label>
          <input type="checkbox" checked={all} onChange={({ target }) => setAll(target.checked)} />{" "}
          {t("incidents.closed-too")}
        </label>
        <button type="button" className="button" onClick={() => setOpening(true)}>
          {t("incidents.new")}
        </button>
      </p>
      {problem && <Notice icon="alert" tone="bad" title={t("events.unreachable")} />}
      {!value && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {value?.length === 0 && (
        <Notice icon="list" title={t("incidents.none")}>
          <p>{t("incidents.none.text")}</p>
        </Notice>
      )}
      <ul className="plain-list">
        {value?.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} />
        ))}
      </ul>
      {opening && <OpenIncident onClose={() => setOpening(false)} />}
    </div>
  );
}

function IncidentRow({ incident }: { readonly incident: Incident }) {
  const { t, formats } = useSpeech();
  const { id, title, state, priority, claimed_by, changed_at, events } = incident;
  return (
    <li>
      <ViewLink to={{ open: { kind: "incident", id } }} className="incident-row">
        <strong>{title}</strong>
        <span className="badges">
          <Badge tone={STATES[state].tone}>{t(STATES[state].name)}</Badge>
          {priority === "high" && (
            <Badge tone="bad" icon="alert">
              {t("incident.urgent")}
            </Badge>
          )}
          {claimed_by && <Badge icon="person">{claimed_by}</Badge>}
          <span className="quiet">
            {formats.day(changed_at)}, {formats.clock(changed_at)}
          </span>
          {events.length > 0 && (
            <span className="quiet">{t("incident.events", { count: events.length })}</span>
          )}
        </span>
      </ViewLink>
    </li>
  );
}

import { listIncidentEntries } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { Incident, Shift } from "../api/types.ts";
import { saidOf } from "../incidents/words.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { toDuty } from "./duty-view.ts";
import { deedsIn, touches } from "./shift-log.ts";

/** Incidents whose log is read for one shift; a shift with more is read from the incidents themselves. */
const LOGS_MAX = 30;

/** What was left with a shift, and who took it. */
export function HandOver({
  shift,
  incidents,
}: {
  readonly shift: Shift;
  readonly incidents: readonly Incident[];
}) {
  const { t } = useSpeech();
  const { hand_over } = shift;
  if (!hand_over) return null;
  const handed = incidents.filter(({ id }) => hand_over.incidents.includes(id));
  return (
    <>
      {hand_over.note && (
        <p className="incident-text">
          <bdi>{hand_over.note}</bdi>
        </p>
      )}
      <p className="quiet">{t("shift.handed", { count: hand_over.incidents.length })}</p>
      <IncidentLinks incidents={handed} />
      {hand_over.accepted_by && <p className="quiet">{t("shift.accepted", { by: hand_over.accepted_by })}</p>}
    </>
  );
}

export function ShiftHead({ shift: { login, purpose, began_at, ended_at } }: { readonly shift: Shift }) {
  const { formats } = useSpeech();
  return (
    <header>
      <h3>
        <bdi>{login}</bdi>{" "}
        <span className="quiet">
          {formats.day(began_at)}, {formats.clock(began_at)} – {ended_at ? formats.clock(ended_at) : "…"}
        </span>
      </h3>
      <p>
        <bdi>{purpose}</bdi>
      </p>
    </header>
  );
}

export function IncidentLinks({ incidents }: { readonly incidents: readonly Incident[] }) {
  if (incidents.length === 0) return null;
  return (
    <ul className="shift-incidents">
      {incidents.map(({ id, title }) => (
        <li key={id}>
          <ViewLink to={toDuty({ chosen: { incident: id }, shift: false, all: false })}>
            <bdi>{title}</bdi>
          </ViewLink>
        </li>
      ))}
    </ul>
  );
}

/** What was done to incidents in a shift, by anybody. */
export function ShiftDeeds({
  shift,
  incidents,
}: {
  readonly shift: Shift;
  readonly incidents: readonly Incident[];
}) {
  const { t, formats } = useSpeech();
  const touched = incidents.filter((each) => touches(shift, each)).slice(0, LOGS_MAX);
  const key = touched.map(({ id, revision }) => `${id}.${revision}`).join(" ");
  const { value } = usePolling(`shift-log/${shift.id}/${key}`, async (signal) =>
    Promise.all(
      touched.map(async (incident) => ({
        incident,
        entries: await listIncidentEntries(incident.id, signal),
      })),
    ),
  );
  const deeds = value && deedsIn(shift, value);
  if (deeds?.length === 0) return <p className="quiet">{t("shift.nothing")}</p>;
  return (
    <ol className="incident-log">
      {deeds?.map(({ incident, entry }) => {
        const { key: said, values, text } = saidOf(entry);
        return (
          <li key={`${incident.id} ${entry.revision}`}>
            <p>
              <span className="quiet">{formats.clock(entry.at)}</span> <strong>{entry.by}</strong>{" "}
              {t(said, values)}:{" "}
              <ViewLink to={toDuty({ chosen: { incident: incident.id }, shift: false, all: false })}>
                <bdi>{incident.title}</bdi>
              </ViewLink>
            </p>
            {text && (
              <p className="incident-text">
                <bdi>{text}</bdi>
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

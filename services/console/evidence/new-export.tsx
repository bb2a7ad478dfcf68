import { useMemo } from "react";
import { ApiProblem, askEvidence, getEvent, getIncident } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { ApiEvent, AskedEvidence, Incident } from "../api/types.ts";
import { Notice } from "../elements/notice.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useDraft } from "../elements/use-draft.ts";
import { IncidentPurpose, usePurpose } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { usePlace } from "../page/use-view.tsx";
import { clipOf } from "../player/clip-of.ts";
import { ClipChoice } from "./clip-choice.tsx";
import { toEvidence, type Wanted } from "./evidence-view.ts";
import { FORM_NAMES, GROUND_NAMES, GROUNDS } from "./evidence-words.ts";
import { type ExportDraft, readExport } from "./export-draft.ts";

type Material = { readonly events: readonly ApiEvent[]; readonly incident?: Incident | undefined };

/** What of it leaves, in which form, for whom and by what right; every recording is seen before it is asked for. */
export function NewExport({ wanted }: { readonly wanted: Wanted }) {
  const { t } = useSpeech();
  const { value, problem } = usePolling(`material/${JSON.stringify(wanted)}`, (signal) =>
    loadMaterial(wanted, signal),
  );
  const clips = value?.events.filter((event) => clipOf(event));
  return (
    <article className="evidence">
      <h2>{t("evidence.new")}</h2>
      {!value && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {problem && (
        <Notice
          icon="alert"
          tone="bad"
          title={problem.status === 404 ? t("event.unknown") : t("events.unreachable")}
        />
      )}
      {clips?.length === 0 && (
        <Notice icon="film" title={t("evidence.no-clips")}>
          <p>{t("evidence.no-clips.text")}</p>
        </Notice>
      )}
      {value && clips && clips.length > 0 && (
        <IncidentPurpose id={value.incident?.state === "closed" ? undefined : value.incident?.id}>
          <ExportForm material={{ ...value, events: clips }} name={`export/${JSON.stringify(wanted)}`} />
        </IncidentPurpose>
      )}
    </article>
  );
}

/** The events that were named, else all of the incident's; one whose time is over is left out. */
async function loadMaterial({ events, incident: id }: Wanted, signal: AbortSignal): Promise<Material> {
  const incident = id === undefined ? undefined : await getIncident(id, signal);
  const named = events.length > 0 ? events : (incident?.events.map(({ occurrence }) => occurrence) ?? []);
  const found = await Promise.all(
    named.slice(0, CLIPS_MAX).map((occurrence) =>
      getEvent(occurrence, signal).catch((thrown: unknown) => {
        if (thrown instanceof ApiProblem && thrown.status === 404) return undefined;
        throw thrown;
      }),
    ),
  );
  return { incident, events: found.filter((each) => each !== undefined) };
}

const CLIPS_MAX = 16;

function ExportForm({
  material: { events, incident },
  name,
}: {
  readonly material: Material;
  /** Of the draft. */
  readonly name: string;
}) {
  const { t } = useSpeech();
  const { go } = usePlace();
  const { text } = usePurpose();
  const { draft, write, sent } = useDraft(name);
  const asked = useMemo(() => readExport(draft?.text), [draft?.text]);
  const { busy, problem, send } = useSending();
  const change = (some: Partial<ExportDraft>) => write(JSON.stringify({ ...asked, ...some }));
  const kept = events.filter(({ occurrence }) => !asked.without.includes(occurrence));
  const purpose = asked.purpose ?? incident?.purpose ?? text ?? "";
  const ask = async () => {
    const about = incident?.state === "closed" ? undefined : incident?.id;
    const { id } = await askEvidence({
      ...bodyOf(kept, asked, about),
      purpose: purpose.trim(),
      legal_basis: { ground: groundOf(asked), reference: asked.reference.trim() },
    });
    sent();
    go(toEvidence({ page: "one", id }));
  };
  return (
    <form
      className="export-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send(ask);
      }}
    >
      <FormChoice asked={asked} onChange={change} />
      {events.map((event) => (
        <ClipChoice
          key={event.occurrence}
          event={event}
          chosen={!asked.without.includes(event.occurrence)}
          onChoose={(on) => {
            const others = asked.without.filter((each) => each !== event.occurrence);
            change({ without: on ? others : [...others, event.occurrence] });
          }}
          redaction={
            asked.form === "redacted"
              ? { cover: asked.cover, regions: asked.opened[event.occurrence] ?? [] }
              : undefined
          }
          onOpened={(regions) => change({ opened: { ...asked.opened, [event.occurrence]: regions } })}
        />
      ))}
      <WhyFields asked={{ ...asked, purpose }} onChange={change} />
      <ProblemLine problem={problem} />
      <p>
        <button type="submit" className="button button-main" disabled={busy || kept.length === 0}>
          {t("evidence.ask")}
        </button>
      </p>
    </form>
  );
}

type Choosing = { readonly asked: ExportDraft; onChange(some: Partial<ExportDraft>): void };

function FormChoice({ asked: { form, cover }, onChange }: Choosing) {
  const { t } = useSpeech();
  return (
    <>
      <fieldset>
        <legend>{t("evidence.form")}</legend>
        {(["redacted", "original"] as const).map((each) => (
          <label key={each} className="export-choice">
            <input
              type="radio"
              name="form"
              checked={form === each}
              onChange={() => onChange({ form: each })}
            />
            <span>
              <strong>{t(FORM_NAMES[each].name)}</strong>
              <span className="quiet">{t(FORM_NAMES[each].means)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {form === "redacted" && (
        <label className="field">
          {t("redact.cover")}
          <select
            value={cover}
            onChange={({ target }) => onChange({ cover: target.value === "solid" ? "solid" : "mosaic" })}
          >
            <option value="mosaic">{t("redact.mosaic")}</option>
            <option value="solid">{t("redact.solid")}</option>
          </select>
        </label>
      )}
    </>
  );
}

function WhyFields({ asked, onChange }: Choosing) {
  const { t } = useSpeech();
  return (
    <fieldset>
      <legend>{t("evidence.why")}</legend>
      <label className="field">
        {t("incident.purpose")}
        <input
          required
          minLength={3}
          maxLength={200}
          value={asked.purpose}
          onChange={({ target }) => onChange({ purpose: target.value })}
        />
      </label>
      <label className="field">
        {t("evidence.ground")}
        <select
          required
          value={groundOf(asked)}
          onChange={({ target }) => onChange({ ground: target.value })}
        >
          {GROUNDS.map((ground) => (
            <option key={ground} value={ground}>
              {t(GROUND_NAMES[ground])}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t("evidence.reference")}
        <input
          required
          minLength={3}
          maxLength={300}
          autoComplete="off"
          value={asked.reference}
          onChange={({ target }) => onChange({ reference: target.value })}
        />
      </label>
    </fieldset>
  );
}

const groundOf = ({ ground }: ExportDraft) => GROUNDS.find((each) => each === ground) ?? "police-request";

/** What the API is asked for, but for the reason. */
function bodyOf(
  events: readonly ApiEvent[],
  { form, cover, opened }: ExportDraft,
  incident: string | undefined,
): Omit<AskedEvidence, "purpose" | "legal_basis"> {
  const regions = events.flatMap((event) =>
    (opened[event.occurrence] ?? []).map(({ path }) => ({
      camera: clipOf(event)?.camera ?? "",
      path: path.map(({ at_ms, box: [left, top, right, bottom] }) => ({
        at: new Date(Math.round(at_ms)).toISOString(),
        box: { left, top, right, bottom },
      })),
    })),
  );
  return {
    form,
    events: events.map(({ occurrence }) => occurrence),
    ...(form === "redacted" && { redaction: { cover, opened: regions } }),
    ...(incident !== undefined && { incident }),
  };
}

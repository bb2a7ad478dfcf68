import { type FormEvent, useState } from "react";
import { ApiProblem, askEvidence, getEvent, getIncident } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { ApiEvent, AskedEvidence, Incident } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { IncidentPurpose, usePurpose } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { usePlace } from "../page/use-view.tsx";
import { ClipChoice } from "./clip-choice.tsx";
import { toEvidence, type Wanted } from "./evidence-view.ts";
import { FORM_NAMES, GROUND_NAMES, GROUNDS } from "./evidence-words.ts";
import type { Cover } from "./paint-cover.ts";
import { clipOf } from "./recorded-clip.ts";
import type { Region } from "./region.ts";

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
          <ExportForm material={{ ...value, events: clips }} />
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

type Form = "original" | "redacted";

function ExportForm({ material: { events, incident } }: { readonly material: Material }) {
  const { t } = useSpeech();
  const { go } = usePlace();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(events.map(({ occurrence }) => occurrence)),
  );
  const [form, setForm] = useState<Form>("redacted");
  const [cover, setCover] = useState<Cover>("mosaic");
  const [opened, setOpened] = useState<Readonly<Record<string, readonly Region[]>>>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const kept = events.filter(({ occurrence }) => chosen.has(occurrence));
  const send = async (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const given = new FormData(submitted.currentTarget);
    const typed = (name: string) => String(given.get(name) ?? "").trim();
    setBusy(true);
    try {
      const asked = bodyOf(kept, {
        form,
        cover,
        opened,
        incident: incident?.state === "closed" ? undefined : incident?.id,
      });
      const ground = GROUNDS.find((each) => each === typed("ground")) ?? "police-request";
      const { id } = await askEvidence({
        ...asked,
        purpose: typed("purpose"),
        legal_basis: { ground, reference: typed("reference") },
      });
      go(toEvidence({ page: "one", id }));
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setProblem(thrown.status === 0 ? t("sign-in.unreachable") : thrown.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="export-form" onSubmit={(event) => void send(event)}>
      <fieldset>
        <legend>{t("evidence.form")}</legend>
        {(["redacted", "original"] as const).map((each) => (
          <label key={each} className="export-choice">
            <input type="radio" name="form" checked={form === each} onChange={() => setForm(each)} />
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
            onChange={({ target }) => setCover(target.value === "solid" ? "solid" : "mosaic")}
          >
            <option value="mosaic">{t("redact.mosaic")}</option>
            <option value="solid">{t("redact.solid")}</option>
          </select>
        </label>
      )}
      {events.map((event) => (
        <ClipChoice
          key={event.occurrence}
          event={event}
          chosen={chosen.has(event.occurrence)}
          onChoose={(on) =>
            setChosen(
              new Set([...chosen, event.occurrence].filter((each) => on || each !== event.occurrence)),
            )
          }
          redaction={form === "redacted" ? { cover, regions: opened[event.occurrence] ?? [] } : undefined}
          onOpened={(regions) => setOpened((before) => ({ ...before, [event.occurrence]: regions }))}
        />
      ))}
      <WhyFields incident={incident} />
      {problem && (
        <p className="sign-in-problem" role="alert">
          <Icon name="alert" /> {problem}
        </p>
      )}
      <p>
        <button type="submit" className="button button-main" disabled={busy || kept.length === 0}>
          {t("evidence.ask")}
        </button>
      </p>
    </form>
  );
}

function WhyFields({ incident }: { readonly incident: Incident | undefined }) {
  const { t } = useSpeech();
  const { text } = usePurpose();
  return (
    <fieldset>
      <legend>{t("evidence.why")}</legend>
      <label className="field">
        {t("incident.purpose")}
        <input
          name="purpose"
          required
          minLength={3}
          maxLength={200}
          defaultValue={incident?.purpose ?? text ?? ""}
        />
      </label>
      <label className="field">
        {t("evidence.ground")}
        <select name="ground" required>
          {GROUNDS.map((ground) => (
            <option key={ground} value={ground}>
              {t(GROUND_NAMES[ground])}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t("evidence.reference")}
        <input name="reference" required minLength={3} maxLength={300} autoComplete="off" />
      </label>
    </fieldset>
  );
}

type Choice = {
  readonly form: Form;
  readonly cover: Cover;
  readonly opened: Readonly<Record<string, readonly Region[]>>;
  readonly incident: string | undefined;
};

/** What the API is asked for, but for the reason. */
function bodyOf(
  events: readonly ApiEvent[],
  { form, cover, opened, incident }: Choice,
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

import { type FormEvent, useState } from "react";
import { getSectionSettings, removeSectionSettings, writeSectionSettings } from "../api/administration.ts";
import { ApiProblem } from "../api/client.ts";
import type { SectionSettings } from "../api/types.ts";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useDraft } from "../elements/use-draft.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { differencesOf } from "./section-difference.ts";
import { type Draft, draftOf, keptDraft, sentOf, WHOLE, withoutSecrets } from "./section-draft.ts";
import { SectionFields, SectionItems } from "./section-fields.tsx";
import { Theirs } from "./section-theirs.tsx";
import type { SectionForm as Form } from "./sections.ts";

const READ_MS = 15_000;

/** One section of the settings as a form. What is typed stays while it is refused, and on this device until it is sent; secrets do not. */
export function SectionForm({
  form,
  kept,
  onDone,
}: {
  readonly form: Form;
  readonly kept: SectionSettings;
  onDone(): void;
}) {
  const { t } = useSpeech();
  const isFixed = kept.owner.by !== "pages";
  const stored = useDraft(`settings/${kept.id}`);
  const [base, setBase] = useState(kept);
  const [draft, setDraft] = useState<Draft>(
    () => (isFixed ? undefined : keptDraft(stored.draft?.text)) ?? draftOf(form, kept.value),
  );
  const [theirs, setTheirs] = useState<SectionSettings>();
  const { busy, problem, send } = useSending();
  const change = (next: Draft) => {
    setDraft(next);
    stored.write(JSON.stringify(withoutSecrets(form.shape === "choice" ? [] : form.fields, next)));
  };
  const leave = () => {
    stored.sent();
    onDone();
  };
  const write = (seen: number) =>
    send(async () => {
      try {
        await writeSectionSettings(kept.id, seen, sentOf(form, draft));
        leave();
      } catch (thrown) {
        if (thrown instanceof ApiProblem && thrown.status === 412) {
          setTheirs(await getSectionSettings(kept.id, AbortSignal.timeout(READ_MS)));
        }
        throw thrown;
      }
    });
  const whole = problem?.fields.filter(({ at }) => at === "") ?? [];
  return (
    <form
      className="room-part"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void write(base.revision);
      }}
    >
      <fieldset className="setting-form" disabled={isFixed}>
        <legend className="unseen">{t(form.title)}</legend>
        <Inputs form={form} draft={draft} problems={problem?.fields ?? []} onChange={change} />
      </fieldset>
      {theirs && (
        <Theirs
          by={theirs.changed_by ?? ""}
          differences={differencesOf(form, sentOf(form, draft).value, theirs.value)}
          onTake={() => {
            setBase(theirs);
            change(draftOf(form, theirs.value));
            setTheirs(undefined);
          }}
          onKeep={() => {
            setBase(theirs);
            setTheirs(undefined);
            void write(theirs.revision);
          }}
        />
      )}
      {!theirs && problem && problem.fields.length === 0 && <ProblemLine problem={problem} />}
      {whole.map(({ message }) => (
        <p key={message} className="problem-line" role="alert" lang="en">
          {message}
        </p>
      ))}
      {problem && problem.fields.length > whole.length && (
        <p className="problem-line" role="alert">
          {t("sec.wrong")}
        </p>
      )}
      <p className="room-actions">
        {!isFixed && (
          <button type="submit" className="button button-main" disabled={busy}>
            {t("sec.save")}
          </button>
        )}
        <button type="button" className="button" onClick={leave}>
          {t("sec.back")}
        </button>
        {!isFixed && base.revision > 0 && (
          <button
            type="button"
            className="link-button"
            onClick={() =>
              void send(async () => {
                await removeSectionSettings(kept.id, base.revision);
                leave();
              })
            }
          >
            {t("sec.take-back")}
          </button>
        )}
      </p>
      {!isFixed && (
        <p className="row-note">{t(kept.applies === "at-once" ? "sec.at-once" : "sec.restart")}</p>
      )}
    </form>
  );
}

function Inputs({
  form,
  draft,
  problems,
  onChange,
}: {
  readonly form: Form;
  readonly draft: Draft;
  readonly problems: ApiProblem["fields"];
  onChange(draft: Draft): void;
}) {
  const { t } = useSpeech();
  if (form.shape === "fields") {
    return (
      <div className="boxed declaration">
        <SectionFields fields={form.fields} draft={draft} at="" problems={problems} onChange={onChange} />
      </div>
    );
  }
  if (form.shape === "items") {
    return (
      <SectionItems
        field={form}
        items={draft.lists[WHOLE] ?? []}
        at=""
        problems={problems}
        onChange={(items) => onChange({ ...draft, lists: { [WHOLE]: items } })}
      />
    );
  }
  return (
    <div className="boxed" role="radiogroup" aria-label={t(form.title)}>
      {form.choices.map(([name, label]) => (
        <label key={name} className="check">
          <input
            type="radio"
            name="choice"
            required
            value={name}
            checked={draft.texts[WHOLE] === name}
            onChange={() => onChange({ ...draft, texts: { [WHOLE]: name } })}
          />
          {t(label)}
        </label>
      ))}
    </div>
  );
}

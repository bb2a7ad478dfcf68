import { useId } from "react";
import type { ApiProblem } from "../api/client.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { type Draft, emptyDraft, isAsked, isKept } from "./section-draft.ts";
import { problemWords } from "./section-problems.ts";
import type { Field } from "./sections.ts";
import { SettingChoices, SettingInput } from "./setting-input.tsx";

type Problems = ApiProblem["fields"];
type Part = {
  readonly draft: Draft;
  /** JSON pointer of what is drawn here. */
  readonly at: string;
  readonly problems: Problems;
  onChange(draft: Draft): void;
};

/** The fields of one object, each with its help and what is wrong with it. */
export function SectionFields({ fields, ...part }: Part & { readonly fields: readonly Field[] }) {
  const { draft, onChange } = part;
  return fields
    .filter((field) => isAsked(field, draft))
    .map((field) =>
      field.kind === "items" ? (
        <SectionItems
          key={field.name}
          field={field}
          items={draft.lists[field.name] ?? []}
          at={`${part.at}/${field.name}`}
          problems={part.problems}
          onChange={(items) => onChange({ ...draft, lists: { ...draft.lists, [field.name]: items } })}
        />
      ) : (
        <OneField key={field.name} field={field} {...part} />
      ),
    );
}

type ItemsField = Pick<Extract<Field, { kind: "items" }>, "item" | "fields"> &
  Partial<Pick<Field, "label" | "help">>;

/** A list of objects: each can be filled in and taken away, and another put behind. */
export function SectionItems({
  field: { label, help, item, fields },
  items,
  at,
  problems,
  onChange,
}: {
  readonly field: ItemsField;
  readonly items: readonly Draft[];
  readonly at: string;
  readonly problems: Problems;
  onChange(items: readonly Draft[]): void;
}) {
  const { t } = useSpeech();
  return (
    <div className="setting-items">
      {label && <h3>{t(label)}</h3>}
      {help && <p className="row-note">{t(help)}</p>}
      {items.map((draft, n) => (
        // Items have no names of their own until they are typed.
        <fieldset key={n} className="boxed declaration">
          <legend>
            {t(item)} {n + 1}
          </legend>
          <SectionFields
            fields={fields}
            draft={draft}
            at={`${at}/${n}`}
            problems={problems}
            onChange={(changed) => onChange(items.with(n, changed))}
          />
          <p className="room-actions setting-wide">
            <button type="button" className="link-button" onClick={() => onChange(items.toSpliced(n, 1))}>
              {t("sec.remove-item", { item: t(item), number: n + 1 })}
            </button>
          </p>
        </fieldset>
      ))}
      <p>
        <button type="button" className="button" onClick={() => onChange([...items, emptyDraft(fields)])}>
          {t("sec.add-item", { item: t(item) })}
        </button>
      </p>
    </div>
  );
}

function OneField({ field, draft, at, problems, onChange }: Part & { readonly field: Field }) {
  const [id, noteId] = [useId(), useId()];
  const place = `${at}/${field.name}`;
  const wrong = problems.filter((each) => each.at === place || each.at.startsWith(`${place}/`));
  const value = draft.texts[field.name] ?? "";
  const set = (text: string) => onChange({ ...draft, texts: { ...draft.texts, [field.name]: text } });
  const isWide = field.kind === "json" || field.kind === "lines";
  return (
    <div className={`setting${isWide ? " setting-wide" : ""}`}>
      {field.kind === "several" ? (
        <SettingChoices field={field} value={value} onType={set} />
      ) : (
        <Labelled
          field={field}
          isKept={isKept(field, draft)}
          {...{ id, noteId, value, isWrong: wrong.length > 0, onType: set }}
        />
      )}
      <FieldNotes id={noteId} field={field} wrong={wrong} />
    </div>
  );
}

function Labelled({
  field,
  isKept: kept,
  ...input
}: Omit<Parameters<typeof SettingInput>[0], "isNeeded"> & { readonly isKept: boolean }) {
  const { t } = useSpeech();
  const { id, noteId, value, onType } = input;
  if (field.kind === "check") {
    return (
      <label className="check" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          aria-describedby={noteId}
          checked={value === "yes"}
          onChange={({ target }) => onType(target.checked ? "yes" : "")}
        />
        {t(field.label)}
      </label>
    );
  }
  const isSecretKept = field.kind === "secret" && kept;
  return (
    <label className="field" htmlFor={id}>
      {t(field.label)}
      {isSecretKept && <span className="row-note"> {t("sec.secret-kept")}</span>}
      <SettingInput field={field} {...input} isNeeded={field.required === true && !isSecretKept} />
    </label>
  );
}

/** What is wrong with a field, and what is to be typed there. */
function FieldNotes({
  id,
  field: { help },
  wrong,
}: {
  readonly id: string;
  readonly field: Field;
  readonly wrong: Problems;
}) {
  const { t } = useSpeech();
  return (
    <div id={id}>
      {wrong.map(({ at, message }) => {
        const words = problemWords(message);
        return (
          <p key={`${at} ${message}`} className="problem-line">
            <Icon name="alert" /> {words ? t(words.key, words.values) : <span lang="en">{message}</span>}
          </p>
        );
      })}
      {help && <p className="row-note">{t(help)}</p>}
    </div>
  );
}

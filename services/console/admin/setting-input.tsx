import { useSpeech } from "../messages/use-speech.tsx";
import type { Field } from "./sections.ts";

type InputProps = {
  readonly field: Field;
  readonly value: string;
  readonly id: string;
  /** Where its help and what is wrong with it stand. */
  readonly noteId: string;
  readonly isWrong: boolean;
  /** Whether it must be filled in: a secret that is kept need not be. */
  readonly isNeeded: boolean;
  onType(text: string): void;
};

/** What one field is typed into. */
export function SettingInput({ field, value, id, noteId, isWrong, isNeeded, onType }: InputProps) {
  const { t } = useSpeech();
  const common = { id, "aria-describedby": noteId, "aria-invalid": isWrong, required: isNeeded };
  if (field.kind === "choice") {
    return (
      <select {...common} value={value} onChange={({ target }) => onType(target.value)}>
        <option value="">{t(field.required ? "sec.choose" : "sec.as-usual")}</option>
        {field.choices.map(([name, label]) => (
          <option key={name} value={name}>
            {t(label)}
          </option>
        ))}
      </select>
    );
  }
  if (field.kind === "lines" || field.kind === "json") {
    return (
      <textarea
        {...common}
        className={field.kind === "json" ? "code" : ""}
        spellCheck={false}
        dir="auto"
        value={value}
        onChange={({ target }) => onType(target.value)}
      />
    );
  }
  return (
    <input
      {...common}
      {...attributesOf(field)}
      value={value}
      onChange={({ target }) => onType(target.value)}
    />
  );
}

/** Some of a list. */
export function SettingChoices({
  field,
  value,
  onType,
}: {
  readonly field: Extract<Field, { kind: "choice" | "several" }>;
  /** One a line. */
  readonly value: string;
  onType(text: string): void;
}) {
  const { t } = useSpeech();
  const chosen = value.split("\n").filter((each) => each !== "");
  return (
    <fieldset className="setting-several">
      <legend>{t(field.label)}</legend>
      {field.choices.map(([name, label]) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={({ target }) => {
              const others = chosen.filter((each) => each !== name);
              onType((target.checked ? [...others, name] : others).join("\n"));
            }}
          />
          {t(label)}
        </label>
      ))}
    </fieldset>
  );
}

function attributesOf(field: Field): object {
  if (field.kind === "number") {
    return { type: "number", min: field.min, ...(field.max !== undefined && { max: field.max }) };
  }
  if (field.kind === "secret") return { type: "password", autoComplete: "new-password", maxLength: 4_000 };
  if (field.kind !== "text") return {};
  const { pattern, max } = field;
  return { dir: "auto", ...(pattern && { pattern }), ...(max !== undefined && { maxLength: max }) };
}

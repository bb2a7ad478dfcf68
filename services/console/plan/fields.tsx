import { type ReactNode, useId } from "react";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

/** One of a few words. */
export function Choice({
  name,
  value,
  options,
  onChange,
}: {
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [string, MessageKey])[];
  onChange(value: string): void;
}) {
  const { t } = useSpeech();
  return (
    <Field name={name}>
      {(id) => (
        <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
          {options.map(([each, text]) => (
            <option key={each} value={each}>
              {t(text)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A day of the calendar. */
export function DayField({
  name,
  day,
  onDay,
}: {
  readonly name: string;
  readonly day: string;
  onDay(day: string): void;
}) {
  return (
    <Field name={name}>
      {(id) => (
        // A day that is being typed is none yet.
        <input
          id={id}
          type="date"
          value={day}
          required
          onChange={({ target }) => target.value && onDay(target.value)}
        />
      )}
    </Field>
  );
}

/** A name over its field. */
export function Field({ name, children }: { readonly name: string; children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className="plan-field">
      <label htmlFor={id}>{name}</label>
      {children(id)}
    </div>
  );
}

import { LEGAL_BASIS_TEXTS, PURPOSE_TEXTS, type Wording } from "@yardline/privacy/purposes";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { type Declaration, RETENTION_PLAIN_H } from "./camera-draft.ts";

const MASKS: Readonly<Record<string, MessageKey>> = {
  "none-needed": "mask.none-needed",
  "burnt-in": "mask.burnt-in",
  "in-camera": "mask.in-camera",
};

/** What must be declared before a camera's first frame. */
export function DeclarationFields({
  declared,
  isFixed,
  onChange,
}: {
  readonly declared: Declaration;
  readonly isFixed: boolean;
  onChange(declared: Declaration): void;
}) {
  const { t } = useSpeech();
  const text = (field: keyof Declaration, name: MessageKey, more: object = {}) => (
    <label className="field">
      {t(name)}
      <input
        value={declared[field]}
        dir="auto"
        required
        {...more}
        onChange={({ target }) => onChange({ ...declared, [field]: target.value })}
      />
    </label>
  );
  const listed = (
    field: "purpose" | "legal_basis",
    name: MessageKey,
    texts: Readonly<Record<string, Wording>>,
  ) => (
    <Listed
      name={t(name)}
      value={declared[field]}
      texts={texts}
      onChange={(value) => onChange({ ...declared, [field]: value })}
    />
  );
  return (
    <fieldset className="boxed declaration" disabled={isFixed}>
      <legend>{t("set-camera.declared")}</legend>
      {text("name", "set-camera.name", { maxLength: 100 })}
      {listed("purpose", "camera.purpose", PURPOSE_TEXTS)}
      {listed("legal_basis", "camera.legal-basis", LEGAL_BASIS_TEXTS)}
      {text("controller", "camera.controller", { minLength: 2, maxLength: 200 })}
      {text("retention_h", "set-camera.retention", { type: "number", min: 1, max: 2_160 })}
      {Number(declared.retention_h) > RETENTION_PLAIN_H &&
        text("retention_reason", "set-camera.retention-reason", { minLength: 10, maxLength: 500 })}
      <label className="field">
        {t("camera.mask")}
        <select
          value={declared.mask_form}
          required
          onChange={({ target }) => onChange({ ...declared, mask_form: target.value })}
        >
          <option value="">–</option>
          {Object.entries(MASKS).map(([form, name]) => (
            <option key={form} value={form}>
              {t(name)}
            </option>
          ))}
        </select>
      </label>
      {declared.mask_form === "none-needed" &&
        text("mask_reason", "set-camera.mask-reason", { minLength: 10, maxLength: 500 })}
      {text("posted_on", "set-camera.posted-on", { type: "date" })}
      {text("sign_place", "set-camera.sign-place", { minLength: 3, maxLength: 200 })}
    </fieldset>
  );
}

function Listed({
  name,
  value,
  texts,
  onChange,
}: {
  readonly name: string;
  readonly value: string;
  readonly texts: Readonly<Record<string, Wording>>;
  onChange(value: string): void;
}) {
  const { say } = useSpeech();
  return (
    <label className="field">
      {name}
      <select value={value} required onChange={({ target }) => onChange(target.value)}>
        <option value="">–</option>
        {Object.entries(texts).map(([each, words]) => (
          <option key={each} value={each}>
            {say(words)}
          </option>
        ))}
      </select>
    </label>
  );
}

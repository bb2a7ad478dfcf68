import type { Grant } from "../api/types.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { RIGHT_NAMES, RIGHTS, ROLE_NAMES, roleOf, toggled, withList } from "./people.ts";

/** One grant of a person: the role, what is given by name besides, and whether it is of all cameras. */
export function GrantFields({
  grant,
  onChange,
  onRemove,
}: {
  readonly grant: Grant;
  onChange(grant: Grant): void;
  onRemove(): void;
}) {
  const { t } = useSpeech();
  const { cameras } = useTown();
  const { role, also = [], cameras: only = [] } = grant;
  const known = cameras.value ?? [];
  // What was narrowed to a camera that is gone stays ticked until somebody takes it away.
  const gone = only.filter((id) => !known.some((camera) => camera.id === id));
  const choices = [...known.map(({ id, name }) => ({ id, name })), ...gone.map((id) => ({ id, name: id }))];
  return (
    <fieldset className="boxed grant">
      <legend className="unseen">{t("people.grant")}</legend>
      <label className="field">
        {t("people.role")}
        <select value={role} onChange={({ target }) => onChange({ ...grant, role: roleOf(target.value) })}>
          {Object.entries(ROLE_NAMES).map(([name, key]) => (
            <option key={name} value={name}>
              {t(key)}
            </option>
          ))}
        </select>
      </label>
      <details open={also.length > 0}>
        <summary>{t("people.rights-besides", { count: also.length })}</summary>
        {RIGHTS.map((right) => (
          <label key={right} className="check">
            <input
              type="checkbox"
              checked={also.includes(right)}
              onChange={() => onChange(withList(grant, "also", toggled(also, right)))}
            />
            {t(RIGHT_NAMES[right])}
          </label>
        ))}
      </details>
      {choices.length > 0 && (
        <details open={only.length > 0}>
          <summary>{t("people.cameras-only", { count: only.length })}</summary>
          {choices.map(({ id, name }) => (
            <label key={id} className="check">
              <input
                type="checkbox"
                checked={only.includes(id)}
                onChange={() => onChange(withList(grant, "cameras", toggled(only, id)))}
              />
              <bdi>{name}</bdi>
            </label>
          ))}
        </details>
      )}
      <p>
        <button type="button" className="link-button" onClick={onRemove}>
          {t("people.remove-grant")}
        </button>
      </p>
    </fieldset>
  );
}

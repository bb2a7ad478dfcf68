import type { Camera } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { TILES_MAX } from "./wall-view.ts";

/** Which cameras are on the wall. */
export function WallPicker({
  all,
  shown,
  onToggle,
}: {
  readonly all: readonly Camera[];
  readonly shown: readonly string[];
  onToggle(id: string): void;
}) {
  const { t } = useSpeech();
  const full = shown.length >= TILES_MAX;
  return (
    <details className="wall-picker">
      <summary className="button">
        <Icon name="list" /> {t("wall.choose", { count: shown.length, max: TILES_MAX })}
      </summary>
      <fieldset className="wall-choices">
        <legend className="unseen">{t("wall.choose", { count: shown.length, max: TILES_MAX })}</legend>
        {full && <p className="wall-full">{t("wall.full", { max: TILES_MAX })}</p>}
        {all.map(({ id, name }) => {
          const chosen = shown.includes(id);
          return (
            <label key={id} className="wall-choice">
              <input
                type="checkbox"
                checked={chosen}
                disabled={full && !chosen}
                onChange={() => onToggle(id)}
              />
              <bdi>{name}</bdi>
            </label>
          );
        })}
      </fieldset>
    </details>
  );
}

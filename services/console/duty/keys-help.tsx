import { useEffect, useId, useRef } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { PLAYER_KEYS } from "../player/clip-keys.ts";
import { SHORTCUTS } from "./shortcuts.ts";

/** Every key of the desk, and the way to turn them off. */
export function KeysHelp({
  on,
  onTurn,
  onClose,
}: {
  readonly on: boolean;
  onTurn(on: boolean): void;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sign-in keys-help" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{t("keys")}</h2>
      <p className="quiet">{t("keys.text")}</p>
      <dl className="keys">
        {SHORTCUTS.map(({ does, sign, says }) => (
          <div key={does}>
            <dt>
              <kbd>{does === "play" ? t("keys.space") : sign}</kbd>
            </dt>
            <dd>{t(says)}</dd>
          </div>
        ))}
      </dl>
      <h3>{t("keys.player")}</h3>
      <dl className="keys">
        {PLAYER_KEYS.map(({ signs, says }) => (
          <div key={says}>
            <dt>
              {signs.map((sign) => (
                <kbd key={sign}>{sign}</kbd>
              ))}
            </dt>
            <dd>{t(says)}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={on} onChange={({ target }) => onTurn(target.checked)} />{" "}
        {t("keys.on")}
      </label>
      <div className="sign-in-buttons">
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t("close")}
        </button>
      </div>
    </dialog>
  );
}

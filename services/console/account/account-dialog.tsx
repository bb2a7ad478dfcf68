import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { changePassword } from "../api/client.ts";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { Field } from "./field.tsx";
import { OwnSessions } from "./own-sessions.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { useAccount } from "./use-session.tsx";

/** One's own account over the page: password, second factor, where one is signed in. Keyboard focus stays inside; Esc closes it. */
export function AccountDialog({ onClose }: { onClose(): void }) {
  const { t } = useSpeech();
  const { session } = useAccount();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby={titleId} onCancel={onClose} onClose={onClose}>
      <h2 id={titleId}>{t("account.title")}</h2>
      {session.outside?.is_owner === true ? (
        <p>{t("account.elsewhere", { name: session.outside.name })}</p>
      ) : (
        <>
          <OwnPassword />
          <SecondFactor />
        </>
      )}
      <OwnSessions />
      <button type="button" className="button" onClick={onClose}>
        {t("close")}
      </button>
    </dialog>
  );
}

function OwnPassword() {
  const { t } = useSpeech();
  const { busy, problem, send } = useSending();
  const [done, setDone] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    setDone(false);
    return send(async () => {
      await changePassword({ old: String(given.get("old")), new: String(given.get("new")) });
      form.reset();
      setDone(true);
    });
  };
  return (
    <form className="account-part" onSubmit={(event) => void submit(event)}>
      <h3>{t("account.password")}</h3>
      <Field name="old" label={t("account.password-old")} complete="current-password" />
      <Field name="new" label={t("account.password-new")} complete="new-password" />
      <ProblemLine problem={problem} />
      {done && <p role="status">{t("account.password-done")}</p>}
      <button type="submit" className="button" disabled={busy}>
        {t("account.password-change")}
      </button>
    </form>
  );
}

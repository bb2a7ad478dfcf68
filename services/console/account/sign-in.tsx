import { type FormEvent, useEffect, useId, useRef } from "react";
import { makeFirstAccount, signIn } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { Field } from "./field.tsx";

/**
 * A form over the page, which stays as it is. Keyboard focus stays inside; Esc closes it, unless a session ended in mid-work.
 * @param token of a town without accounts: the first one is made then.
 */
export function SignIn({
  token,
  outside,
  failure,
  onIn,
  onClose,
}: {
  readonly token: string | undefined;
  /** What people call the town's own provider, where it has one. */
  readonly outside: string | undefined;
  /** Why whoever comes back from it was not let in. */
  readonly failure: MessageKey | undefined;
  onIn(session: Session): void;
  readonly onClose: (() => void) | undefined;
}) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const { busy, problem, send } = useSending();
  useEffect(() => dialog.current?.showModal(), []);
  const wantsCode = problem?.kind === "login-code";

  const submit = (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const field = (name: string) => String(given.get(name) ?? "").trim();
    const [login, password, code] = [field("login"), String(given.get("password") ?? ""), field("code")];
    return send(async () => {
      if (token !== undefined) await makeFirstAccount({ token, login, name: field("name"), password });
      onIn(await signIn({ login, password, ...(code !== "" && { code }) }));
      if (token !== undefined) history.replaceState(null, "", location.pathname + location.search);
    });
  };

  const cancel = (event: { preventDefault(): void }) => {
    event.preventDefault();
    onClose?.();
  };
  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby={titleId} onCancel={cancel}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id={titleId}>{t(token === undefined ? "sign-in" : "set-up.title")}</h2>
        {onClose === undefined && <p>{t("sign-in.ended")}</p>}
        {token !== undefined && <p>{t("set-up.text")}</p>}
        {failure !== undefined && (
          <p className="problem-line" role="alert">
            <Icon name="alert" /> {t(failure)}
          </p>
        )}
        {outside !== undefined && token === undefined && (
          <a className="button button-main" href={`/v1/session/oidc?return_to=${encodeURIComponent(here())}`}>
            {t("sign-in.outside", { name: outside })}
          </a>
        )}
        {token !== undefined && <Field name="name" label={t("set-up.name")} complete="name" />}
        <Field name="login" label={t("sign-in.login")} complete="username" />
        <Field
          name="password"
          label={t("sign-in.password")}
          complete={token === undefined ? "current-password" : "new-password"}
        />
        {wantsCode && <Field name="code" label={t("sign-in.code")} complete="one-time-code" />}
        <ProblemLine problem={problem} />
        <div className="sign-in-buttons">
          <button type="submit" className="button button-main" disabled={busy}>
            {t(token === undefined ? "sign-in" : "set-up.make")}
          </button>
          {onClose && (
            <button type="button" className="button" onClick={onClose}>
              {t("close")}
            </button>
          )}
        </div>
      </form>
    </dialog>
  );
}

/** Where one is, to come back to. */
function here(): string {
  return location.pathname + location.search;
}

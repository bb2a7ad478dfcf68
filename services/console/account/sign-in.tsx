import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { ApiProblem, makeFirstAccount, signIn } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

/** What the server refuses, in the words of the page; anything else is said as the server says it. */
const SAID: Readonly<Record<string, MessageKey>> = {
  "login-wrong": "sign-in.wrong",
  "login-code": "sign-in.code-wanted",
  "login-wait": "sign-in.wait",
  "set-up-wrong": "set-up.wrong",
  "set-up-done": "set-up.done",
  "account-wrong": "set-up.login-wrong",
  "password-weak": "set-up.password-weak",
};

/**
 * A form over the page, which stays as it is. Keyboard focus stays inside; Esc closes it, unless a session ended in mid-work.
 * @param token of a town without accounts: the first one is made then.
 */
export function SignIn({
  token,
  onIn,
  onClose,
}: {
  readonly token: string | undefined;
  onIn(session: Session): void;
  readonly onClose: (() => void) | undefined;
}) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const wantsCode = problem?.kind === "login-code";

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const field = (name: string) => String(given.get(name) ?? "").trim();
    const [login, password, code] = [field("login"), String(given.get("password") ?? ""), field("code")];
    setBusy(true);
    try {
      if (token !== undefined) await makeFirstAccount({ token, login, name: field("name"), password });
      onIn(await signIn({ login, password, ...(code !== "" && { code }) }));
      if (token !== undefined) history.replaceState(null, "", location.pathname + location.search);
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }

  const cancel = (event: { preventDefault(): void }) => {
    event.preventDefault();
    onClose?.();
  };
  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby={titleId} onCancel={cancel}>
      <form onSubmit={(event) => void send(event)}>
        <h2 id={titleId}>{t(token === undefined ? "sign-in" : "set-up.title")}</h2>
        {onClose === undefined && <p>{t("sign-in.ended")}</p>}
        {token !== undefined && <p>{t("set-up.text")}</p>}
        {token !== undefined && <Field name="name" label={t("set-up.name")} complete="name" />}
        <Field name="login" label={t("sign-in.login")} complete="username" />
        <Field
          name="password"
          label={t("sign-in.password")}
          complete={token === undefined ? "current-password" : "new-password"}
        />
        {wantsCode && <Field name="code" label={t("sign-in.code")} complete="one-time-code" />}
        {problem && (
          <p className="sign-in-problem" role="alert">
            <Icon name="alert" /> {wordsOf(problem, t)}
          </p>
        )}
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

function wordsOf({ kind, status, message }: ApiProblem, t: (key: MessageKey) => string): string {
  if (status === 0) return t("sign-in.unreachable");
  const key = SAID[kind];
  return key === undefined ? message : t(key);
}

function Field({
  name,
  label,
  complete,
}: {
  readonly name: string;
  readonly label: string;
  readonly complete: string;
}) {
  const isCode = name === "code";
  return (
    <label className="field">
      {label}
      <input
        name={name}
        type={name === "password" ? "password" : "text"}
        autoComplete={complete}
        required
        {...(isCode && { inputMode: "numeric", pattern: "\\d{6}", maxLength: 6 })}
        {...(name === "login" && { autoCapitalize: "none", spellCheck: false })}
      />
    </label>
  );
}

import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { Icon } from "./icon.tsx";

/** What was typed, by the names of the fields. */
export type Typed = (name: string) => string;

/** A form over the page. What is typed stays while the server refuses it; Esc and the second button close it. */
export function FormDialog({
  title,
  action,
  children,
  onSend,
  onClose,
}: {
  readonly title: string;
  readonly action: string;
  readonly children: ReactNode;
  /** May throw an `ApiProblem`, which is told. */
  onSend(typed: Typed): Promise<void>;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await onSend((name) => String(given.get(name) ?? "").trim());
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setProblem(thrown.status === 0 ? t("sign-in.unreachable") : thrown.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby={titleId} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <h2 id={titleId}>{title}</h2>
        {children}
        {problem && (
          <p className="sign-in-problem" role="alert">
            <Icon name="alert" /> {problem}
          </p>
        )}
        <div className="sign-in-buttons">
          <button type="submit" className="button button-main" disabled={busy}>
            {action}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("close")}
          </button>
        </div>
      </form>
    </dialog>
  );
}

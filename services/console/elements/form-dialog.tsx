import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { fillForm, typedIn } from "./kept-form.ts";
import { ProblemLine, useSending } from "./sending.tsx";
import { useDraft } from "./use-draft.ts";

/** What was typed, by the names of the fields. */
export type Typed = (name: string) => string;

/** A form over the page. What is typed stays while the server refuses it; Esc and the second button close it. */
export function FormDialog({
  title,
  action,
  draft,
  children,
  onSend,
  onClose,
}: {
  readonly title: string;
  readonly action: string;
  /** Names what is typed here, which is then kept on this device until it is sent. Not for passwords. */
  readonly draft?: string;
  readonly children: ReactNode;
  /** May throw an `ApiProblem`, which is told. */
  onSend(typed: Typed): Promise<void>;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const kept = useDraft(draft ?? "");
  const titleId = useId();
  const { busy, problem, send } = useSending();
  useEffect(() => dialog.current?.showModal(), []);
  // Once: afterwards the fields are the person's own.
  const begun = useRef(draft === undefined ? "" : (kept.draft?.text ?? ""));
  useEffect(() => {
    if (form.current) fillForm(form.current, begun.current);
  }, []);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    void send(async () => {
      await onSend((name) => String(given.get(name) ?? "").trim());
      if (draft !== undefined) kept.sent();
    });
  };

  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby={titleId} onClose={onClose}>
      <form
        ref={form}
        onSubmit={submit}
        onInput={({ currentTarget }) => draft !== undefined && kept.write(typedIn(currentTarget))}
      >
        <h2 id={titleId}>{title}</h2>
        {children}
        <ProblemLine problem={problem} />
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

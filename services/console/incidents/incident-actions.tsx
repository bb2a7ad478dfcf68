import type { FormEvent, Ref } from "react";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useDraft } from "../elements/use-draft.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { AskChange } from "./ask-change.tsx";
import type { Deeds } from "./use-deeds.ts";

/** What may be done next. Whoever overwrites must have seen the newest state: else the server says so, and nothing is lost. */
export function IncidentActions({ deeds }: { readonly deeds: Deeds }) {
  const { t } = useSpeech();
  const { incident, mine, asking, problem, ask } = deeds;
  const closed = incident?.state === "closed";
  return (
    <>
      <p className="incident-actions">
        {closed && <Do name={t("do.reopen")} onDo={() => ask("reopen")} />}
        {!closed && mine && <Do name={t("do.release")} busy={deeds.busy} onDo={deeds.release} />}
        {!closed && !mine && (
          <Do
            main
            name={t(incident?.claimed_by ? "do.take-over" : "do.claim")}
            busy={deeds.busy}
            onDo={deeds.claim}
          />
        )}
        {!closed && (
          <>
            <Do name={t("do.escalate")} onDo={() => ask("escalate")} />
            <Do name={t("do.hand-over")} onDo={() => ask("hand-over")} />
            <Do name={t("do.close")} onDo={() => ask("close")} />
          </>
        )}
      </p>
      <ProblemLine problem={problem} />
      {asking && (
        <AskChange
          asking={asking}
          id={incident?.id}
          editor={deeds.editor}
          onSend={deeds.send}
          onClose={() => ask(undefined)}
        />
      )}
    </>
  );
}

function Do({
  name,
  main = false,
  busy = false,
  onDo,
}: {
  readonly name: string;
  readonly main?: boolean;
  readonly busy?: boolean;
  onDo(): void;
}) {
  return (
    <button type="button" className={main ? "button button-main" : "button"} disabled={busy} onClick={onDo}>
      {name}
    </button>
  );
}

/** A note stays in its field, and on this device, until it is kept. */
export function NoteForm({
  name,
  field,
  onNote,
}: {
  /** Of the draft. */
  readonly name: string;
  readonly field?: Ref<HTMLTextAreaElement>;
  onNote(text: string, once: string): Promise<void>;
}) {
  const { t } = useSpeech();
  const { draft, write, sent } = useDraft(name);
  const { busy, problem, send } = useSending();
  const keep = (event: FormEvent) => {
    event.preventDefault();
    if (draft) void send(() => onNote(draft.text.trim(), draft.once).then(sent));
  };
  return (
    <form className="incident-note" onSubmit={keep}>
      <label className="field">
        {t("incident.note")}
        <textarea
          ref={field}
          rows={2}
          maxLength={4_000}
          value={draft?.text ?? ""}
          onChange={({ target }) => write(target.value)}
          required
        />
      </label>
      <ProblemLine problem={problem} />
      <button type="submit" className="button" disabled={!draft || busy}>
        {t("do.note")}
      </button>
    </form>
  );
}

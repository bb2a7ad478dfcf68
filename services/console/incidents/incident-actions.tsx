import { type FormEvent, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { ApiProblem, changeIncident } from "../api/client.ts";
import type { AskedChange, Incident } from "../api/types.ts";
import { FormDialog, type Typed } from "../elements/form-dialog.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { OUTCOMES } from "./words.ts";

type Asking = "escalate" | "close" | "reopen" | "hand-over";
const TITLES: Readonly<Record<Asking, MessageKey>> = {
  escalate: "do.escalate",
  close: "do.close",
  reopen: "do.reopen",
  "hand-over": "do.hand-over",
};

/** What may be done next. Whoever overwrites must have seen the newest state: else the server says so, and nothing is lost. */
export function IncidentActions({ incident, onChanged }: { readonly incident: Incident; onChanged(): void }) {
  const { t } = useSpeech();
  const { session } = useAccount();
  const [asking, setAsking] = useState<Asking>();
  const [problem, setProblem] = useState<string>();
  const { id, state, revision, claimed_by } = incident;
  const send = async (change: AskedChange) => {
    await changeIncident(id, revision, change);
    setAsking(undefined);
    setProblem(undefined);
    onChanged();
  };
  const at_once = async (change: AskedChange) => {
    try {
      await send(change);
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setProblem(thrown.message);
    }
  };
  const mine = claimed_by !== undefined && claimed_by === session.login;
  if (state === "closed") {
    return (
      <p className="incident-actions">
        <Do name={t("do.reopen")} onDo={() => setAsking("reopen")} />
        {asking && <AskDialog asking={asking} onSend={send} onClose={() => setAsking(undefined)} />}
      </p>
    );
  }
  return (
    <>
      <p className="incident-actions">
        {mine ? (
          <Do name={t("do.release")} onDo={() => void at_once({ do: "release" })} />
        ) : (
          <Do
            name={t(claimed_by ? "do.take-over" : "do.claim")}
            onDo={() => void at_once({ do: "claim", ...(claimed_by !== undefined && { take_over: true }) })}
          />
        )}
        <Do name={t("do.escalate")} onDo={() => setAsking("escalate")} />
        <Do name={t("do.hand-over")} onDo={() => setAsking("hand-over")} />
        <Do name={t("do.close")} onDo={() => setAsking("close")} />
      </p>
      {problem && (
        <p className="strip strip-bad" role="alert">
          {problem}
        </p>
      )}
      <NoteForm onNote={(text) => send({ do: "note", text })} />
      {asking && <AskDialog asking={asking} onSend={send} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function Do({ name, onDo }: { readonly name: string; onDo(): void }) {
  return (
    <button type="button" className="button" onClick={onDo}>
      {name}
    </button>
  );
}

/** A note stays in its field until it is kept. */
function NoteForm({ onNote }: { onNote(text: string): Promise<void> }) {
  const { t } = useSpeech();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await onNote(text.trim());
      setText("");
      setProblem(undefined);
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setProblem(thrown.status === 0 ? t("sign-in.unreachable") : thrown.message);
    }
  };
  return (
    <form className="incident-note" onSubmit={(event) => void send(event)}>
      <label className="field">
        {t("incident.note")}
        <textarea
          rows={2}
          maxLength={4_000}
          value={text}
          onChange={({ target }) => setText(target.value)}
          required
        />
      </label>
      {problem && <p role="alert">{problem}</p>}
      <button type="submit" className="button" disabled={text.trim() === ""}>
        {t("do.note")}
      </button>
    </form>
  );
}

function AskDialog({
  asking,
  onSend,
  onClose,
}: {
  readonly asking: Asking;
  onSend(change: AskedChange): Promise<void>;
  onClose(): void;
}) {
  const { t } = useSpeech();
  return (
    <FormDialog
      title={t(TITLES[asking])}
      action={t(TITLES[asking])}
      onClose={onClose}
      onSend={(typed) => onSend(changeOf(asking, typed))}
    >
      {asking === "close" && (
        <label className="field">
          {t("incident.outcome")}
          <select name="outcome" required defaultValue="resolved">
            {Object.entries(OUTCOMES).map(([outcome, name]) => (
              <option key={outcome} value={outcome}>
                {t(name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {(asking === "escalate" || asking === "hand-over") && (
        <label className="field">
          {t(asking === "escalate" ? "incident.to-whom" : "incident.to-login")}
          <input name="to" required maxLength={asking === "escalate" ? 200 : 100} autoComplete="off" />
        </label>
      )}
      <label className="field">
        {t(asking === "hand-over" ? "incident.note" : "order.why")}
        <input name="why" required={asking !== "hand-over"} maxLength={1_000} autoComplete="off" />
      </label>
    </FormDialog>
  );
}

function changeOf(asking: Asking, typed: Typed): AskedChange {
  const why = typed("why");
  switch (asking) {
    case "escalate":
      return { do: "escalate", to: typed("to"), why };
    case "close":
      return { do: "close", outcome: outcomeOf(typed("outcome")), why };
    case "reopen":
      return { do: "reopen", why };
    case "hand-over":
      return { do: "hand-over", to: typed("to"), ...(why !== "" && { note: why }) };
  }
}

function outcomeOf(typed: string): NonNullable<Incident["outcome"]> {
  return typed === "false-alarm" || typed === "passed-on" || typed === "nothing-found" ? typed : "resolved";
}

import type { AskedChange, Incident } from "../api/types.ts";
import { FormDialog, type Typed } from "../elements/form-dialog.tsx";
import { Icon } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { type EditTurn, useEditLock } from "./use-edit-lock.ts";
import { OUTCOMES } from "./words.ts";

/** What is asked about before it is done. */
export type Asking = "escalate" | "close" | "reopen" | "hand-over";

const TITLES: Readonly<Record<Asking, MessageKey>> = {
  escalate: "do.escalate",
  close: "do.close",
  reopen: "do.reopen",
  "hand-over": "do.hand-over",
};

/** A form about an incident. While it is open nobody else edits it without a word. */
export function AskChange({
  asking,
  id,
  editor,
  onSend,
  onClose,
}: {
  readonly asking: Asking;
  /** Undefined where the incident is only made by it. */
  readonly id: string | undefined;
  /** Somebody else who is known to be editing it: told at once, not only when the lock is asked for again. */
  readonly editor: string | undefined;
  onSend(change: AskedChange): Promise<void>;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const { turn, takeOver } = useEditLock(id);
  return (
    <FormDialog
      title={t(TITLES[asking])}
      action={t(TITLES[asking])}
      {...(id !== undefined && { draft: `${asking}/${id}` })}
      onClose={onClose}
      onSend={(typed) => onSend(changeOf(asking, typed))}
    >
      <EditTurnNotice turn={seenTurn(turn, editor)} onTakeOver={takeOver} />
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

function seenTurn(turn: EditTurn, editor: string | undefined): EditTurn {
  return turn.kind === "mine" && editor !== undefined ? { kind: "held", by: editor, lost: true } : turn;
}

/** Who else is at it; what was typed stays in the form. */
function EditTurnNotice({ turn, onTakeOver }: { readonly turn: EditTurn; onTakeOver(): void }) {
  const { t } = useSpeech();
  if (turn.kind !== "held") return null;
  const by = turn.by ?? t("lock.somebody");
  return (
    <div className="edit-turn" role="alert">
      <p>
        <Icon name="lock" /> {t(turn.lost ? "lock.lost" : "lock.held", { by })}
      </p>
      <button type="button" className="button" onClick={onTakeOver}>
        {t("do.take-over")}
      </button>
    </div>
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

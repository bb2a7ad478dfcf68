import { useState } from "react";
import { acceptShift, beginShift, endShift } from "../api/client.ts";
import type { Incident, Shift } from "../api/types.ts";
import { FormDialog } from "../elements/form-dialog.tsx";
import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useDraft } from "../elements/use-draft.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { leftFor } from "./shift-log.ts";
import { HandOver, IncidentLinks, ShiftDeeds, ShiftHead } from "./shift-parts.tsx";
import type { Shifts } from "./use-shifts.ts";

/** One's shift: begun with a purpose, what happened in it, and what is left to whoever comes. */
export function ShiftPage({
  shifts,
  incidents,
  login,
  onChanged,
  onClose,
}: {
  readonly shifts: Shifts | undefined;
  readonly incidents: readonly Incident[];
  readonly login: string;
  onChanged(): void;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const own = shifts?.own;
  return (
    <>
      <header className="stage-head">
        <h2>{t("duty.shift")}</h2>
        <button
          type="button"
          className="icon-button"
          onClick={onClose}
          aria-label={t("close")}
          title={t("close")}
        >
          <Icon name="close" size={20} />
        </button>
      </header>
      {!shifts && <Notice icon="clock" title={t("events.loading")} />}
      {shifts &&
        leftFor(shifts.shifts, login).map((shift) => (
          <LeftShift key={shift.id} shift={shift} incidents={incidents} onChanged={onChanged} />
        ))}
      {shifts && !own && <BeginShift onChanged={onChanged} />}
      {own && <OwnShift shift={own} incidents={incidents} login={login} onChanged={onChanged} />}
      {shifts && (
        <EarlierShifts shifts={shifts.shifts.filter(({ id }) => id !== own?.id)} incidents={incidents} />
      )}
    </>
  );
}

function BeginShift({ onChanged }: { onChanged(): void }) {
  const { t } = useSpeech();
  const [asked, setAsked] = useState(false);
  return (
    <section className="card shift">
      <h3>{t("shift.none")}</h3>
      <p>{t("shift.why")}</p>
      <p>
        <button type="button" className="button button-main" onClick={() => setAsked(true)}>
          {t("shift.begin")}
        </button>
      </p>
      {asked && (
        <FormDialog
          title={t("shift.begin")}
          action={t("shift.begin")}
          onClose={() => setAsked(false)}
          onSend={async (typed) => {
            await beginShift(typed("purpose"));
            setAsked(false);
            onChanged();
          }}
        >
          <label className="field">
            {t("shift.purpose")}
            <input name="purpose" required minLength={3} maxLength={200} defaultValue={t("duty.purpose")} />
          </label>
        </FormDialog>
      )}
    </section>
  );
}

function OwnShift({
  shift,
  incidents,
  login,
  onChanged,
}: {
  readonly shift: Shift;
  readonly incidents: readonly Incident[];
  readonly login: string;
  onChanged(): void;
}) {
  const { t } = useSpeech();
  const [ending, setEnding] = useState(false);
  const open = incidents.filter(({ state, claimed_by }) => state !== "closed" && claimed_by === login);
  return (
    <section className="card shift">
      <ShiftHead shift={shift} />
      <h4>{t("shift.in-hand", { count: open.length })}</h4>
      <IncidentLinks incidents={open} />
      <h4>{t("shift.happened")}</h4>
      <ShiftDeeds shift={shift} incidents={incidents} />
      <p>
        <button type="button" className="button" onClick={() => setEnding(true)}>
          {t("shift.end")}
        </button>
      </p>
      {ending && (
        <EndShift
          shift={shift}
          open={open}
          onClose={() => setEnding(false)}
          onEnded={() => {
            setEnding(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

/** The note is kept on this device until the shift is ended. */
function EndShift({
  shift,
  open,
  onEnded,
  onClose,
}: {
  readonly shift: Shift;
  readonly open: readonly Incident[];
  onEnded(): void;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const { draft, write, sent } = useDraft(`shift/${shift.id}`);
  return (
    <FormDialog
      title={t("shift.end")}
      action={t("shift.end")}
      onClose={onClose}
      onSend={async (typed) => {
        const [note, to] = [typed("note"), typed("to")];
        await endShift(shift.id, { ...(note !== "" && { note }), ...(to !== "" && { to }) });
        sent();
        onEnded();
      }}
    >
      <p>{t("shift.handed", { count: open.length })}</p>
      <IncidentLinks incidents={open} />
      <label className="field">
        {t("shift.note")}
        <textarea
          name="note"
          rows={4}
          maxLength={4_000}
          value={draft?.text ?? ""}
          onChange={({ target }) => write(target.value)}
        />
      </label>
      <label className="field">
        {t("shift.to")}
        <input name="to" maxLength={100} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </label>
    </FormDialog>
  );
}

/** What a colleague left; whoever takes it has it in hand then. */
function LeftShift({
  shift,
  incidents,
  onChanged,
}: {
  readonly shift: Shift;
  readonly incidents: readonly Incident[];
  onChanged(): void;
}) {
  const { t } = useSpeech();
  const { busy, problem, send } = useSending();
  const accept = () => send(() => acceptShift(shift.id).then(onChanged));
  return (
    <section className="card shift shift-left">
      <ShiftHead shift={shift} />
      <HandOver shift={shift} incidents={incidents} />
      <ProblemLine problem={problem} />
      <p>
        <button type="button" className="button button-main" disabled={busy} onClick={() => void accept()}>
          {t("shift.accept")}
        </button>
      </p>
    </section>
  );
}

function EarlierShifts({
  shifts,
  incidents,
}: {
  readonly shifts: readonly Shift[];
  readonly incidents: readonly Incident[];
}) {
  const { t } = useSpeech();
  if (shifts.length === 0) return null;
  return (
    <section className="shifts-before">
      <h3>{t("shift.earlier")}</h3>
      {shifts.map((shift) => (
        <EarlierShift key={shift.id} shift={shift} incidents={incidents} />
      ))}
    </section>
  );
}

/** Its log is read when somebody opens it. */
function EarlierShift({
  shift,
  incidents,
}: {
  readonly shift: Shift;
  readonly incidents: readonly Incident[];
}) {
  const { t, formats } = useSpeech();
  const [open, setOpen] = useState(false);
  const { login, began_at, ended_at } = shift;
  return (
    <details className="card" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <bdi>{login}</bdi>: {formats.day(began_at)}, {formats.clock(began_at)} –{" "}
        {ended_at ? formats.clock(ended_at) : "…"}
      </summary>
      {open && (
        <>
          <HandOver shift={shift} incidents={incidents} />
          <h4>{t("shift.happened")}</h4>
          <ShiftDeeds shift={shift} incidents={incidents} />
        </>
      )}
    </details>
  );
}

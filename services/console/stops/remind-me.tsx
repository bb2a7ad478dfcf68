import { createContext, use, useState } from "react";
import type { Arrival } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

/** How this device is reminded. Where nothing gives it, nobody is. */
export type Reminders = {
  /** Whether one is asked for. */
  isSet(stop_id: string, arrival: Arrival): boolean;
  /** Asks for it, or takes it back. @returns what went wrong, for the person. */
  toggle(stop_id: string, arrival: Arrival): Promise<MessageKey | undefined>;
};

export const RemindersContext = createContext<Reminders | undefined>(undefined);

export const LEAD_MIN = 10;
/** Nearer ones need no reminder: it would come at once. */
const AHEAD_MS_MIN = (LEAD_MIN + 1) * 60_000;

/** Asks to be told ten minutes before this bus. */
export function RemindMe({
  stop_id,
  arrival,
  now_ms,
}: {
  readonly stop_id: string;
  readonly arrival: Arrival;
  readonly now_ms: number;
}) {
  const { t } = useSpeech();
  const reminders = use(RemindersContext);
  const [problem, setProblem] = useState<MessageKey>();
  const [busy, setBusy] = useState(false);
  if (!reminders) return null;
  const isSet = reminders.isSet(stop_id, arrival);
  if (!isSet && Date.parse(arrival.predicted_at) - now_ms < AHEAD_MS_MIN) return null;
  const toggle = async () => {
    setBusy(true);
    setProblem(await reminders.toggle(stop_id, arrival));
    setBusy(false);
  };
  const name = t("reminder", { minutes: LEAD_MIN, line: arrival.route_short_name });
  return (
    <div className="remind-me">
      <button
        type="button"
        className="icon-button"
        aria-pressed={isSet}
        aria-label={name}
        title={name}
        disabled={busy}
        onClick={() => void toggle()}
      >
        <Icon name="bell" size={20} />
      </button>
      <p role="status">{problem ? t(problem) : isSet && t("reminder.set", { minutes: LEAD_MIN })}</p>
    </div>
  );
}

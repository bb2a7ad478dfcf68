import { useEffect, useMemo, useState } from "react";
import { ApiProblem, addReminder, getPushKey, removeReminder } from "../api/client.ts";
import { FIRST } from "../api/first-answers.ts";
import type { Arrival } from "../api/types.ts";
import { browserStorage } from "../elements/browser-storage.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { LEAD_MIN, type Reminders } from "../stops/remind-me.tsx";
import { type KeptReminder, keyOf, readReminders, writeReminders } from "./kept-reminders.ts";
import { canBeTold, pushAddress } from "./push.ts";

const REFUSALS: Readonly<Record<string, MessageKey>> = {
  "reminders-many": "reminder.many",
  "call-unknown": "reminder.gone",
  "reminder-late": "reminder.gone",
};

/** Reminders of this device; undefined where it cannot be told anything, or the town tells nobody. */
export function useReminders(ready: boolean): Reminders | undefined {
  const { language } = useSpeech();
  const [public_key, setKey] = useState(canBeTold() ? FIRST.push_key?.value.public_key : undefined);
  const [kept, setKept] = useState<readonly KeptReminder[]>(() => readReminders(browserStorage, Date.now()));
  useEffect(() => {
    if (!ready || public_key !== undefined || !canBeTold()) return;
    const stop = new AbortController();
    // A town that tells nobody has no key; without a connection there is nothing to ask for either.
    getPushKey(stop.signal).then(
      (answer) => setKey(answer.public_key),
      () => undefined,
    );
    return () => stop.abort();
  }, [ready]);
  return useMemo(() => {
    if (public_key === undefined) return undefined;
    const keep = (next: readonly KeptReminder[]) => {
      writeReminders(browserStorage, next);
      setKept(next);
    };
    return {
      isSet: (stop_id, arrival) => kept.some(({ key }) => key === keyOf(stop_id, arrival)),
      toggle: (stop_id, arrival) =>
        problemOf(async () => {
          const key = keyOf(stop_id, arrival);
          const set = kept.find((each) => each.key === key);
          if (set) {
            await removeReminder(set.id);
            keep(kept.filter((each) => each !== set));
            return undefined;
          }
          const address = await pushAddress(public_key);
          if (!address) return "reminder.denied";
          const asked = { call: callOf(stop_id, arrival), language, lead_min: LEAD_MIN, address };
          const { id, ends_at } = await addReminder(asked);
          keep([...kept, { key, id, ends_at }]);
          return undefined;
        }),
    };
  }, [public_key, kept, language]);
}

/** What to tell the person of a refusal, or of no answer. */
async function problemOf(work: () => Promise<MessageKey | undefined>): Promise<MessageKey | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem)) throw thrown;
    return REFUSALS[thrown.kind] ?? "reminder.failed";
  }
}

const callOf = (stop_id: string, arrival: Arrival) => {
  const { route_id, trip_id, service_date, stop_sequence, scheduled_at } = arrival;
  return { stop_id, route_id, trip_id, service_date, stop_sequence, scheduled_at };
};

import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { Records } from "@yardline/records/records";
import { judge, type Told } from "@yardline/reminders/judge";
import { isPushAddress } from "@yardline/reminders/push-service";
import { dropEnded, listReminders, type Reminder, takeReminder } from "@yardline/reminders/reminder";
import { wordingOf } from "@yardline/reminders/wording";
import { reminderGaveUp, reminderGone, remindersTroubled, reminderTold } from "@yardline/telemetry/notifying";
import type { Logger } from "pino";
import { type PushParts, sendPush } from "./send-push.ts";

/** What is expected is looked at so often: nobody is told later than that. */
const LOOK_MS = 5_000;
/** Told at once: a full bus of people who all wait for it is told within some seconds. */
const AT_ONCE_MAX = 20;

export type RemindersParts = Omit<PushParts, "fetch"> & {
  readonly records: Pick<Records, "list" | "find" | "write" | "dropBefore">;
  readonly transit: {
    readonly timezone: string;
    /** Undefined for a stop that is not in the timetable. */
    listArrivals(stop_id: string, now_ms: EpochMs): readonly Arrival[] | undefined;
    listStops(): readonly { readonly stop_id: string; readonly stop_name: string }[];
    listLines(): readonly { readonly route_id: string; readonly route_short_name: string }[];
  };
  /** Origins of push services beside the known ones. */
  readonly services: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly fetch: typeof fetch;
  readonly look_ms?: number;
};

/** Tells whoever waits for a bus when it is about to come, until the signal. Each is told once, by one process. */
export async function runReminders(parts: RemindersParts): Promise<void> {
  const { signal, look_ms = LOOK_MS, log } = parts;
  while (!signal.aborted) {
    try {
      await remindOnce(parts);
    } catch (thrown) {
      // What is not to be read now is there again later; anything else is a fault of ours.
      if (!(thrown instanceof AppError)) throw thrown;
      remindersTroubled(log, thrown.message);
    }
    await delay(look_ms, undefined, { signal }).catch(() => undefined);
  }
}

async function remindOnce(parts: RemindersParts): Promise<void> {
  const { records, transit, clock } = parts;
  const now_ms = clock.now_ms();
  await dropEnded(records, now_ms);
  const standing = await listReminders(records, now_ms);
  const due: { readonly reminder: Reminder; readonly told: Told }[] = [];
  for (const [stop_id, own] of Map.groupBy(standing, ({ call }) => call.stop_id)) {
    const board = transit.listArrivals(stop_id, now_ms) ?? [];
    for (const reminder of own) {
      const told = judge(reminder, board, now_ms);
      if (told) due.push({ reminder, told });
    }
  }
  for (let at = 0; at < due.length; at += AT_ONCE_MAX) {
    const some = due.slice(at, at + AT_ONCE_MAX);
    await Promise.all(some.map(({ reminder, told }) => tell(reminder, told, now_ms, parts)));
  }
}

/** It is taken away before it is sent: after a kill somebody may not be told, but nobody is told twice. */
async function tell(reminder: Reminder, told: Told, now_ms: EpochMs, parts: RemindersParts): Promise<void> {
  const { records, transit, services, log } = parts;
  const { id, revision, address, call } = reminder;
  if (!(await takeReminder(records, id, revision))) return;
  // What was let in under other settings, or put into the store past the doors, is not called either.
  if (!isPushAddress(address.endpoint, services)) return reminderGaveUp(log, "unknown", "not a push service");
  const line = transit.listLines().find(({ route_id }) => route_id === call.route_id);
  const stop = transit.listStops().find(({ stop_id }) => stop_id === call.stop_id);
  const names = {
    line: line?.route_short_name ?? call.route_id,
    stop: stop?.stop_name ?? call.stop_id,
    timezone: transit.timezone,
  };
  const sent = await sendPush(address, JSON.stringify(wordingOf(reminder, told, names, now_ms)), id, parts);
  if (sent.fate === "told") return reminderTold();
  if (sent.fate === "gone") return reminderGone();
  reminderGaveUp(log, new URL(address.endpoint).host, sent.why);
}

import type { EpochMs } from "@yardline/domain/time";
import type { Told } from "./judge.ts";
import type { Reminder } from "./reminder.ts";

type Language = Reminder["language"];
/** What a browser shows: it says nothing of whose it is. */
export type PushText = {
  readonly title: string;
  readonly body: string;
  /** A newer one of the same name takes the place of the older. */
  readonly tag: string;
  /** The page that it opens. */
  readonly path: string;
};

type Names = { readonly line: string; readonly stop: string; readonly timezone: string };
/** What a sentence is made of; minutes are whole, of the honest interval where there is one. */
type Facts = {
  readonly line: string;
  readonly minutes: number;
  readonly between: string;
  readonly clock: string;
};
type Sentences = Readonly<Record<Told["what"], (facts: Facts) => string>>;

const TITLES: Readonly<Record<Language, Sentences>> = {
  uk: {
    comes: ({ line, minutes }) => (minutes > 0 ? `${line}: за ${minutes} хв` : `${line}: уже тут`),
    cancelled: ({ line }) => `${line}: рейс скасовано`,
    "passes-by": ({ line }) => `${line}: тут не зупиниться`,
  },
  ru: {
    comes: ({ line, minutes }) => (minutes > 0 ? `${line}: через ${minutes} мин` : `${line}: уже здесь`),
    cancelled: ({ line }) => `${line}: рейс отменён`,
    "passes-by": ({ line }) => `${line}: здесь не остановится`,
  },
  en: {
    comes: ({ line, minutes }) => (minutes > 0 ? `${line}: in ${minutes} min` : `${line}: here now`),
    cancelled: ({ line }) => `${line}: cancelled`,
    "passes-by": ({ line }) => `${line}: will not stop here`,
  },
};

const HOW: Readonly<
  Record<Language, Readonly<Record<"live" | "timetable" | "lost", (facts: Facts) => string>>>
> = {
  uk: {
    live: ({ between, clock }) => `Очікується о ${clock}${between && ` (${between} хв)`}.`,
    timetable: ({ clock }) => `Лише за розкладом, о ${clock}: автобус не передає, де він.`,
    lost: ({ between, clock }) =>
      `Сигнал автобуса втрачено; очікується близько ${clock}${between && ` (${between} хв)`}.`,
  },
  ru: {
    live: ({ between, clock }) => `Ожидается в ${clock}${between && ` (${between} мин)`}.`,
    timetable: ({ clock }) => `Только по расписанию, в ${clock}: автобус не передаёт, где он.`,
    lost: ({ between, clock }) =>
      `Сигнал автобуса потерян; ожидается около ${clock}${between && ` (${between} мин)`}.`,
  },
  en: {
    live: ({ between, clock }) => `Expected at ${clock}${between && ` (${between} min)`}.`,
    timetable: ({ clock }) => `By the timetable only, at ${clock}: the bus does not report where it is.`,
    lost: ({ between, clock }) =>
      `The bus's signal is lost; expected about ${clock}${between && ` (${between} min)`}.`,
  },
};

const PLANNED: Readonly<Record<Language, (facts: Facts) => string>> = {
  uk: ({ clock }) => `За розкладом мав бути о ${clock}.`,
  ru: ({ clock }) => `По расписанию должен был быть в ${clock}.`,
  en: ({ clock }) => `It was planned for ${clock}.`,
};

const MINUTE_MS = 60_000;

/** What is sent of a call: which line, when, where to; in the language that was asked for. */
export function wordingOf(
  { id, language, call }: Pick<Reminder, "id" | "language" | "call">,
  { what, arrival }: Told,
  { line, stop, timezone }: Names,
  now_ms: EpochMs,
): PushText {
  const { low_ms, high_ms, headsign = "", predicted_at_ms, scheduled_at_ms } = arrival;
  const minutesTo = (at_ms: EpochMs, round: (value: number) => number) =>
    Math.max(0, round((at_ms - now_ms) / MINUTE_MS));
  const clock = new Intl.DateTimeFormat("uk-UA", {
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone },
  });
  const facts: Facts = {
    line,
    minutes: minutesTo(predicted_at_ms, Math.floor),
    between:
      low_ms === undefined || high_ms === undefined
        ? ""
        : `${minutesTo(low_ms, Math.floor)}–${minutesTo(high_ms, Math.ceil)}`,
    clock: clock.format(what === "comes" ? predicted_at_ms : scheduled_at_ms),
  };
  const said = what === "comes" ? HOW[language][arrival.basis](facts) : PLANNED[language](facts);
  const where = headsign === "" ? stop : `${stop} → ${headsign}`;
  return {
    title: TITLES[language][what](facts),
    body: `${where}. ${said}`,
    tag: id,
    path: `/stops/${encodeURIComponent(call.stop_id)}`,
  };
}

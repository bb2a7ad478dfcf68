import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { Sentence } from "./schemas.ts";

type Reasoned = Pick<Arrival, "basis" | "signal_at_ms" | "next_run" | "cancelled" | "skipped" | "withheld">;

/** Why this time is given and how far to trust it, in one plain sentence for a person at a stop. */
export function reasonOf(arrival: Reasoned, now_ms: EpochMs, timezone: string): Sentence {
  const { basis, signal_at_ms, next_run, cancelled, skipped, withheld } = arrival;
  if (cancelled) return CANCELLED;
  if (skipped) return SKIPPED[skipped];
  if (basis === "timetable") return withheld ? WITHHELD : BY_TIMETABLE;
  if (signal_at_ms === undefined) return basis === "live" ? BY_POSITION : NO_SIGNAL;
  if (basis === "live" && next_run) return BY_TRIP_BEFORE;
  if (basis === "live") return byPosition(Math.max(0, now_ms - signal_at_ms));
  const since = clockTimeOf(signal_at_ms, timezone);
  return {
    uk: `Від автобуса немає сигналу з ${since}, тому час приблизний.`,
    ru: `От автобуса нет сигнала с ${since}, поэтому время приблизительное.`,
    en: `No signal from the bus since ${since}, so this time is a guess.`,
  };
}

const BY_TIMETABLE: Sentence = {
  uk: "Лише за розкладом: автобус не передає, де він.",
  ru: "Только по расписанию: автобус не передаёт, где он.",
  en: "By the timetable only: the bus does not report where it is.",
};

const CANCELLED: Sentence = {
  uk: "Рейс скасовано.",
  ru: "Рейс отменён.",
  en: "This trip is cancelled.",
};

const SKIPPED: Readonly<Record<NonNullable<Arrival["skipped"]>, Sentence>> = {
  "stop-closed": {
    uk: "Зупинка закрита: автобус тут не зупиняється.",
    ru: "Остановка закрыта: автобус здесь не останавливается.",
    en: "The stop is closed: the bus does not call here.",
  },
  detour: {
    uk: "Автобус їде в обʼїзд і тут не зупиняється.",
    ru: "Автобус идёт в объезд и здесь не останавливается.",
    en: "The bus is on a detour and does not call here.",
  },
};

const WITHHELD: Sentence = {
  uk: "За розкладом: де автобуси зараз, тимчасово не показуємо.",
  ru: "По расписанию: где автобусы сейчас, временно не показываем.",
  en: "By the timetable: where buses are is temporarily unavailable.",
};

const BY_TRIP_BEFORE: Sentence = {
  uk: "Автобус ще їде попереднім рейсом; час за тим, де він зараз.",
  ru: "Автобус ещё едет предыдущим рейсом; время по тому, где он сейчас.",
  en: "The bus is still on its trip before this one; the time is by where it is now.",
};

const BY_POSITION: Sentence = {
  uk: "За місцем автобуса.",
  ru: "По месту автобуса.",
  en: "By where the bus is.",
};

const NO_SIGNAL: Sentence = {
  uk: "Від автобуса немає сигналу, тому час приблизний.",
  ru: "От автобуса нет сигнала, поэтому время приблизительное.",
  en: "No signal from the bus, so this time is a guess.",
};

function byPosition(age_ms: number): Sentence {
  const age_s = Math.round(age_ms / 1_000);
  const age_min = Math.round(age_s / 60);
  const [uk, ru, en] =
    age_s < 120
      ? [`${age_s} с`, `${age_s} с`, `${age_s} s`]
      : [`${age_min} хв`, `${age_min} мин`, `${age_min} min`];
  return {
    uk: `За місцем автобуса ${uk} тому.`,
    ru: `По месту автобуса ${ru} назад.`,
    en: `By where the bus was ${en} ago.`,
  };
}

/** HH:MM on the clocks of the town. */
function clockTimeOf(at_ms: EpochMs, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at_ms)
    .toZonedDateTimeISO(timezone)
    .toPlainTime()
    .toString({ smallestUnit: "minute" });
}

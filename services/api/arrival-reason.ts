import type { EpochMs } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import type { Sentence } from "./schemas.ts";

type Reasoned = Pick<
  Arrival,
  "basis" | "signal_at_ms" | "next_run" | "cancelled" | "skipped" | "withheld" | "overdue"
>;

/** Why this time is given and how far to trust it, in one plain sentence for a person at a stop. */
export function reasonOf(arrival: Reasoned, now_ms: EpochMs, timezone: string): Sentence {
  const { basis, signal_at_ms, next_run, cancelled, skipped, withheld, overdue } = arrival;
  if (cancelled) return CANCELLED;
  if (skipped) return SKIPPED[skipped];
  if (overdue) return overdueReason(overdue, signal_at_ms, timezone);
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

function overdueReason(
  overdue: NonNullable<Arrival["overdue"]>,
  signal_at_ms: EpochMs | undefined,
  timezone: string,
): Sentence {
  if (overdue === "missed") return signal_at_ms === undefined ? NOT_SEEN : LEFT_ITS_TRIP;
  return signal_at_ms === undefined ? NOT_KNOWN : notKnownSince(clockTimeOf(signal_at_ms, timezone));
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

const NOT_SEEN: Sentence = {
  uk: "Автобус не приїхав: інші автобуси цієї лінії видно, а його ні.",
  ru: "Автобус не приехал: другие автобусы этой линии видны, а его нет.",
  en: "The bus did not come: others of its line are seen, this one was not.",
};

const LEFT_ITS_TRIP: Sentence = {
  uk: "Автобус не приїхав: він виконує вже інший рейс.",
  ru: "Автобус не приехал: он выполняет уже другой рейс.",
  en: "The bus did not come: it drives another trip by now.",
};

const NOT_KNOWN: Sentence = {
  uk: "Автобус мав уже приїхати. Він не передає, де він, тому невідомо, чи був.",
  ru: "Автобус должен был уже приехать. Он не передаёт, где он, поэтому неизвестно, был ли.",
  en: "The bus should have come by now. It does not report where it is, so whether it came is not known.",
};

function notKnownSince(since: string): Sentence {
  return {
    uk: `Автобус мав уже приїхати. Від нього немає сигналу з ${since}, тому невідомо, чи був.`,
    ru: `Автобус должен был уже приехать. От него нет сигнала с ${since}, поэтому неизвестно, был ли.`,
    en: `The bus should have come by now. There is no signal from it since ${since}, so whether it came is not known.`,
  };
}

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

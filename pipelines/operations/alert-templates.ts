import { IntlMessageFormat } from "intl-messageformat";
import type { Effect, Texts } from "./order.ts";

type Values = Readonly<Record<string, string | number>>;

type Template = {
  readonly effect: Effect;
  /** The values that its texts ask for; `…_at` are instants, RFC 3339. */
  readonly values: readonly string[];
  readonly header: Texts;
  readonly description?: Texts;
};

/** Alerts as they are written again and again, in ICU message syntax. */
export const ALERT_TEMPLATES = {
  "stop-closed": {
    effect: "NO_SERVICE",
    values: ["stop", "until_at"],
    header: {
      uk: "Зупинка «{stop}» не працює",
      ru: "Остановка «{stop}» не работает",
      en: "Stop “{stop}” is closed",
    },
    description: {
      uk: "Автобуси не зупиняються на зупинці «{stop}» до {until_at}.",
      ru: "Автобусы не останавливаются на остановке «{stop}» до {until_at}.",
      en: "Buses do not call at “{stop}” until {until_at}.",
    },
  },
  detour: {
    effect: "DETOUR",
    values: ["line", "from", "to", "until_at"],
    header: {
      uk: "Маршрут {line} їде в обʼїзд",
      ru: "Маршрут {line} идёт в объезд",
      en: "Line {line} is on a detour",
    },
    description: {
      uk: "Між зупинками «{from}» і «{to}» автобуси їдуть іншими вулицями й не зупиняються до {until_at}.",
      ru: "Между остановками «{from}» и «{to}» автобусы идут по другим улицам и не останавливаются до {until_at}.",
      en: "Between “{from}” and “{to}” buses take other streets and do not call until {until_at}.",
    },
  },
  delays: {
    effect: "SIGNIFICANT_DELAYS",
    values: ["line", "minutes"],
    header: {
      uk: "Маршрут {line}: затримки до {minutes, plural, one {# хвилини} few {# хвилин} many {# хвилин} other {# хвилини}}",
      ru: "Маршрут {line}: задержки до {minutes, plural, one {# минуты} few {# минут} many {# минут} other {# минуты}}",
      en: "Line {line}: delays of up to {minutes, plural, one {# minute} other {# minutes}}",
    },
  },
  "line-suspended": {
    effect: "NO_SERVICE",
    values: ["line"],
    header: {
      uk: "Маршрут {line} тимчасово не працює",
      ru: "Маршрут {line} временно не работает",
      en: "Line {line} does not run for now",
    },
  },
  "fewer-trips": {
    effect: "REDUCED_SERVICE",
    values: ["line", "trips"],
    header: {
      uk: "Маршрут {line}: скасовано {trips, plural, one {# рейс} few {# рейси} many {# рейсів} other {# рейсу}}",
      ru: "Маршрут {line}: отменено {trips, plural, one {# рейс} few {# рейса} many {# рейсов} other {# рейса}}",
      en: "Line {line}: {trips, plural, one {# trip is} other {# trips are}} cancelled",
    },
  },
  "more-trips": {
    effect: "ADDITIONAL_SERVICE",
    values: ["line"],
    header: {
      uk: "На маршруті {line} додано рейси",
      ru: "На маршруте {line} добавлены рейсы",
      en: "Line {line} has extra trips",
    },
  },
  "stop-moved": {
    effect: "STOP_MOVED",
    values: ["stop", "place"],
    header: {
      uk: "Зупинку «{stop}» перенесено",
      ru: "Остановка «{stop}» перенесена",
      en: "Stop “{stop}” has moved",
    },
    description: {
      uk: "Автобуси зупиняються тут: {place}.",
      ru: "Автобусы останавливаются здесь: {place}.",
      en: "Buses call here instead: {place}.",
    },
  },
} as const satisfies Readonly<Record<string, Template>>;

const LOCALES = { uk: "uk-UA", ru: "ru-RU", en: "en-GB" } as const;
export type Language = keyof typeof LOCALES;
export const LANGUAGES: readonly Language[] = ["uk", "ru", "en"];

type Asked = { readonly template: string; readonly values: Values };

function findTemplate(name: string): Template | undefined {
  return Object.entries(ALERT_TEMPLATES).find(([each]) => each === name)?.[1];
}

/** What is wrong with a text that a template and values should make, for a person; undefined when nothing is. */
export function findTemplateTrouble({ template: name, values }: Asked): string | undefined {
  const template = findTemplate(name);
  if (!template)
    return `There is no template "${name}"; there are ${Object.keys(ALERT_TEMPLATES).join(", ")}.`;
  const missing = template.values.filter((each) => values[each] === undefined);
  if (missing.length > 0) return `The template "${name}" needs ${missing.join(", ")}.`;
  const strange = Object.keys(values).filter((each) => !template.values.includes(each));
  if (strange.length > 0) return `The template "${name}" knows no ${strange.join(", ")}.`;
  const wrong = Object.entries(values).find(
    ([each, value]) => each.endsWith("_at") && Number.isNaN(Date.parse(String(value))),
  );
  if (wrong) return `${wrong[0]} must be an instant, as 2026-03-01T18:00:00Z.`;
  const counts = ["minutes", "trips"].filter(
    (each) => values[each] !== undefined && typeof values[each] !== "number",
  );
  return counts.length > 0 ? `${counts.join(", ")} must be a number.` : undefined;
}

/** An alert's texts. @throws RangeError for a template that `findTemplateTrouble` refuses. */
export function alertTexts(
  { template: name, values }: Asked,
  timezone: string,
): { readonly header: Texts; readonly description?: Texts; readonly effect: Effect } {
  const template = findTemplate(name);
  if (!template) throw new RangeError(`no template ${name}`);
  const { header, description, effect } = template;
  const said = (texts: Texts): Texts => {
    const [uk, ru, en] = LANGUAGES.map((language) => say(texts[language], language, values, timezone));
    return { uk: uk ?? "", ru: ru ?? "", en: en ?? "" };
  };
  return { header: said(header), ...(description && { description: said(description) }), effect };
}

function say(text: string, language: Language, values: Values, timezone: string): string {
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name.endsWith("_at") ? momentIn(language, String(value), timezone) : value,
    ]),
  );
  return String(new IntlMessageFormat(text, LOCALES[language], undefined, { ignoreTag: true }).format(shown));
}

/** 18:00, 1 March. */
function momentIn(language: Language, at: string, timeZone: string): string {
  const instant = Date.parse(at);
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone }).format(instant);
  return `${of({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}, ${of({ day: "numeric", month: "long" })}`;
}

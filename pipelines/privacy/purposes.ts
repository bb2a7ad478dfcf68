import type { Language } from "@yardline/events/event-type";

/** What stands on signs, in the register and on the pages. */
export type Wording = Readonly<Record<Language, string>>;

/**
 * What a camera may be for. A closed list, because "safety" alone is no purpose: it must be specified for each camera
 * (EDPB Guidelines 3/2019, 15). Each is specific enough to stand on a sign at the gate.
 */
export const PURPOSES = [
  "protection-of-property",
  "protection-of-persons-in-courtyard",
  "road-traffic-safety",
  "fire-lane-kept-free",
  "dumping-of-waste",
  "protection-of-public-building",
  "passenger-safety-at-stop",
  "demonstration-with-recorded-material",
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const PURPOSE_TEXTS: Readonly<Record<Purpose, Wording>> = {
  "protection-of-property": {
    uk: "Захист майна від пошкодження та крадіжок",
    ru: "Защита имущества от повреждений и краж",
    en: "Protection of property against damage and theft",
  },
  "protection-of-persons-in-courtyard": {
    uk: "Захист людей у дворі від нападу та нещасних випадків",
    ru: "Защита людей во дворе от нападений и несчастных случаев",
    en: "Protection of people in the courtyard against assault and accidents",
  },
  "road-traffic-safety": {
    uk: "Безпека руху: зупинки та аварії на проїзній частині",
    ru: "Безопасность движения: остановки и аварии на проезжей части",
    en: "Road traffic: stopped vehicles and accidents on the carriageway",
  },
  "fire-lane-kept-free": {
    uk: "Вільний проїзд для пожежних і швидкої",
    ru: "Свободный проезд для пожарных и скорой",
    en: "Keeping the lane for fire engines and ambulances free",
  },
  "dumping-of-waste": {
    uk: "Запобігання засміченню біля контейнерів",
    ru: "Предотвращение свалок у контейнеров",
    en: "Preventing dumping of waste at the containers",
  },
  "protection-of-public-building": {
    uk: "Захист громадської будівлі від проникнення та пошкодження",
    ru: "Защита общественного здания от проникновения и повреждений",
    en: "Protection of a public building against intrusion and damage",
  },
  "passenger-safety-at-stop": {
    uk: "Безпека пасажирів на зупинці",
    ru: "Безопасность пассажиров на остановке",
    en: "Safety of passengers at the stop",
  },
  "demonstration-with-recorded-material": {
    uk: "Показ системи на раніше записаному відео",
    ru: "Показ системы на ранее записанном видео",
    en: "Demonstration with material recorded before",
  },
};

/** GDPR article 6(1) letters that can carry a camera, and the same grounds in Ukraine's Law 2297-VI, article 11. */
export const LEGAL_BASES = ["public-task", "legitimate-interest", "legal-obligation", "consent"] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

export const LEGAL_BASIS_TEXTS: Readonly<Record<LegalBasis, Wording>> = {
  "public-task": {
    uk: "Завдання в суспільних інтересах (GDPR, ст. 6(1)(e))",
    ru: "Задача в общественных интересах (GDPR, ст. 6(1)(e))",
    en: "A task in the public interest (GDPR article 6(1)(e))",
  },
  "legitimate-interest": {
    uk: "Законний інтерес (GDPR, ст. 6(1)(f))",
    ru: "Законный интерес (GDPR, ст. 6(1)(f))",
    en: "A legitimate interest (GDPR article 6(1)(f))",
  },
  "legal-obligation": {
    uk: "Обов'язок за законом (GDPR, ст. 6(1)(c))",
    ru: "Обязанность по закону (GDPR, ст. 6(1)(c))",
    en: "A legal obligation (GDPR article 6(1)(c))",
  },
  consent: {
    uk: "Згода (GDPR, ст. 6(1)(a))",
    ru: "Согласие (GDPR, ст. 6(1)(a))",
    en: "Consent (GDPR article 6(1)(a))",
  },
};

/** The words of a purpose or a basis by its name; undefined for a name that is of neither list. */
export function wordingOf(name: string): Wording | undefined {
  const all: Readonly<Record<string, Wording>> = { ...PURPOSE_TEXTS, ...LEGAL_BASIS_TEXTS };
  return Object.hasOwn(all, name) ? all[name] : undefined;
}

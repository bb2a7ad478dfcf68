import type { Language } from "@yardline/events/event-type";
import type { PlainDocument, Table } from "./document.ts";
import { LEGAL_BASIS_TEXTS, PURPOSE_TEXTS, type Wording } from "./purposes.ts";
import { hoursIn } from "./sign.ts";
import type { CameraFacts, TownFacts } from "./town-facts.ts";

const TITLE: Wording = {
  uk: "Реєстр операцій з обробки даних",
  ru: "Реестр операций по обработке данных",
  en: "Record of processing activities",
};
const UNDER: Wording = {
  uk: "За статтею 30 GDPR, з налаштувань, на яких працює система",
  ru: "По статье 30 GDPR, из настроек, на которых работает система",
  en: "Under article 30 of the GDPR, out of the settings that the system runs on",
};
const COLUMNS: Readonly<Record<Language, readonly string[]>> = {
  uk: [
    ...["Діяльність", "Розпорядник", "Контакт", "Відповідальний за захист даних", "Мета", "Правова підстава"],
    ...["Камери", "Чиї дані", "Які дані", "Одержувачі", "Передача за кордон", "Строк зберігання", "Захист"],
  ],
  ru: [
    ...[
      "Деятельность",
      "Оператор",
      "Контакт",
      "Ответственный за защиту данных",
      "Цель",
      "Правовое основание",
    ],
    ...[
      "Камеры",
      "Чьи данные",
      "Какие данные",
      "Получатели",
      "Передача за границу",
      "Срок хранения",
      "Защита",
    ],
  ],
  en: [
    ...["Activity", "Controller", "Contact", "Data protection officer", "Purpose", "Legal basis", "Cameras"],
    ...["Data subjects", "Categories of data", "Recipients", "Transfers abroad", "Time limits", "Security"],
  ],
};
const ACTIVITY: Wording = { uk: "Відеоспостереження", ru: "Видеонаблюдение", en: "Video surveillance" };
const SUBJECTS: Wording = {
  uk: "Ті, хто є перед камерами",
  ru: "Те, кто находится перед камерами",
  en: "Whoever is in front of the cameras",
};
const DATA: Wording = {
  uk: "Зображення без звуку; події: тип, час, місце, рамка, кадр, уривок. Без біометрії",
  ru: "Изображения без звука; события: тип, время, место, рамка, кадр, фрагмент. Без биометрии",
  en: "Pictures without sound; events: kind, time, place, box, snapshot, clip. No biometrics",
};
const NONE: Wording = { uk: "немає", ru: "нет", en: "none" };
const OPEN: Wording = { uk: "не вказано", ru: "не указано", en: "not stated" };
const SECURITY: Wording = {
  uk: "Маски до запису; права за камерами; журнал переглядів ланцюгом хешів; видалення за строком з усіх копій",
  ru: "Маски до записи; права по камерам; журнал просмотров цепочкой хешей; удаление по сроку из всех копий",
  en: "Masks before recording; rights by camera; looks written to a hash-chained log; deletion in time from every copy",
};

/** The register as a table: a row for each controller's cameras of one purpose, basis and time. */
export function processingRegister({ cameras, contact, recipients }: TownFacts, language: Language): Table {
  const activities = Map.groupBy(cameras, ({ record }) =>
    JSON.stringify([record.controller, record.purpose, record.legal_basis, record.retention_h]),
  );
  const rows = [...activities.values()].map((own) => {
    const [{ record }] = own as [CameraFacts, ...CameraFacts[]];
    const reasons = [...new Set(own.flatMap(({ record: { retention_reason } }) => retention_reason ?? []))];
    return [
      ACTIVITY[language],
      record.controller,
      contact.contact ?? OPEN[language],
      contact.officer ?? OPEN[language],
      PURPOSE_TEXTS[record.purpose][language],
      LEGAL_BASIS_TEXTS[record.legal_basis][language],
      own.map(({ id, name }) => `${name} (${id})`).join("; "),
      SUBJECTS[language],
      DATA[language],
      recipients.length > 0 ? recipients.join("; ") : NONE[language],
      NONE[language],
      [hoursIn(record.retention_h, language), ...reasons].join(". "),
      SECURITY[language],
    ];
  });
  return { columns: COLUMNS[language], rows };
}

/** The same as a document: an activity after the other, since thirteen columns fit no page. */
export function registerDocument(facts: TownFacts, language: Language): PlainDocument {
  const { columns, rows } = processingRegister(facts, language);
  return {
    title: `${TITLE[language]}: ${facts.name}`,
    parts: [
      { heading: UNDER[language] },
      ...rows.map((row, at) => ({
        heading: `${at + 1}. ${row[1]}: ${row[4]}`,
        table: { columns: ["", ""], rows: columns.map((column, index) => [column, row[index] ?? ""]) },
      })),
    ],
  };
}

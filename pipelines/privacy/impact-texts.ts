import type { Language } from "@yardline/events/event-type";
import type { Wording } from "./purposes.ts";

/** The words of an impact assessment in one language. */
export type ImpactTexts = {
  readonly [word in
    | "title"
    | "description"
    | "system"
    | "necessity"
    | "lifetimes"
    | "recipients"
    | "risks"
    | "open"
    | "people"
    | "none"
    | "unplaced"
    | "no_contact"
    | "no_officer"
    | "no_site"
    | "long_retention"
    | "unmasked"]: string;
} & {
  readonly [columns in
    | "camera_columns"
    | "necessity_columns"
    | "lifetime_columns"
    | "risk_columns"
    | "left_to_people"]: readonly string[];
} & {
  readonly recording: Readonly<Record<"continuous" | "by-event", string>>;
  readonly masks: Readonly<Record<"none-needed" | "burnt-in" | "in-camera", string>>;
};

export const IMPACT_TEXTS: Readonly<Record<Language, ImpactTexts>> = {
  uk: {
    title: "Оцінка впливу на захист даних",
    description: "1. Що робиться",
    system:
      "Камери знімають двори й зупинки. Нейромережа знаходить на зображенні людей, транспорт і собак як рамки; правила роблять з них події, які переглядає людина. Звук не відкривається. Облич, ходи, номерів і осіб система не розпізнає і між камерами нікого не простежує.",
    necessity: "2. Навіщо і за яким правом",
    lifetimes: "3. Скільки живе (дні: тип, час і місце події)",
    recipients: "4. Хто отримує",
    risks: "5. Ризики і заходи",
    open: "6. Що ще відкрито",
    people: "7. Що вирішують люди",
    none: "немає",
    unplaced: "без місця",
    no_contact: "Не вказано, куди звертатися (privacy.contact)",
    no_officer: "Не вказано відповідального за захист даних (privacy.officer)",
    no_site: "Не вказано, де відкрито реєстр камер (privacy.site)",
    long_retention: "зберігає понад 72 години; перевірте, чи причина ще діє",
    unmasked: "без масок; перевірте за новим кадром, що нічого приватного не видно",
    camera_columns: ["Камера", "Місце", "Мета", "Що помічає", "Запис"],
    necessity_columns: ["Камера", "Правова підстава", "Розпорядник", "Зберігання", "Маски"],
    lifetime_columns: ["Подія", "Зображення", "Особисті поля", "Днів"],
    risk_columns: ["Ризик", "Захід", "Залишковий ризик (впишіть)"],
    recording: { continuous: "безперервний", "by-event": "лише за подією" },
    masks: {
      "none-needed": "Не потрібні:",
      "burnt-in": "Зафарбовано до запису й аналізу",
      "in-camera": "Зафарбовує сама камера; кожен переглянутий кадр перевіряється",
    },
    left_to_people: [
      "Чи досягається мета без камери або меншим засобом: ____________________",
      "Думка тих, кого знімають: ____________________",
      "Висновок відповідального за захист даних: ____________________",
      "Рішення розпорядника, дата, підпис: ____________________",
    ],
  },
  ru: {
    title: "Оценка воздействия на защиту данных",
    description: "1. Что делается",
    system:
      "Камеры снимают дворы и остановки. Нейросеть находит на изображении людей, транспорт и собак как рамки; правила делают из них события, которые просматривает человек. Звук не открывается. Лиц, походки, номеров и личностей система не распознаёт и между камерами никого не прослеживает.",
    necessity: "2. Зачем и по какому праву",
    lifetimes: "3. Сколько живёт (дни: тип, время и место события)",
    recipients: "4. Кто получает",
    risks: "5. Риски и меры",
    open: "6. Что ещё открыто",
    people: "7. Что решают люди",
    none: "нет",
    unplaced: "без места",
    no_contact: "Не указано, куда обращаться (privacy.contact)",
    no_officer: "Не указан ответственный за защиту данных (privacy.officer)",
    no_site: "Не указано, где открыт реестр камер (privacy.site)",
    long_retention: "хранит более 72 часов; проверьте, действует ли ещё причина",
    unmasked: "без масок; проверьте по новому кадру, что ничего частного не видно",
    camera_columns: ["Камера", "Место", "Цель", "Что замечает", "Запись"],
    necessity_columns: ["Камера", "Правовое основание", "Оператор", "Хранение", "Маски"],
    lifetime_columns: ["Событие", "Изображения", "Личные поля", "Дней"],
    risk_columns: ["Риск", "Мера", "Остаточный риск (впишите)"],
    recording: { continuous: "непрерывная", "by-event": "только по событию" },
    masks: {
      "none-needed": "Не нужны:",
      "burnt-in": "Закрашено до записи и анализа",
      "in-camera": "Закрашивает сама камера; каждый просмотренный кадр проверяется",
    },
    left_to_people: [
      "Достигается ли цель без камеры или меньшим средством: ____________________",
      "Мнение тех, кого снимают: ____________________",
      "Заключение ответственного за защиту данных: ____________________",
      "Решение оператора, дата, подпись: ____________________",
    ],
  },
  en: {
    title: "Data protection impact assessment",
    description: "1. What is done",
    system:
      "Cameras film courtyards and stops. A network finds people, vehicles and dogs in the picture as boxes; rules make events of them, which a person reviews. Sound is never opened. No face, gait, plate or person is recognised, and nobody is followed from camera to camera.",
    necessity: "2. Why, and by what right",
    lifetimes: "3. How long it lives (days: an event's kind, time and place)",
    recipients: "4. Who receives it",
    risks: "5. Risks and measures",
    open: "6. What is still open",
    people: "7. What people decide",
    none: "none",
    unplaced: "no place given",
    no_contact: "It is not stated whom people write to (privacy.contact)",
    no_officer: "No data protection officer is stated (privacy.officer)",
    no_site: "It is not stated where the register of cameras is open (privacy.site)",
    long_retention: "keeps more than 72 hours; see whether the reason still holds",
    unmasked: "has no masks; see by a new still that nothing private is in view",
    camera_columns: ["Camera", "Place", "Purpose", "Watches for", "Recording"],
    necessity_columns: ["Camera", "Legal basis", "Controller", "Kept for", "Masks"],
    lifetime_columns: ["Event", "Pictures", "Personal fields", "Days"],
    risk_columns: ["Risk", "Measure", "Risk that remains (fill in)"],
    recording: { continuous: "continuous", "by-event": "by event only" },
    masks: {
      "none-needed": "Not needed:",
      "burnt-in": "Painted over before recording and analysis",
      "in-camera": "Painted over by the camera itself; each picture that is looked at is checked",
    },
    left_to_people: [
      "Whether the purpose is reached without a camera, or by less: ____________________",
      "The views of those who are filmed: ____________________",
      "Opinion of the data protection officer: ____________________",
      "Decision of the controller, date, signature: ____________________",
    ],
  },
};

/** What could go wrong for those who are filmed, and what the system does about it. */
export const RISKS: readonly { readonly risk: Wording; readonly measure: Wording }[] = [
  {
    risk: {
      uk: "Перегляд без потреби або з цікавості",
      ru: "Просмотр без нужды или из любопытства",
      en: "Looking without need, or out of curiosity",
    },
    measure: {
      uk: "Права за камерою й районом; мета перегляду записується до показу в журнал, який не можна непомітно змінити",
      ru: "Права по камере и району; цель просмотра записывается до показа в журнал, который нельзя незаметно изменить",
      en: "Rights by camera and district; the purpose is written down before anything is shown, in a log that cannot be changed unnoticed",
    },
  },
  {
    risk: {
      uk: "Видно приватне: вікна, двері",
      ru: "Видно частное: окна, двери",
      en: "Private things in view: windows, doors",
    },
    measure: {
      uk: "Маски до запису, аналізу й показу; зміна розміру картинки закриває камеру",
      ru: "Маски до записи, анализа и показа; смена размера картинки закрывает камеру",
      en: "Masks before recording, analysis and view; a picture of another size closes the camera",
    },
  },
  {
    risk: { uk: "Зберігання довше, ніж треба", ru: "Хранение дольше нужного", en: "Kept longer than needed" },
    measure: {
      uk: "Зображення й особисті поля зникають у строк з усіх копій, після відновлення з резервної копії знову; утримання має власника, підставу й кінець",
      ru: "Изображения и личные поля исчезают в срок из всех копий, после восстановления из резервной копии снова; удержание имеет владельца, основание и конец",
      en: "Pictures and personal fields go in time from every copy, after a restore again; a hold has an owner, a basis and an end",
    },
  },
  {
    risk: { uk: "Упізнавання людей", ru: "Узнавание людей", en: "Recognition of people" },
    measure: {
      uk: "Словник без біометрії перевіряється схемою; модель з обличчями, ходою чи ознаками осіб відхиляється",
      ru: "Словарь без биометрии проверяется схемой; модель с лицами, походкой или признаками личности отклоняется",
      en: "A vocabulary without biometrics, enforced by schema; a model of faces, gaits or persons is refused",
    },
  },
  {
    risk: {
      uk: "Хибна подія веде до хибної дії",
      ru: "Ложное событие ведёт к ложному действию",
      en: "A wrong event leads to a wrong act",
    },
    measure: {
      uk: "Подія каже, що видно, а не хто винен; людина переглядає перед будь-якою дією",
      ru: "Событие говорит, что видно, а не кто виноват; человек просматривает перед любым действием",
      en: "An event says what is seen, not who is to blame; a person reviews it before anything is done",
    },
  },
  {
    risk: {
      uk: "Витік записів або паролів камер",
      ru: "Утечка записей или паролей камер",
      en: "Leaking recordings or camera passwords",
    },
    measure: {
      uk: "Записи не залишають пристрою без права; паролі не потрапляють до журналів, відповідей і рядків запуску",
      ru: "Записи не покидают устройства без права; пароли не попадают в журналы, ответы и строки запуска",
      en: "Recordings leave the box by right alone; passwords get into no log, answer or command line",
    },
  },
  {
    risk: {
      uk: "Людина не знає, що її знімають",
      ru: "Человек не знает, что его снимают",
      en: "Somebody does not know that they are filmed",
    },
    measure: {
      uk: "Без таблички камера не працює; застаріла табличка показується; реєстр камер відкритий усім",
      ru: "Без таблички камера не работает; устаревшая табличка показывается; реестр камер открыт всем",
      en: "No sign, no camera; a stale sign is shown; the register of cameras is open to everybody",
    },
  },
  {
    risk: {
      uk: "Заперечення не встигають розглянути",
      ru: "Возражение не успевают рассмотреть",
      en: "An objection is not heeded in time",
    },
    measure: {
      uk: "Пауза камери одразу, з кінцем і причиною, видима на карті",
      ru: "Пауза камеры сразу, с концом и причиной, видна на карте",
      en: "A privacy pause at once, with an end and a reason, visible on the map",
    },
  },
];

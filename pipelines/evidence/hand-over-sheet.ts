import { hash } from "node:crypto";
import { isoOf } from "@yardline/domain/time";
import type { ExportRow } from "./export-row.ts";
import { spelledFingerprint } from "./town-key.ts";

export const SHEET_LANGUAGES = ["uk", "ru", "en"] as const;
export type SheetLanguage = (typeof SHEET_LANGUAGES)[number];

const WORDS = {
  uk: {
    title: "Акт передачі відеоматеріалів",
    town: "Громада",
    bundle: "Пакет",
    made: "Зроблено",
    by: "Запросив",
    approved: "Дозволив",
    ground: "Правова підстава",
    purpose: "Мета",
    form: "Вид",
    forms: { original: "байти, збережені під час запису", redacted: "прикрита копія (не є анонімною)" },
    period: "Камера і час",
    partial: "Запис неповний: чого бракує і чому, сказано в пакеті (statement.json).",
    size: "Розмір, байтів",
    hash: "SHA-256 файла",
    key: "Відбиток ключа міста",
    to: "Кому передано",
    authority: "Орган",
    document: "Документ",
    medium: "Носій",
    date: "Коли",
    gives: "Передав (підпис, дата)",
    takes: "Отримав (підпис, дата)",
    note: "Перед використанням перевірте пакет сторінкою перевірки або командою ./yardline evidence verify, з відбитком ключа з цього акта.",
  },
  ru: {
    title: "Акт передачи видеоматериалов",
    town: "Громада",
    bundle: "Пакет",
    made: "Сделан",
    by: "Запросил",
    approved: "Разрешил",
    ground: "Правовое основание",
    purpose: "Цель",
    form: "Вид",
    forms: {
      original: "байты, сохранённые во время записи",
      redacted: "закрытая копия (не является анонимной)",
    },
    period: "Камера и время",
    partial: "Запись неполная: чего недостаёт и почему, сказано в пакете (statement.json).",
    size: "Размер, байтов",
    hash: "SHA-256 файла",
    key: "Отпечаток ключа города",
    to: "Кому передано",
    authority: "Орган",
    document: "Документ",
    medium: "Носитель",
    date: "Когда",
    gives: "Передал (подпись, дата)",
    takes: "Получил (подпись, дата)",
    note: "Перед использованием проверьте пакет страницей проверки или командой ./yardline evidence verify, с отпечатком ключа из этого акта.",
  },
  en: {
    title: "Hand-over of video material",
    town: "Town",
    bundle: "Bundle",
    made: "Made",
    by: "Asked by",
    approved: "Approved by",
    ground: "Legal basis",
    purpose: "Purpose",
    form: "Form",
    forms: { original: "the bytes stored when it was recorded", redacted: "redacted copy (not anonymous)" },
    period: "Camera and time",
    partial:
      "The recording is not complete: what is missing, and why, is said in the bundle (statement.json).",
    size: "Size, bytes",
    hash: "SHA-256 of the file",
    key: "Fingerprint of the town's key",
    to: "Handed to",
    authority: "Authority",
    document: "Document",
    medium: "Medium",
    date: "When",
    gives: "Given by (signature, date)",
    takes: "Taken by (signature, date)",
    note: "Before using it, verify the bundle with the verifier page or ./yardline evidence verify, with the fingerprint of this sheet.",
  },
} as const;

const STYLE = `body{font:12pt/1.4 serif;max-width:18cm;margin:1cm auto}h1{font-size:16pt}table{border-collapse:collapse;width:100%}
th,td{border:1px solid;padding:.15cm .25cm;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:30%}
.sign{display:flex;gap:1cm;margin-top:1.5cm}.sign div{flex:1;border-top:1px solid;padding-top:.1cm}@page{size:A4;margin:1.5cm}`;

/** The policy under which the sheet is served: no script, its own style. */
export const SHEET_POLICY = `default-src 'none'; style-src 'sha256-${hash("sha256", STYLE, "base64")}'; base-uri 'none'`;

/** A sheet to be printed and signed, one for each hand-over; with none yet, one with blanks. A4. */
export function handOverSheet(row: ExportRow, town: string, language: SheetLanguage): string {
  const say = WORDS[language];
  const handed = row.handed.length > 0 ? row.handed : [undefined];
  const sheets = handed.map((each) => {
    const blank = "……………………………………………";
    const lines: (readonly [string, string | undefined])[] = [
      [say.town, town],
      [say.bundle, row.id],
      [say.form, say.forms[row.form]],
      ...row.periods.map(
        ({ camera, from_ms, to_ms }) =>
          [say.period, `${camera}: ${isoOf(from_ms)} – ${isoOf(to_ms)}`] as const,
      ),
      [say.ground, `${row.legal_basis.ground}: ${row.legal_basis.reference}`],
      [say.purpose, row.purpose],
      [say.by, row.asked_by],
      [say.approved, row.decided_by],
      [say.made, row.made_at_ms === undefined ? undefined : isoOf(row.made_at_ms)],
      [say.size, row.bytes?.toString()],
      [say.hash, row.sha256],
      [say.key, row.fingerprint && spelledFingerprint(row.fingerprint)],
      [say.to, each?.to ?? blank],
      [say.authority, each?.authority ?? blank],
      [say.document, each?.document ?? blank],
      [say.medium, each?.medium ?? blank],
      [say.date, each ? isoOf(each.at_ms) : blank],
    ];
    const rows = lines.flatMap(([name, value]) =>
      value === undefined ? [] : [`<tr><th>${textOf(name)}</th><td>${textOf(value)}</td></tr>`],
    );
    const partial = row.complete === false ? `<p><strong>${textOf(say.partial)}</strong></p>` : "";
    const signs = `<div class="sign"><div>${say.gives}${each ? `: ${textOf(each.by)}` : ""}</div><div>${say.takes}</div></div>`;
    return `<h1>${say.title}</h1><table>${rows.join("")}</table>${partial}<p>${say.note}</p>${signs}`;
  });
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${say.title} ${textOf(row.id)}</title><style>${STYLE}</style></head><body>${sheets.join("<hr>")}</body></html>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** People's words are text, never markup. */
function textOf(said: string): string {
  return said.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? "");
}

import { isServiceDate, secondsOf } from "../service-day.ts";
import type { CheckRule } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawRow } from "./raw-table.ts";
import { type Field, type FieldType, TABLES } from "./schema.ts";

/** Each value against the type of its column. */
export const checkFields: CheckRule = (feed, findings) => {
  for (const { file, fields } of TABLES) {
    const { has, rows } = feed.table(file);
    const present = fields.filter(({ name }) => has(name));
    for (const row of rows) for (const field of present) checkField(file, row, field, findings);
  }
  for (const row of feed.rows("stops.txt")) checkPoint("stops.txt", row, "stop_lat", "stop_lon", findings);
  for (const row of feed.rows("shapes.txt"))
    checkPoint("shapes.txt", row, "shape_pt_lat", "shape_pt_lon", findings);
};

function checkField(file: string, row: RawRow, field: Field, findings: Findings): void {
  const { name, type, presence, mixedCase } = field;
  const value = row.text(name);
  if (value === "") {
    if (presence === "required") findings.error("missing_required_field", file, row.line, `${name} is empty`);
    if (presence === "recommended")
      findings.warning("missing_recommended_field", file, row.line, `${name} is empty`);
    return;
  }
  checkCharacters(file, row, name, value, type, findings);
  const wrong = mistakeOf(type, value);
  if (wrong) findings.add(wrong.severity, wrong.code, file, row.line, `${name} is ${value}: ${wrong.why}`);
  if (mixedCase && isShouted(value)) {
    const text = `${name} is ${value}; passengers read mixed case better`;
    findings.warning("mixed_case_recommended_field", file, row.line, text);
  }
}

function checkCharacters(
  file: string,
  { line, fields }: RawRow,
  name: string,
  value: string,
  { is }: FieldType,
  findings: Findings,
): void {
  if (value.includes("\uFFFD"))
    findings.error("invalid_character", file, line, `${name} is not UTF-8; save the file as UTF-8`);
  if (/[\r\n]/.test(value)) findings.error("new_line_in_value", file, line, `${name} breaks over two lines`);
  if (is === "id" && /[^\x20-\x7E]/.test(value))
    findings.warning("non_ascii_or_non_printable_char", file, line, `${name} ${value} is not plain ASCII`);
  if (!fields.includes(value) && fields.some((field) => field.trim() === value))
    findings.warning("leading_or_trailing_whitespaces", file, line, `${name} has blanks around its value`);
}

type Mistake = { readonly severity: "ERROR" | "WARNING"; readonly code: string; readonly why: string };

/** What is wrong with a value that is not empty. */
function mistakeOf(type: FieldType, value: string): Mistake | undefined {
  switch (type.is) {
    case "id":
    case "text":
      return undefined;
    case "integer":
    case "float":
      return numberMistake(type, value);
    case "enum":
      if (!/^\d+$/.test(value)) return error("invalid_integer", "not a whole number");
      return type.values.includes(value)
        ? undefined
        : { severity: "WARNING", code: "unexpected_enum_value", why: `known are ${type.values.join(", ")}` };
    default:
      return FORMATS[type.is](value) ? undefined : error(`invalid_${CODES[type.is]}`, WANTED[type.is]);
  }
}

function numberMistake({ is, min }: { is: "integer" | "float"; min: number }, value: string) {
  const number = Number(value);
  if (is === "integer" && !/^[+-]?\d+$/.test(value)) return error("invalid_integer", "not a whole number");
  if (!Number.isFinite(number)) return error("invalid_float", "not a number");
  return number < min ? error("number_out_of_range", `less than ${min}`) : undefined;
}

type Format = Exclude<FieldType["is"], "id" | "text" | "integer" | "float" | "enum">;

const FORMATS: Record<Format, (value: string) => boolean> = {
  date: isServiceDate,
  time: (value) => secondsOf(value) !== undefined,
  color: (value) => /^[0-9a-f]{6}$/i.test(value),
  url: (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
  email: (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
  timezone: isTimezone,
  language: isLanguage,
  phone: (value) => /^[\d\s+()./x#*-]{3,}$/i.test(value),
  latitude: (value) => Math.abs(Number(value)) <= 90,
  longitude: (value) => Math.abs(Number(value)) <= 180,
};

const CODES: Record<Format, string> = {
  date: "date",
  time: "time",
  color: "color",
  url: "url",
  email: "email",
  timezone: "timezone",
  language: "language_code",
  phone: "phone_number",
  latitude: "float",
  longitude: "float",
};

const WANTED: Record<Format, string> = {
  date: "not a day as YYYYMMDD",
  time: "not a time as HH:MM:SS",
  color: "not six hex digits",
  url: "not an address with http:// or https://",
  email: "not an e-mail address",
  timezone: "not a name of the tz database, such as Europe/Kyiv",
  language: "not a language code, such as uk",
  phone: "not a telephone number",
  latitude: "not a latitude from -90 to 90",
  longitude: "not a longitude from -180 to 180",
};

/** Within one degree of where broken exports put what they do not know. */
function checkPoint(file: string, row: RawRow, lat: string, lon: string, findings: Findings): void {
  const [latitude, longitude] = [row.number(lat), row.number(lon)];
  if (latitude === undefined || longitude === undefined) return;
  const place = `${latitude}, ${longitude}`;
  if (Math.abs(latitude) <= 1 && Math.abs(longitude) <= 1)
    findings.error("point_near_origin", file, row.line, `${place} lies near 0, 0`);
  if (Math.abs(latitude) >= 89)
    findings.error("point_near_pole", file, row.line, `${place} lies near a pole`);
}

function error(code: string, why: string): Mistake {
  return { severity: "ERROR", code, why };
}

function isTimezone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** Words of three letters and more, all of them capitals; an abbreviation alone is fine. */
function isShouted(value: string): boolean {
  const words = value.split(/[^\p{L}]+/u).filter((word) => word.length > 3);
  const isCased = (word: string) => word.toUpperCase() !== word.toLowerCase();
  return words.length > 0 && words.every((word) => isCased(word) && word === word.toUpperCase());
}

import type { MessageKey } from "../messages/translate.ts";
import type { Field, SectionForm } from "./sections.ts";

/** One field as it stands: what it is of, by its labels, whose item by its name, and its text. */
export type Row = { readonly labels: readonly MessageKey[]; readonly item: string; readonly text: string };
export type Difference = Omit<Row, "text"> & { readonly mine: string; readonly theirs: string };

/** Where two versions of a section are not the same, field by field; items are held together by their names. */
export function differencesOf(form: SectionForm, mine: unknown, theirs: unknown): readonly Difference[] {
  const [own, other] = [rowsOf(form, mine), rowsOf(form, theirs)];
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((key) => {
    const [a, b] = [own.get(key), other.get(key)];
    const row = a ?? b;
    if (!row || a?.text === b?.text) return [];
    return [{ labels: row.labels, item: row.item, mine: a?.text ?? "", theirs: b?.text ?? "" }];
  });
}

/** Every field that is set. */
export function rowsOf(form: SectionForm, value: unknown): ReadonlyMap<string, Row> {
  if (form.shape === "choice") {
    const chosen = form.choices.find(([name]) => name === value);
    return new Map(chosen ? [["", { labels: [chosen[1]], item: "", text: String(value) }]] : []);
  }
  const place = { labels: [], item: "", key: "" };
  if (form.shape === "fields") return new Map(fieldRows(form.fields, value, place));
  return new Map(itemRows(form.fields, value, { ...place, labels: [form.item] }));
}

type Place = Omit<Row, "text"> & { readonly key: string };
type Entry = readonly [key: string, row: Row];

function fieldRows(fields: readonly Field[], value: unknown, place: Place): readonly Entry[] {
  const given = new Map(Object.entries(Object(value)));
  return fields.flatMap((field): readonly Entry[] => {
    const each = given.get(field.name);
    if (each === undefined) return [];
    const key = `${place.key}/${field.name}`;
    if (field.kind === "items") {
      return itemRows(field.fields, each, { ...place, key, labels: [...place.labels, field.item] });
    }
    return [[key, { labels: [...place.labels, field.label], item: place.item, text: textOf(field, each) }]];
  });
}

function itemRows(fields: readonly Field[], value: unknown, place: Place): readonly Entry[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((each, at) => {
    const name = nameOf(each) ?? String(at + 1);
    const item = place.item === "" ? name : `${place.item} · ${name}`;
    return fieldRows(fields, each, { ...place, item, key: `${place.key}/${name}` });
  });
}

function nameOf(item: unknown): string | undefined {
  const { id, name, protocol, port }: Record<string, unknown> = Object(item);
  if (typeof id === "string") return id;
  if (typeof name === "string") return name;
  return typeof protocol === "string" ? `${protocol}:${String(port)}` : undefined;
}

function textOf({ kind }: Field, value: unknown): string {
  if (kind === "secret") return "•••";
  if (kind === "check") return value === true ? "✓" : "–";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

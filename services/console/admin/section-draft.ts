import type { Field, SectionForm } from "./sections.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A section as a form has it: everything that is typed is text. */
export type Draft = {
  readonly texts: Readonly<Record<string, string>>;
  readonly lists: Readonly<Record<string, readonly Draft[]>>;
  /** As it was read: what no field is for is carried along, a secret by its name. */
  readonly was: Fields;
};

export type Sent = {
  readonly value: unknown;
  readonly secrets: readonly { readonly at: string; readonly text: string }[];
};

const NOTHING: Sent = { value: undefined, secrets: [] };

/** Where the one list or choice of a section that is no object stands in its draft. */
export const WHOLE = "";

export function draftOf(form: SectionForm, value: unknown): Draft {
  if (form.shape === "fields") return fieldsDraft(form.fields, partOf(value));
  if (form.shape === "choice") return { texts: { [WHOLE]: textOf(value) }, lists: {}, was: {} };
  const items = listOf(value).map((each) => fieldsDraft(form.fields, partOf(each)));
  return { texts: {}, lists: { [WHOLE]: items }, was: {} };
}

export function emptyDraft(fields: readonly Field[]): Draft {
  return fieldsDraft(fields, {});
}

/** What is to be sent; a secret that was not typed anew goes by the name that it was shown under. */
export function sentOf(form: SectionForm, draft: Draft): Sent {
  if (form.shape === "choice") return { value: draft.texts[WHOLE] ?? "", secrets: [] };
  if (form.shape === "fields") return fieldsSent(form.fields, draft, "");
  return itemsSent(form.fields, draft.lists[WHOLE] ?? [], "");
}

/** Whether a field is asked for beside the choices that were made. */
export function isAsked({ when }: Field, { texts }: Draft): boolean {
  return when === undefined || when[1].includes(texts[when[0]] ?? "");
}

/** Whether a secret is kept already. */
export function isKept({ name }: Field, { was }: Draft): boolean {
  return typeof was[name] === "string" && was[name] !== "";
}

/** The same without what was typed as a secret: drafts are kept on this device. */
export function withoutSecrets(fields: readonly Field[], draft: Draft): Draft {
  const secret = new Set(fields.filter(({ kind }) => kind === "secret").map(({ name }) => name));
  const inside = new Map(fields.map((field) => [field.name, field.kind === "items" ? field.fields : fields]));
  return {
    ...draft,
    texts: Object.fromEntries(Object.entries(draft.texts).filter(([name]) => !secret.has(name))),
    lists: Object.fromEntries(
      Object.entries(draft.lists).map(([name, items]) => [
        name,
        items.map((item) => withoutSecrets(inside.get(name) ?? fields, item)),
      ]),
    ),
  };
}

/** A draft as this device kept it; undefined for a text that is none. */
export function keptDraft(text: string | undefined): Draft | undefined {
  if (text === undefined) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    return isDraft(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is Draft {
  const { texts, lists, was }: Record<string, unknown> = Object(value);
  if (typeof was !== "object" || was === null || typeof texts !== "object" || texts === null) return false;
  if (!Object.values(texts).every((each) => typeof each === "string")) return false;
  return Object.values(Object(lists)).every((items) => Array.isArray(items) && items.every(isDraft));
}

function fieldsDraft(fields: readonly Field[], was: Fields): Draft {
  const open = fields.filter(({ kind }) => kind !== "items" && kind !== "secret");
  const nested = fields.flatMap((field) => (field.kind === "items" ? [field] : []));
  return {
    texts: Object.fromEntries(open.map((field) => [field.name, typedOf(field, was[field.name])])),
    lists: Object.fromEntries(
      nested.map(({ name, fields: inside }) => [
        name,
        listOf(was[name]).map((each) => fieldsDraft(inside, partOf(each))),
      ]),
    ),
    was,
  };
}

function typedOf({ kind }: Field, value: unknown): string {
  if (kind === "check") return value === true ? "yes" : "";
  if (kind === "lines" || kind === "several") return listOf(value).map(textOf).join("\n");
  if (kind === "json") return value === undefined ? "" : JSON.stringify(value, null, 2);
  return textOf(value);
}

function fieldsSent(fields: readonly Field[], draft: Draft, at: string): Sent {
  const known = new Set(fields.map(({ name }) => name));
  const carried = Object.entries(draft.was).filter(([name]) => !known.has(name));
  const asked = fields
    .filter((field) => isAsked(field, draft))
    .map((field) => ({ name: field.name, ...fieldSent(field, draft, `${at}/${field.name}`) }));
  const given = asked.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  return {
    value: Object.fromEntries([...carried, ...given]),
    secrets: asked.flatMap(({ secrets }) => secrets),
  };
}

/** An empty field says nothing; `value` is undefined then. */
function fieldSent(field: Field, draft: Draft, at: string): Sent {
  const typed = (draft.texts[field.name] ?? "").trim();
  if (field.kind === "items") {
    const items = draft.lists[field.name] ?? [];
    return items.length === 0 ? NOTHING : itemsSent(field.fields, items, at);
  }
  if (field.kind === "secret") {
    if (typed !== "") return { value: undefined, secrets: [{ at, text: typed }] };
    return isKept(field, draft) ? { value: draft.was[field.name], secrets: [] } : NOTHING;
  }
  if (typed === "" && field.kind !== "several") return NOTHING;
  return { value: readTyped(field, typed), secrets: [] };
}

function itemsSent(fields: readonly Field[], items: readonly Draft[], at: string): Sent {
  const sent = items.map((item, n) => fieldsSent(fields, item, `${at}/${n}`));
  return { value: sent.map(({ value }) => value), secrets: sent.flatMap(({ secrets }) => secrets) };
}

/** What is no number stays text, so that the town says what is wrong with it. */
function readTyped({ kind }: Field, typed: string): unknown {
  if (kind === "check") return typed === "yes";
  if (kind === "number") return Number.isNaN(Number(typed)) ? typed : Number(typed);
  if (kind === "lines" || kind === "several") {
    return typed
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  }
  if (kind !== "json") return typed;
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const partOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

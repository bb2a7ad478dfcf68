import { Type } from "typebox";

const STEPS_MAX = 16;
/** Names of a place that are told to whoever has to mend a path. */
const NAMES_TOLD_MAX = 12;
const NAME_TOLD_CHARS_MAX = 40;

/** A place in JSON, in the settings: `data.items`, `geometry.coordinates[1]`; `$` is the whole. */
export const JsonPath = Type.String({
  pattern: "^(\\$|[^.\\[\\]\\s]+(\\[\\d{1,4}\\])*(\\.[^.\\[\\]\\s]+(\\[\\d{1,4}\\])*){0,15})$",
  maxLength: 200,
  description: "A path like data.items or geometry.coordinates[1]; $ is the whole answer.",
});

/** What stands at the end of a path, or where it ends too early, in words that name the path. */
export type Found = { readonly value: unknown } | { readonly missing: string };

export function findAt(value: unknown, path: string): Found {
  let at = value;
  let walked = "";
  for (const step of stepsOf(path)) {
    const next = stepInto(at, step);
    if (next === undefined) {
      const where = walked === "" ? "the answer" : `"${walked}"`;
      return { missing: `"${path}": there is no "${step}" in ${where}, which ${shapeOf(at)}` };
    }
    at = next.value;
    walked += typeof step === "number" ? `[${step}]` : walked === "" ? step : `.${step}`;
  }
  return { value: at };
}

/** What a value is, for whoever has to mend a path: names of fields, never what they hold. */
export function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `is a list of ${value.length}`;
  if (typeof value !== "object" || value === null)
    return `is ${value === null ? "null" : `a ${typeof value}`}`;
  const names = Object.keys(value).map((name) => name.slice(0, NAME_TOLD_CHARS_MAX));
  const more = names.length > NAMES_TOLD_MAX ? ", …" : "";
  return names.length === 0 ? "is empty" : `has ${names.slice(0, NAMES_TOLD_MAX).join(", ")}${more}`;
}

function stepsOf(path: string): readonly (string | number)[] {
  if (path === "$") return [];
  return path
    .split(".")
    .flatMap((part) => {
      const [, name = "", indexes = ""] = /^([^[]*)((?:\[\d+\])*)$/.exec(part) ?? [];
      return [name, ...[...indexes.matchAll(/\d+/g)].map(([index]) => Number(index))];
    })
    .slice(0, STEPS_MAX);
}

function stepInto(at: unknown, step: string | number): { readonly value: unknown } | undefined {
  if (typeof at !== "object" || at === null) return undefined;
  if (typeof step === "number" && !Array.isArray(at)) return undefined;
  return Object.hasOwn(at, step) ? { value: Reflect.get(at, step) } : undefined;
}

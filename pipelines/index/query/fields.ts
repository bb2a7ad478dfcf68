import type { Measure } from "@yardline/events/event-type";
import { queryWordsOf } from "../analyse.ts";
import type { Condition, Field } from "../condition.ts";
import { boundsOf, boxOf, circleOf } from "./amounts.ts";
import { problem, type QueryProblem, VALUES_MAX } from "./problems.ts";
import type { Piece, Term } from "./scan.ts";
import {
  allNames,
  FIELD_NAMES,
  type FieldName,
  findField,
  findLabel,
  findSeverity,
  findSort,
  findState,
  isIndexField,
  VALUE_NAMES,
} from "./words.ts";

export type Settings = {
  /** Whether a query may speak of tenants; by itself it may not. */
  readonly tenants?: boolean;
};

export type FieldTerm = Extract<Term, { kind: "term" }>;

const MEASURES: Partial<Record<FieldName, Measure>> = { delay: "delay_s", duration: "duration_s" };

/** What to write after the colon, by example. */
const EXAMPLES: Partial<Record<FieldName, string>> = {
  label: "label:person",
  route: "route:7",
  type: "type:yard.presence",
  source: "source:camera/yard-1",
  state: "state:open",
  severity: "severity:alarm",
  sort: "sort:old",
  near: "near:50.45,30.52,300m",
  within: "within:30.45,50.42,30.60,50.50",
  delay: "delay:>5m",
  duration: "duration:>5m",
};

/** The condition of a term with a field, or what is wrong with it. */
export function readField(
  term: FieldTerm,
  { tenants = false }: Settings,
  problems: QueryProblem[],
): Condition | undefined {
  const name = term.field && findField(term.field.text);
  if (!name) {
    const hint = `${nearestField(term.field?.text ?? "")}:`;
    problems.push(problem(term.field ?? term, "field-unknown", { name: term.field?.text ?? "", hint }));
    return undefined;
  }
  if (name === "tenant" && !tenants) {
    problems.push(problem(term, "field-refused", { name }));
    return undefined;
  }
  if (term.pieces.every(({ text }) => text.trim() === "")) {
    problems.push(problem(term, "value-missing", { hint: EXAMPLES[name] ?? `${name}:"…"` }));
    return undefined;
  }
  if (name === "text") return wordsIn(term, problems);
  if (isIndexField(name)) return namesIn(name, term, problems);
  return amountIn(name, term, problems);
}

/** What a term of words asks for. */
export function wordsIn(term: FieldTerm, problems: QueryProblem[]): Condition | undefined {
  const text = term.pieces.map((piece) => piece.text.trim().replace(/\s+/gu, " ")).join(" ");
  if (queryWordsOf(text).length > 0) return { op: "words", text };
  problems.push(problem(term, /^[-−–—]+$/u.test(text) ? "minus-alone" : "word-missing"));
  return undefined;
}

/** The order that a term names; undefined where it is about something else. */
export function readSort(
  { field, pieces, ...part }: FieldTerm,
  problems: QueryProblem[],
): "newest" | "oldest" | "wrong" | undefined {
  if (!field || findField(field.text) !== "sort") return undefined;
  const [piece, ...more] = pieces;
  const order = piece && more.length === 0 ? findSort(piece.text) : undefined;
  if (order) return order;
  problems.push(problem(piece ?? part, "value-unknown", { name: piece?.text ?? "", hint: "new, old" }));
  return "wrong";
}

/** Fields of which only certain values make sense. */
const CLOSED: Partial<Record<Field, { find(word: string): string | undefined; readonly hint: string }>> = {
  state: { find: findState, hint: Object.keys(VALUE_NAMES.state).join(", ") },
  severity: { find: findSeverity, hint: Object.keys(VALUE_NAMES.severity).join(", ") },
};

function namesIn(field: Field, term: FieldTerm, problems: QueryProblem[]): Condition | undefined {
  const values = term.pieces.flatMap((piece) => valueIn(field, piece, problems) ?? []);
  if (values.length > VALUES_MAX) {
    problems.push(problem(term, "values-too-many"));
    return undefined;
  }
  return values.length === 0 ? undefined : { op: "is", field, values: [...new Set(values)] };
}

function valueIn(field: Field, piece: Piece, problems: QueryProblem[]): string | undefined {
  const { text } = piece;
  if (text.trim() === "") return undefined;
  if (field === "label") return findLabel(text) ?? text;
  const closed = CLOSED[field];
  if (!closed) return text;
  const value = closed.find(text);
  if (!value) problems.push(problem(piece, "value-unknown", { name: text, hint: closed.hint }));
  return value;
}

function amountIn(name: FieldName, term: FieldTerm, problems: QueryProblem[]): Condition | undefined {
  const condition = conditionOf(
    name,
    term.pieces.map(({ text }) => text),
  );
  if (!condition) {
    const code = name === "near" || name === "within" ? name : "measure";
    problems.push(problem(term, code, { name }));
  }
  return condition;
}

function conditionOf(name: FieldName, parts: readonly string[]): Condition | undefined {
  const measure = MEASURES[name];
  if (measure) {
    const bounds = parts.length === 1 ? boundsOf(parts[0] ?? "") : undefined;
    return bounds && { op: "measure", measure, ...bounds };
  }
  if (name === "near") {
    const circle = circleOf(parts);
    return circle && { op: "circle", ...circle };
  }
  const box = boxOf(parts);
  return box && { op: "box", box };
}

/** The name of a field, in any language, that takes the fewest changes. */
function nearestField(word: string): string {
  const typed = [...word.toLowerCase()].slice(0, 20);
  const names = Object.values(FIELD_NAMES).flatMap(allNames);
  const far = names.map((name) => ({ name, changes: changesBetween(typed, [...name]) }));
  return far.reduce((nearest, each) => (each.changes < nearest.changes ? each : nearest)).name;
}

/** Letters added, dropped or replaced between two words (Levenshtein). */
function changesBetween(a: readonly string[], b: readonly string[]): number {
  let row = b.map((_, at) => at + 1);
  for (const [line, letter] of a.entries()) {
    let [corner, left] = [line, line + 1];
    row = row.map((above, at) => {
      left = Math.min(above + 1, left + 1, corner + (letter === b[at] ? 0 : 1));
      corner = above;
      return left;
    });
  }
  return row.at(-1) ?? a.length;
}

import type { Condition } from "../condition.ts";
import type { EventQuery } from "../event-index.ts";
import { type DayHours, type Now, resolveTime, type Span } from "./calendar.ts";
import { type FieldTerm, readField, readSort, type Settings, wordsIn } from "./fields.ts";
import { NESTING_MAX, type Part, problem, QUERY_LENGTH_MAX, type QueryProblem } from "./problems.ts";
import { scan, type Term } from "./scan.ts";
import { readTime } from "./time.ts";
import { findConnective } from "./words.ts";

/** Most problems that one answer names. */
const PROBLEMS_MAX = 10;
/** The longest phrase about time: "за останні 30 днів". */
const PHRASE_WORDS_MAX = 4;

export type Parsed =
  | { readonly ok: true; readonly query: EventQuery }
  | { readonly ok: false; readonly problems: readonly QueryProblem[] };

/**
 * Reads what a person typed into the closed question that every index understands. The grammar is in `infra/guide/search.md`.
 * Pure, linear in the text, and never throws.
 */
export function parseQuery(text: string, context: Now & Settings): Parsed {
  if (text.length > QUERY_LENGTH_MAX) {
    const rest = { at: QUERY_LENGTH_MAX, length: text.length - QUERY_LENGTH_MAX };
    return { ok: false, problems: [problem(rest, "too-long")] };
  }
  const { terms, problems } = scan(text);
  const parser = new Parser(terms, context);
  const query = parser.query();
  // Of several problems at one place the first is the cause.
  const all = Map.groupBy([...problems, ...parser.problems], ({ at }) => at).values();
  const first = [...all].flatMap(([each]) => each ?? []).toSorted((a, b) => a.at - b.at);
  return first.length > 0 ? { ok: false, problems: first.slice(0, PROBLEMS_MAX) } : { ok: true, query };
}

/** A condition of a row of them; those of one key that stand bare in it become one. */
type Item = { readonly condition: Condition; readonly key: string | undefined };

class Parser {
  readonly problems: QueryProblem[] = [];
  readonly #terms: readonly Term[];
  readonly #context: Now & Settings;
  #at = 0;
  #span: (Part & { readonly span: Span }) | undefined;
  #hours: (Part & { readonly hours: DayHours | "all-day" }) | undefined;
  #order: EventQuery["order"] | undefined;

  constructor(terms: readonly Term[], context: Now & Settings) {
    this.#terms = terms;
    this.#context = context;
  }

  query(): EventQuery {
    const where = this.#sides(0);
    return {
      ...this.#times(),
      ...(where && { where }),
      ...(this.#order === "oldest" && { order: "oldest" }),
    };
  }

  #times(): Pick<EventQuery, "from_ms" | "to_ms" | "hours"> {
    const [span, hours] = [this.#span, this.#hours];
    const days = hours?.hours === "all-day" && !span ? undefined : hours?.hours;
    const times = resolveTime(span?.span, days === "all-day" ? undefined : days, this.#context);
    if (typeof times !== "string") return times;
    this.problems.push(problem(span ?? hours ?? { at: 0, length: 0 }, times));
    return {};
  }

  /** Rows with `or` between them. */
  #sides(depth: number): Condition | undefined {
    const sides: Condition[] = [];
    let joint: Term | undefined;
    for (;;) {
      const side = this.#row(depth);
      const next = this.#terms[this.#at];
      const isJoint = next !== undefined && connectiveOf(next) === "or";
      if (side) sides.push(side);
      else if (isJoint || joint) this.#sideMissing(joint ?? next);
      if (!isJoint) break;
      joint = next;
      this.#at++;
    }
    const [first] = sides;
    return sides.length > 1 ? { op: "any", of: sides } : first;
  }

  #sideMissing(joint: Term | undefined): void {
    if (joint?.kind !== "term") return;
    this.problems.push(problem(joint, "side-missing", { name: joint.pieces[0]?.text ?? "" }));
  }

  /** Everything up to `or`, a closing parenthesis or the end: all of it must hold. */
  #row(depth: number): Condition | undefined {
    const items: Item[] = [];
    for (let term = this.#terms[this.#at]; term; term = this.#terms[this.#at]) {
      const isEnd = term.kind === "close" ? depth > 0 : connectiveOf(term) === "or";
      if (isEnd) break;
      this.#item(term, depth, items);
    }
    const [first] = items;
    return items.length > 1 ? { op: "all", of: items.map(({ condition }) => condition) } : first?.condition;
  }

  #item(term: Term, depth: number, items: Item[]): void {
    if (term.kind === "open") {
      const inner = this.#group(term, depth + 1);
      if (inner) items.push({ condition: negatedIf(term.negated, inner), key: undefined });
      return;
    }
    if (term.kind === "close") this.problems.push(problem(term, "parenthesis-stray"));
    else if (connectiveOf(term) === undefined) {
      this.#term(term, depth, items);
      return;
    }
    this.#at++;
  }

  #group(open: Term, depth: number): Condition | undefined {
    this.#at++;
    const begin = this.#at;
    if (depth > NESTING_MAX) {
      this.problems.push(problem(open, "parenthesis-deep"));
      this.#skipGroup();
      return undefined;
    }
    const before = this.problems.length;
    const inner = this.#sides(depth);
    const isClosed = this.#terms[this.#at]?.kind === "close";
    if (!isClosed) this.problems.push(problem(open, "parenthesis-open"));
    else if (begin === this.#at) this.problems.push(problem(open, "parenthesis-empty"));
    else if (!inner && this.problems.length === before)
      this.problems.push(problem(open, "parenthesis-empty"));
    if (isClosed) this.#at++;
    return inner;
  }

  #skipGroup(): void {
    for (let depth = 1; depth > 0 && this.#at < this.#terms.length; this.#at++) {
      const { kind } = this.#terms[this.#at] ?? {};
      depth += kind === "open" ? 1 : kind === "close" ? -1 : 0;
    }
  }

  #term(term: FieldTerm, depth: number, items: Item[]): void {
    if (this.#takeTime(term, depth)) return;
    this.#at++;
    if (!term.field) {
      this.#add(items, term.negated, wordsIn(term, this.problems));
      return;
    }
    const sort = readSort(term, this.problems);
    if (sort === undefined) {
      this.#add(items, term.negated, readField(term, this.#context, this.problems));
    } else if (depth > 0 || term.negated) {
      this.problems.push(problem(term, "whole-only"));
    } else if (this.#order !== undefined) {
      this.problems.push(problem(term, "twice"));
    } else if (sort !== "wrong") this.#order = sort;
  }

  /** Values of one field and words of text that stand side by side become one condition. */
  #add(items: Item[], negated: boolean, condition: Condition | undefined): void {
    if (!condition) return;
    const key = negated ? undefined : keyOf(condition);
    const at = items.findIndex((item) => key !== undefined && item.key === key);
    const before = items[at]?.condition;
    if (before) items[at] = { key, condition: merged(before, condition) };
    else items.push({ key, condition: negatedIf(negated, condition) });
  }

  /** Takes a phrase about time, if one begins here. */
  #takeTime(term: FieldTerm, depth: number): boolean {
    const words = this.#plainWords();
    const reading = readTime(words, this.#context);
    if (!reading) return false;
    const last = this.#terms[this.#at + reading.words - 1] ?? term;
    const part = { at: term.at, length: last.at + last.length - term.at };
    this.#at += reading.words;
    const { problem: code, span, hours } = reading;
    if (depth > 0 || term.negated) this.problems.push(problem(part, "whole-only"));
    else if (code) this.problems.push(problem(part, code, { name: words[0] ?? "" }));
    else if ((span && this.#span) || (hours && this.#hours)) this.problems.push(problem(part, "twice"));
    else {
      this.#span ??= span && { ...part, span };
      this.#hours ??= hours && { ...part, hours };
    }
    return true;
  }

  /** The words from here on, as many as a phrase about time has; the first may have a minus, which is told of later. */
  #plainWords(): string[] {
    const words: string[] = [];
    for (const [at, term] of this.#terms.slice(this.#at, this.#at + PHRASE_WORDS_MAX).entries()) {
      const word = plainWord(term, at === 0);
      if (word === undefined) break;
      words.push(word);
    }
    return words;
  }
}

/** A term that is one word, without a field or quotation marks. */
function plainWord(term: Term, negatable = false): string | undefined {
  if (term.kind !== "term" || term.field || (term.negated && !negatable)) return undefined;
  const [piece, ...more] = term.pieces;
  return piece && !piece.quoted && more.length === 0 ? piece.text : undefined;
}

function connectiveOf(term: Term): "or" | "and" | undefined {
  const word = plainWord(term);
  return word === undefined ? undefined : findConnective(word);
}

function keyOf(condition: Condition): string | undefined {
  if (condition.op === "words") return "words";
  return condition.op === "is" ? condition.field : undefined;
}

function merged(before: Condition, condition: Condition): Condition {
  if (before.op === "words" && condition.op === "words") {
    return { op: "words", text: `${before.text} ${condition.text}` };
  }
  if (before.op === "is" && condition.op === "is") {
    return { ...before, values: [...new Set([...before.values, ...condition.values])] };
  }
  return before;
}

function negatedIf(negated: boolean, of: Condition): Condition {
  return negated ? { op: "not", of } : of;
}

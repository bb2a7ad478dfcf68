import { queryWordsOf } from "./analyse.ts";
import { type Condition, comparable, type Field } from "./condition.ts";
import { type Cover, coverOf, coverOfCircle } from "./geo-cells.ts";
import { stepsBetween } from "./measure-steps.ts";
import { cellTag, stepTag, tagOf } from "./terms.ts";

/**
 * A condition in the terms of one file: an expression in FTS5's language, or that all of its events fit, or none. `tag` where the
 * expression is just that one.
 */
export type Expression = "all" | "none" | { readonly fts: string; readonly tag?: string };

/**
 * What terms can tell of a condition: nothing outside of `may` fits, everything in `must` does. They are the same object where the
 * terms tell it exactly; in between, each event has to be asked itself.
 */
export type Match = { readonly may: Expression; readonly must: Expression };

/** What a file knows of itself, so that much need not be looked for in it. */
export type Known = {
  /** Whether all events have the tag, or none has. */
  shareOf(field: Field, tag: string): "all" | "some" | "none";
  /** Tags of which every event has one. */
  listUniverse(): readonly string[];
};

export function matchOf(condition: Condition, known: Known): Match {
  switch (condition.op) {
    case "all":
      return allOf(condition.of, known);
    case "any": {
      const of = condition.of.map((each) => matchOf(each, known));
      return both(of, (some) => either(some));
    }
    case "not":
      return allOf([condition], known);
    case "is":
      return exactly(valuesMatch(condition.field, condition.values, known));
    case "words":
      return exactly(wordsMatch(condition.text));
    case "measure": {
      const { measure, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = condition;
      const { touched, within } = stepsBetween(measure, min, max);
      return between(touched.map(stepTag), within.map(stepTag));
    }
    case "box":
      return coverMatch(coverOf(condition.box));
    case "circle":
      return coverMatch(coverOfCircle(condition.center, condition.radius_m));
  }
}

const exactly = (expression: Expression): Match => ({ may: expression, must: expression });

/** Combines what may and what must; one combining is enough where all are exact. */
function both(of: readonly Match[], combine: (some: readonly Expression[]) => Expression): Match {
  const may = combine(of.map((each) => each.may));
  return of.every(isExact) ? exactly(may) : { may, must: combine(of.map((each) => each.must)) };
}

export function isExact({ may, must }: Match): boolean {
  return may === must;
}

/** What is not wanted is taken away from the rest, where there is a rest: not from everything there is. */
function allOf(conditions: readonly Condition[], known: Known): Match {
  const wanted = conditions.filter(({ op }) => op !== "not").map((each) => matchOf(each, known));
  const unwanted = conditions.flatMap((each) => (each.op === "not" ? [matchOf(each.of, known)] : []));
  const may = without(
    every(wanted.map((each) => each.may)),
    either(unwanted.map((each) => each.must)),
    known,
  );
  if ([...wanted, ...unwanted].every(isExact)) return exactly(may);
  const must = without(
    every(wanted.map((each) => each.must)),
    either(unwanted.map((each) => each.may)),
    known,
  );
  return { may, must };
}

function every(expressions: readonly Expression[]): Expression {
  if (expressions.includes("none")) return "none";
  return joined(expressions, " AND ") ?? "all";
}

function either(expressions: readonly Expression[]): Expression {
  if (expressions.includes("all")) return "all";
  return joined(expressions, " OR ") ?? "none";
}

/** Those that are expressions, joined; undefined where none is. */
function joined(expressions: readonly Expression[], operator: string): Expression | undefined {
  const some = expressions.filter((each) => typeof each === "object");
  const [only] = some;
  if (some.length < 2) return only;
  return { fts: some.map(({ fts }) => `(${fts})`).join(operator) };
}

/** What is in the first and not in the second. */
export function without(from: Expression, taken: Expression, known: Known): Expression {
  if (from === "none" || taken === "all") return "none";
  if (taken === "none") return from;
  const rest = from === "all" ? termsExpression(known.listUniverse()) : from;
  return typeof rest === "string" ? rest : { fts: `(${rest.fts}) NOT (${taken.fts})` };
}

/** What a question finds by terms alone, and what has to be asked one by one. */
export function splitOf(
  where: Condition | undefined,
  known: Known,
): { sure: Expression; unsure: Expression } {
  if (!where) return { sure: "all", unsure: "none" };
  const match = matchOf(where, known);
  return { sure: match.must, unsure: isExact(match) ? "none" : without(match.may, match.must, known) };
}

function valuesMatch(field: Field, values: readonly string[], known: Known): Expression {
  const tags = new Set(values.map((value) => tagOf(field, comparable(field, value))));
  const some: string[] = [];
  for (const tag of tags) {
    const share = known.shareOf(field, tag);
    if (share === "all") return "all";
    if (share === "some") some.push(tag);
  }
  const [tag, ...others] = some;
  if (tag === undefined) return "none";
  return others.length === 0 ? { fts: `"${tag}"`, tag } : termsExpression(some);
}

function wordsMatch(text: string): Expression {
  const words = queryWordsOf(text).map(({ word, prefix }) => ({ fts: `"${word}"${prefix ? " *" : ""}` }));
  return every(words);
}

function coverMatch(cover: Cover | undefined): Match {
  return cover
    ? between(cover.touched.map(cellTag), cover.within.map(cellTag))
    : { may: "all", must: "none" };
}

function between(may: readonly string[], must: readonly string[]): Match {
  return { may: termsExpression(may), must: termsExpression(must) };
}

function termsExpression(terms: readonly string[]): Expression {
  return terms.length === 0 ? "none" : { fts: terms.map((term) => `"${term}"`).join(" OR ") };
}

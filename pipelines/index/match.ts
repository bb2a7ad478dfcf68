import { queryWordsOf } from "./analyse.ts";
import { type Condition, comparable } from "./condition.ts";
import { anyTag, anyTerm, type Expression, either, every, type Known, without } from "./expression.ts";
import { type Cover, coverOf, coverOfCircle } from "./geo-cells.ts";
import { stepsBetween } from "./measure-steps.ts";
import { cellTag, stepTag, tagOf } from "./terms.ts";

/**
 * What terms can tell of a condition: nothing outside of `may` fits, everything in `must` does. They are the same object where the
 * terms tell it exactly; in between, each event has to be asked itself.
 */
export type Match = { readonly may: Expression; readonly must: Expression };

export function matchOf(condition: Condition, known: Known): Match {
  switch (condition.op) {
    case "all":
      return allOf(condition.of, known);
    case "any":
      return anyOf(condition.of.map((each) => matchOf(each, known)));
    case "not":
      return allOf([condition], known);
    case "is": {
      const { field, values } = condition;
      return exactly(
        anyTag(
          values.map((value) => tagOf(field, comparable(field, value))),
          known,
        ),
      );
    }
    case "words":
      return exactly(wordsMatch(condition.text));
    case "measure": {
      const { measure, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = condition;
      const { touched, within } = stepsBetween(measure, min, max);
      const may = anyTag(touched.map(stepTag), known);
      if (touched.length === within.length) return exactly(may);
      return { may, must: anyTag(within.map(stepTag), known) };
    }
    case "box":
      return coverMatch(coverOf(condition.box));
    case "circle":
      return coverMatch(coverOfCircle(condition.center, condition.radius_m));
  }
}

export function isExact({ may, must }: Match): boolean {
  return may === must;
}

/** What a question finds by terms alone, and what has to be asked one by one. */
export function splitOf(
  where: Condition | undefined,
  known: Known,
): { readonly sure: Expression; readonly unsure: Expression } {
  if (!where) return { sure: "all", unsure: "none" };
  const match = matchOf(where, known);
  return { sure: match.must, unsure: isExact(match) ? "none" : without(match.may, match.must, known) };
}

const exactly = (expression: Expression): Match => ({ may: expression, must: expression });

function anyOf(of: readonly Match[]): Match {
  const may = either(of.map((each) => each.may));
  return of.every(isExact) ? exactly(may) : { may, must: either(of.map((each) => each.must)) };
}

/** What is not wanted is taken away from the rest, where there is a rest: not from everything there is. */
function allOf(conditions: readonly Condition[], known: Known): Match {
  const wanted = conditions.filter(({ op }) => op !== "not").map((each) => matchOf(each, known));
  const unwanted = conditions.flatMap((each) => (each.op === "not" ? [matchOf(each.of, known)] : []));
  const [mays, musts] = [wanted.map((each) => each.may), wanted.map((each) => each.must)];
  const may = without(every(mays), either(unwanted.map((each) => each.must)), known);
  if ([...wanted, ...unwanted].every(isExact)) return exactly(may);
  return { may, must: without(every(musts), either(unwanted.map((each) => each.may)), known) };
}

function wordsMatch(text: string): Expression {
  return every(queryWordsOf(text).map(({ word, prefix }) => ({ fts: `"${word}"${prefix ? " *" : ""}` })));
}

function coverMatch(cover: Cover | undefined): Match {
  if (!cover) return { may: "all", must: "none" };
  return { may: anyTerm(cover.touched.map(cellTag)), must: anyTerm(cover.within.map(cellTag)) };
}

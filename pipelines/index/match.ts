import { queryWordsOf } from "./analyse.ts";
import { type Condition, comparable } from "./condition.ts";
import { anyTag, anyTerm, type Expression, either, every, type Known, without } from "./expression.ts";
import { type Cover, coverOf, coverOfCircle } from "./geo-cells.ts";
import { stepsBetween } from "./measure-steps.ts";
import { cellTag, pairTag, stepTag, tagOf } from "./terms.ts";

/** Most pairs of a zone and a label that are looked for one by one. */
const PAIRS_MAX = 64;

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
      return exactly(anyTag(tagsOf(condition), known));
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

/**
 * Of conditions that must all hold. A zone and a label that are asked for together are looked for together: FTS5 goes through the
 * list of each from its beginning.
 */
export function matchesOf(conditions: readonly Condition[], known: Known): readonly Match[] {
  const matchOfEach = (some: readonly Condition[]) => some.map((each) => matchOf(each, known));
  const [zone, label] = [findIs(conditions, "zone"), findIs(conditions, "label")];
  if (!zone || !label) return matchOfEach(conditions);
  const pairs = tagsOf(zone).flatMap((one) => tagsOf(label).map((other) => pairTag(one, other)));
  const both = every(matchOfEach([zone, label]).map(({ may }) => may));
  if (typeof both === "string" || pairs.length > PAIRS_MAX) return matchOfEach(conditions);
  const found = anyTerm(pairs);
  const counted =
    typeof found === "object" && both.events !== undefined ? { ...found, events: both.events } : found;
  return [exactly(counted), ...matchOfEach(conditions.filter((each) => each !== zone && each !== label))];
}

type Is = Extract<Condition, { op: "is" }>;

function findIs(conditions: readonly Condition[], field: Is["field"]): Is | undefined {
  return conditions.find((each): each is Is => each.op === "is" && each.field === field);
}

function tagsOf({ field, values }: Is): readonly string[] {
  return values.map((value) => tagOf(field, comparable(field, value)));
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
  const wanted = matchesOf(
    conditions.filter(({ op }) => op !== "not"),
    known,
  );
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

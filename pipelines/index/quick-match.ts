import type { Condition } from "./condition.ts";
import { type Expression, either, every, type Known, without } from "./expression.ts";
import { isExact, matchesOf, matchOf } from "./match.ts";

/** Going through so many entries of a list costs what asking one event whether it fits does (measured: 0.1–0.2 µs and 10 µs). */
const ENTRIES_A_LOOK = 50;

/** Where to look for what fits a condition, and whether everything there does. */
export type QuickMatch = { readonly may: Expression; readonly isSure: boolean };

/**
 * FTS5 goes through each list from its beginning, however few events the others leave. So a list is asked only where that is cheaper
 * than asking those events themselves: of camera, rare label and type, nobody needs the type's list.
 */
export function quickMatchOf(condition: Condition, known: Known): QuickMatch {
  const conditions = flattened(condition);
  const wanted = matchesOf(
    conditions.filter(({ op }) => op !== "not"),
    known,
  );
  const unwanted = conditions.flatMap((each) => (each.op === "not" ? [matchOf(each.of, known)] : []));
  const { kept, left } = worthAsking(
    wanted.map((each) => each.may),
    known.countOf(""),
  );
  const taken = unwanted
    .map((each) => each.must)
    .filter((each) => (eventsOf(each) ?? 0) <= left * ENTRIES_A_LOOK);
  return {
    may: without(every(kept), either(taken), known),
    isSure:
      kept.length === wanted.length &&
      taken.length === unwanted.length &&
      [...wanted, ...unwanted].every(isExact),
  };
}

/** Conditions that must all hold. */
function flattened(condition: Condition): readonly Condition[] {
  return condition.op === "all" ? condition.of.flatMap(flattened) : [condition];
}

/** Those whose lists are worth going through, and how many events they will leave if one thing has nothing to do with another. */
function worthAsking(
  expressions: readonly Expression[],
  total: number,
): { kept: Expression[]; left: number } {
  const kept: Expression[] = [];
  let left = total;
  for (const each of expressions.toSorted((a, b) => (eventsOf(a) ?? 0) - (eventsOf(b) ?? 0))) {
    const events = eventsOf(each);
    if (events !== undefined && events > left * ENTRIES_A_LOOK) continue;
    kept.push(each);
    if (events !== undefined && total > 0) left *= events / total;
  }
  return { kept, left };
}

/** How many entries its lists have; undefined where that is not known, as of words. */
function eventsOf(expression: Expression): number | undefined {
  return typeof expression === "object" ? expression.events : undefined;
}

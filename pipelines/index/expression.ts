/**
 * Events of one file, in the language of FTS5; or all of them, or none. `tag` where the expression is just that one; `events` where
 * it is known that no more are found.
 */
export type Expression = "all" | "none" | Found;
type Found = { readonly fts: string; readonly tag?: string; readonly events?: number };

/** What a file knows of itself, so that much need not be looked for in it. */
export type Known = {
  /** How many events have a tag; under "" all of them. */
  countOf(tag: string): number;
  /** Tags of which every event has one. */
  listUniverse(): readonly string[];
};

/** Events that have any of some tags that are counted. */
export function anyTag(tags: Iterable<string>, known: Known): Expression {
  const total = known.countOf("");
  const found: Found[] = [];
  for (const tag of new Set(tags)) {
    const events = known.countOf(tag);
    if (events === total && events > 0) return "all";
    if (events > 0) found.push({ fts: `"${tag}"`, tag, events });
  }
  return joined(found, " OR ", sumOf) ?? "none";
}

/** Events that have any of some terms. */
export function anyTerm(terms: readonly string[]): Expression {
  return terms.length === 0 ? "none" : { fts: terms.map((term) => `"${term}"`).join(" OR ") };
}

export function every(expressions: readonly Expression[]): Expression {
  if (expressions.includes("none")) return "none";
  return joined(expressions, " AND ", leastOf) ?? "all";
}

export function either(expressions: readonly Expression[]): Expression {
  if (expressions.includes("all")) return "all";
  return joined(expressions, " OR ", sumOf) ?? "none";
}

/** What is in the first and not in the second. */
export function without(from: Expression, taken: Expression, known: Known): Expression {
  if (from === "none" || taken === "all") return "none";
  if (taken === "none") return from;
  const rest = from === "all" ? anyTerm(known.listUniverse()) : from;
  if (typeof rest === "string") return rest;
  return {
    fts: `(${rest.fts}) NOT (${taken.fts})`,
    ...(rest.events !== undefined && { events: rest.events }),
  };
}

type Count = (counts: readonly (number | undefined)[]) => number | undefined;

const sumOf: Count = (counts) =>
  counts.reduce((sum, each) => (sum === undefined || each === undefined ? undefined : sum + each), 0);

const leastOf: Count = (counts) => {
  const known = counts.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

/** Those that are expressions, joined; undefined where none is. */
function joined(expressions: readonly Expression[], operator: string, count: Count): Expression | undefined {
  const some = expressions.filter((each) => typeof each === "object");
  const [only] = some;
  if (some.length < 2) return only;
  const events = count(some.map((each) => each.events));
  return {
    fts: some.map(({ fts }) => (/^\S+$/.test(fts) ? fts : `(${fts})`)).join(operator),
    ...(events !== undefined && { events }),
  };
}

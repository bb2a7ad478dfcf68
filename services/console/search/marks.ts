import type { QueryProblem } from "@yardline/index/query/problems";

/** A stretch of the text, marked where something is wrong with it. */
export type Stretch = { readonly at: number; readonly text: string; readonly isWrong: boolean };

/** Cuts the text at its problems. One about nothing, as at the very end, marks a space there. */
export function stretchesOf(text: string, problems: readonly QueryProblem[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const problem of problems.toSorted((a, b) => a.at - b.at)) {
    const [begin, end] = [Math.max(at, problem.at), problem.at + Math.max(1, problem.length)];
    if (end <= at) continue;
    if (begin > at) stretches.push({ at, text: text.slice(at, begin), isWrong: false });
    stretches.push({ at: begin, text: text.slice(begin, end) || " ", isWrong: true });
    at = end;
  }
  return at < text.length ? [...stretches, { at, text: text.slice(at), isWrong: false }] : stretches;
}

/**
 * What is told while somebody types: not what the caret is still in the middle of.
 * @param caret undefined when the person has finished.
 */
export function toldProblems(
  problems: readonly QueryProblem[],
  caret: number | undefined,
): readonly QueryProblem[] {
  if (caret === undefined) return problems;
  return problems.filter(({ at, length }) => caret < at || caret > at + length);
}

import fc from "fast-check";
import { expect } from "vitest";
import { type EventIndex, type EventQuery, PAGE_MAX } from "../event-index.ts";
import { idsOf } from "./place.ts";
import { cutQuestionsAbout, questionsAbout } from "./questions.ts";
import { randomOf, shuffled, TOWN_YEAR, townYear } from "./town-year.ts";

const BATCH = 2_000;
/** Pages of one answer that are compared; a question that finds more differs in them or nowhere. */
const PAGES_MAX = 4;
/** Of so many questions one is also cut into a histogram. */
const CUT_EVERY = 5;

export type Comparison = {
  /** How many statements, some of them repeated, and how many questions. */
  readonly statements: number;
  readonly questions: number;
  readonly seed: number;
};

/**
 * Puts the same random statements into two empty indexes, to each in an order of its own, asks both the same random questions,
 * and fails where they find other occurrences, in another order, or count otherwise.
 * @returns how many events the answers held, so that nobody praises two empty hands.
 */
export async function compareIndexes(
  a: EventIndex,
  b: EventIndex,
  { statements, questions, seed }: Comparison,
): Promise<{ readonly found: number }> {
  const said = townYear(statements, seed);
  await Promise.all([fill(a, said), fill(b, shuffled(said, randomOf(seed)))]);
  let found = 0;
  for (const query of fc.sample(questionsAbout(TOWN_YEAR), { seed, numRuns: questions })) {
    const [left, right] = await Promise.all([answerOf(a, query), answerOf(b, query)]);
    expect(right, JSON.stringify({ seed, query })).toEqual(left);
    found += left.ids.length;
  }
  const cut = cutQuestionsAbout(TOWN_YEAR);
  for (const [query, each] of fc.sample(cut, { seed, numRuns: Math.ceil(questions / CUT_EVERY) })) {
    const [left, right] = await Promise.all([a.histogram(query, each), b.histogram(query, each)]);
    expect(right, JSON.stringify({ seed, query, cut: each })).toEqual(left);
  }
  return { found };
}

async function fill(index: EventIndex, statements: Parameters<EventIndex["put"]>[0]): Promise<void> {
  for (let from = 0; from < statements.length; from += BATCH) {
    await index.put(statements.slice(from, from + BATCH));
  }
  await index.refresh();
}

async function answerOf(index: EventIndex, query: EventQuery) {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const given = await index.search(query, { limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) });
    ids.push(...idsOf(given.events));
    cursor = given.cursor;
    if (cursor === undefined) break;
  }
  return { ids, more: cursor !== undefined, total: await index.count(query) };
}

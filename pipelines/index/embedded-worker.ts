import { workerData } from "node:worker_threads";
import { serveThread } from "@yardline/bus/thread";
import type { YardlineEvent } from "@yardline/events/event";
import { anchorOf } from "@yardline/events/identity";
import type { EventQuery, Page, PutResult } from "./event-index.ts";
import { isInside, type Span, spanOf } from "./plan.ts";
import { type Clause, clausesOf, holds, matchOf, termsOf } from "./terms.ts";
import { firstSlotOf, type Kept, listWeeks, WeekFile, weekOf } from "./week-file.ts";

/** The thread that holds the files. */
const folder: string = workerData.folder;

/** Most week files open at once: a town's last months; older ones are opened when somebody looks. */
const WEEKS_OPEN_MAX = 16;

const weeks = new Set<string>();
const open = new Map<string, WeekFile>();

const operations = {
  /** Finds the weeks there are, and opens the newest, so that a wrong folder is noticed at start. */
  open(): void {
    for (const week of listWeeks(folder)) weeks.add(week);
    const [newest] = weeks;
    if (newest !== undefined) fileOf(newest);
  },

  put(bodies: readonly string[]): PutResult[] {
    const kept = bodies.map((body): Kept => ({ body, event: JSON.parse(body) }));
    const results = new Map<Kept, PutResult>();
    for (const [week, statements] of Map.groupBy(kept, ({ event }) => weekOf(anchorOf(event.occurrence)))) {
      const written = fileOf(week).put(statements);
      for (const [at, statement] of statements.entries()) results.set(statement, written[at] ?? "kept");
    }
    return kept.map((statement) => results.get(statement) ?? "kept");
  },

  get(occurrence: string): string | undefined {
    const week = weekOf(anchorOf(occurrence));
    return weeks.has(week) ? fileOf(week).get(occurrence) : undefined;
  },

  search(query: EventQuery, page: Page): { bodies: string[]; more: boolean } {
    const question = { query, clauses: clausesOf(query), span: spanOf(query, page) };
    const bodies: string[] = [];
    // A field that allows no value at all finds nothing.
    if (question.clauses.some(({ any }) => any.length === 0)) return { bodies, more: false };
    for (const week of weeksIn(question.span)) {
      const file = fileOf(week);
      for (const body of file.walk(() => hitsOf(file, question, page.limit + 1 - bodies.length)))
        bodies.push(body);
      if (bodies.length > page.limit) break;
    }
    return { bodies: bodies.slice(0, page.limit), more: bodies.length > page.limit };
  },
};

export type IndexOperations = typeof operations;

type Question = { readonly query: EventQuery; readonly clauses: readonly Clause[]; readonly span: Span };

/** A week's first `wanted` hits, or all where there are fewer. */
function hitsOf(file: WeekFile, { query, clauses, span }: Question, wanted: number): string[] {
  const hits: string[] = [];
  const match = clauses.length > 0 ? matchOf(clauses) : undefined;
  for (const slot of file.slots(match, firstSlotOf(span.from_ms), firstSlotOf(span.to_ms) - 1n)) {
    const bodies = file.bodies(slot);
    for (const body of bodies) {
      const event: YardlineEvent = JSON.parse(body);
      const { before = "~" } = span;
      // Events that share a slot share its terms: each must fit the question by itself.
      const fits = bodies.length === 1 || holds(clauses, termsOf(event));
      if (fits && event.occurrence < before && isInside(query, event)) hits.push(body);
      if (hits.length === wanted) return hits;
    }
  }
  return hits;
}

/** Weeks that a span touches, newest first. */
function weeksIn({ from_ms, to_ms }: Span): string[] {
  const [oldest, newest] = [weekOf(from_ms), weekOf(to_ms - 1)];
  const touched = [...weeks].filter((week) => week >= oldest && week <= newest);
  return touched.toSorted().toReversed();
}

function fileOf(week: string): WeekFile {
  const file = open.get(week) ?? new WeekFile(folder, week);
  weeks.add(week);
  // The map keeps the order of use: the first is the one that nobody asked for the longest.
  open.delete(week);
  open.set(week, file);
  for (const [other, idle] of open) {
    if (open.size <= WEEKS_OPEN_MAX) break;
    idle.close();
    open.delete(other);
  }
  return file;
}

serveThread(operations, () => {
  for (const file of open.values()) file.close();
});

/** One kind of mistake in a feed: what it costs, how often it was met and where first. */
export type Notice = {
  readonly file: string;
  readonly problem: string;
  readonly count: number;
  /** Line of the first one in that file, counted from 1 for the header. */
  readonly first_line: number;
};

/** Most kinds of notices kept; the texts are ours, so a feed cannot make many. */
const KINDS_MAX = 200;

/** Collects what is wrong with single rows: they are left out, the rest of the feed is used. */
export class Notices {
  readonly #byProblem = new Map<string, Notice>();

  add(file: string, line: number, problem: string): void {
    const key = `${file}\t${problem}`;
    const known = this.#byProblem.get(key);
    if (!known && this.#byProblem.size >= KINDS_MAX) return;
    this.#byProblem.set(key, {
      file,
      problem,
      count: (known?.count ?? 0) + 1,
      first_line: known?.first_line ?? line,
    });
  }

  list(): readonly Notice[] {
    return [...this.#byProblem.values()];
  }
}

/** A notice for a person: `stops.txt line 12: … (3 times)`. */
export function noticeText({ file, first_line, problem, count }: Notice): string {
  return `${file} line ${first_line}: ${problem}${count > 1 ? ` (${count} times)` : ""}`;
}

/** How bad the canonical validator takes a notice to be. */
export type Severity = "ERROR" | "WARNING" | "INFO";

/** One place in a feed that breaks a rule. */
export type Finding = {
  readonly file: string;
  /** Counted from 1 for the header; 0 where the file as a whole is meant. */
  readonly line: number;
  /** What is there and what should be, in a sentence. */
  readonly text: string;
};

/** All that one rule found. */
export type Found = {
  /** Notice code of the canonical GTFS validator. */
  readonly code: string;
  readonly severity: Severity;
  readonly count: number;
  /** The first ones. */
  readonly examples: readonly Finding[];
};

/** Findings of one code that are kept with their place; beyond them they are counted. */
const EXAMPLES_MAX = 20;

const ORDER = { ERROR: 0, WARNING: 1, INFO: 2 } as const;

/** Collects what the rules find. */
export class Findings {
  readonly #found = new Map<string, { severity: Severity; count: number; examples: Finding[] }>();

  add(severity: Severity, code: string, file: string, line: number, text: string): void {
    const found = this.#found.get(code) ?? { severity, count: 0, examples: [] };
    found.count += 1;
    if (found.examples.length < EXAMPLES_MAX) found.examples.push({ file, line, text });
    this.#found.set(code, found);
  }

  error(code: string, file: string, line: number, text: string): void {
    this.add("ERROR", code, file, line, text);
  }

  warning(code: string, file: string, line: number, text: string): void {
    this.add("WARNING", code, file, line, text);
  }

  info(code: string, file: string, line: number, text: string): void {
    this.add("INFO", code, file, line, text);
  }

  /** Errors first, then by code. */
  list(): readonly Found[] {
    return [...this.#found]
      .map(([code, found]) => ({ code, ...found }))
      .sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || (a.code < b.code ? -1 : 1));
  }
}

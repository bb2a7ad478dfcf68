import { type Part, problem, type QueryProblem } from "./problems.ts";

/** A value, or a word of text. */
export type Piece = Part & { readonly text: string; readonly quoted: boolean };

/** What stands between two spaces, as far as it hangs together. */
export type Term =
  | (Part & { readonly kind: "open"; readonly negated: boolean })
  | (Part & { readonly kind: "close" })
  | (Part & {
      readonly kind: "term";
      readonly negated: boolean;
      /** What stands before the colon. */
      readonly field?: Piece;
      /** What stands between commas; none where nothing follows the colon. */
      readonly pieces: readonly Piece[];
    });

const SPACE = /\s+/uy;
const MINUS = /-(?=[^\s)])/y;
/** A field begins with a letter, so that no time of day is one. */
const FIELD = /(\p{L}[\p{L}\p{N}_'’ʼ-]*):/uy;
const BARE = /[^\s,()"«»“”„]+/uy;
/** What opens a quotation, and what may close it. */
const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["«", "»"],
  ["“", "”"],
  ["„", "“”"],
]);

/** Cuts a query into its terms; each character is looked at a bounded number of times. */
export function scan(text: string): {
  readonly terms: readonly Term[];
  readonly problems: readonly QueryProblem[];
} {
  const scanner = new Scanner(text);
  const terms: Term[] = [];
  for (let term = scanner.next(); term; term = scanner.next()) terms.push(term);
  return { terms, problems: scanner.problems };
}

class Scanner {
  readonly problems: QueryProblem[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Term | undefined {
    this.#take(SPACE);
    const at = this.#at;
    if (at >= this.#text.length) return undefined;
    const negated = this.#take(MINUS) !== undefined;
    if (this.#takeOne("(")) return { kind: "open", negated, at, length: this.#at - at };
    if (this.#takeOne(")")) return { kind: "close", at, length: 1 };
    const start = this.#at;
    const name = this.#take(FIELD)?.slice(0, -1);
    const field =
      name === undefined ? {} : { field: { text: name, quoted: false, at: start, length: name.length } };
    return { kind: "term", negated, ...field, pieces: this.#pieces(), at, length: this.#at - at };
  }

  #pieces(): Piece[] {
    const pieces: Piece[] = [];
    do {
      const piece = this.#piece();
      if (piece) pieces.push(piece);
    } while (this.#takeOne(","));
    // A mark that begins nothing, as a closing quotation mark: a word without letters, which the parser refuses.
    if (pieces.length === 0 && this.#at < this.#text.length && !/[\s()]/u.test(this.#text[this.#at] ?? "")) {
      pieces.push({ text: this.#text[this.#at] ?? "", quoted: false, at: this.#at++, length: 1 });
    }
    return pieces;
  }

  #piece(): Piece | undefined {
    const at = this.#at;
    const closing = QUOTES.get(this.#text[at] ?? "");
    if (closing === undefined) {
      const text = this.#take(BARE);
      return text === undefined ? undefined : { text, quoted: false, at, length: text.length };
    }
    this.#at++;
    const text = this.#quoted(closing, at);
    return { text, quoted: true, at, length: this.#at - at };
  }

  /** Up to the closing mark. A backslash takes the next character as it is. */
  #quoted(closing: string, opened_at: number): string {
    let text = "";
    while (this.#at < this.#text.length) {
      const mark = this.#text[this.#at++] ?? "";
      if (closing.includes(mark)) return text;
      // A backslash at the very end has nothing to take.
      const isEscape = mark === "\\" && this.#at < this.#text.length;
      text += isEscape ? (this.#text[this.#at++] ?? "") : mark;
    }
    this.problems.push(problem({ at: opened_at, length: this.#at - opened_at }, "quote-open"));
    return text;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [taken] = pattern.exec(this.#text) ?? [];
    this.#at += taken?.length ?? 0;
    return taken;
  }

  #takeOne(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }
}

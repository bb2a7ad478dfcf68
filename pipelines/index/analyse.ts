import { cyrillicStem, englishStem } from "./stem.ts";

/**
 * The one analyser in front of every engine, so that all of them find the same. FTS5's own tokenizer neither folds ё
 * nor keeps a Ukrainian word with an apostrophe whole.
 */

/** The apostrophes that people type inside words, the acute accent that marks stress, the soft hyphen. */
const DROPPED = /['’ʼ‘`´′]|\u0301|\u00ad/gu;
/** Runs of letters and digits; those that -, _, / or . joins may be one code. */
const COMPOUND = /[\p{L}\p{N}]+(?:[-_/.][\p{L}\p{N}]+)*/gu;
const DIGIT = /\p{N}/u;
/** Longest word kept; what is longer is no word. */
const WORD_LENGTH_MAX = 64;

/** Cyrillic letters that look like Latin ones: on plates and in fleet numbers nobody can tell which was typed. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  ["аa", "вb", "сc", "еe", "нh", "іi", "кk", "мm", "оo", "рp", "тt", "уy", "хx"].map(
    ([cyrillic = "", latin = ""]) => [cyrillic, latin],
  ),
);
const LOOKALIKE_WORD = new RegExp(`^[${[...LOOKALIKES].flat().join("")}]{1,3}$`, "u");

/** Sentences are made of the same pieces again and again: what is in them is remembered, up to so many, then from the beginning. */
const REMEMBERED_MAX = 20_000;
const remembered = new Map<string, readonly string[]>();

/** One word of a question: with `prefix`, every word that begins so will do. */
export type QueryWord = { readonly word: string; readonly prefix: boolean };

/** What a text is found by, each word in its stem, codes both whole and in parts. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  // Not by `split`, which keeps what it made for the next time and takes half as long again.
  for (let from = 0; from < text.length; ) {
    const space = text.indexOf(" ", from);
    const to = space < 0 ? text.length : space;
    const piece = text.slice(from, to);
    for (const word of remembered.get(piece) ?? wordsOfPiece(piece)) words.push(word);
    from = to + 1;
  }
  return words;
}

/** A piece holds no space, and nothing reaches over a space. */
function wordsOfPiece(piece: string): readonly string[] {
  const words = compoundsOf(piece).flatMap((parts) => {
    const each = parts.map(wordOf);
    return parts.length > 1 && parts.some(isCode) ? [...each, codeOf(parts.join(""))] : each;
  });
  if (piece.length > WORD_LENGTH_MAX) return words;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(piece, words);
  return words;
}

/** The words of a question, each of which must occur. Codes (whatever holds a digit) are looked for by prefix. */
export function queryWordsOf(text: string): QueryWord[] {
  return compoundsOf(text).flatMap((parts): QueryWord[] => {
    if (parts.some(isCode)) return [{ word: codeOf(parts.join("")), prefix: true }];
    return parts.map((part) => ({ word: wordOf(part), prefix: false }));
  });
}

function compoundsOf(text: string): string[][] {
  const plain = text.replace(DROPPED, "").normalize("NFKC").toLowerCase().replace(DROPPED, "");
  return (plain.match(COMPOUND) ?? []).map((compound) => compound.split(/[-_/.]/));
}

function wordOf(part: string): string {
  if (isCode(part) || LOOKALIKE_WORD.test(part)) return codeOf(part);
  const short = part.slice(0, WORD_LENGTH_MAX);
  if (/^[a-z]+$/.test(short)) return englishStem(short);
  return cyrillicStem(short.replaceAll("ё", "е").replaceAll("ґ", "г"));
}

function isCode(part: string): boolean {
  return DIGIT.test(part);
}

function codeOf(part: string): string {
  return [...part.slice(0, WORD_LENGTH_MAX)].map((letter) => LOOKALIKES.get(letter) ?? letter).join("");
}

/** A name as it is compared with others: whatever case, spacing or apostrophe, and codes whatever their alphabet. */
export function folded(name: string): string {
  const known = folds.get(name);
  if (known !== undefined) return known;
  if (folds.size >= REMEMBERED_MAX) folds.clear();
  const fold = foldOf(name);
  folds.set(name, fold);
  return fold;
}

const folds = new Map<string, string>();

function foldOf(name: string): string {
  const plain = name.replace(DROPPED, "").normalize("NFKC").toLowerCase().replace(DROPPED, "").trim();
  const words = plain.replaceAll("ё", "е").replaceAll("ґ", "г").split(/\s+/);
  return words.map((word) => (isCode(word) || LOOKALIKE_WORD.test(word) ? codeOf(word) : word)).join(" ");
}

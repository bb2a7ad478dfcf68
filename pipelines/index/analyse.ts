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

/** Words come again and again in sentences: their stems are remembered, up to so many, then from the beginning. */
const REMEMBERED_MAX = 20_000;
const remembered = new Map<string, string>();

/** One word of a question: with `prefix`, every word that begins so will do. */
export type QueryWord = { readonly word: string; readonly prefix: boolean };

/** What a text is found by, each word in its stem, codes both whole and in parts. */
export function wordsOf(text: string): string[] {
  return compoundsOf(text).flatMap((parts) => {
    const words = parts.map(wordOf);
    return parts.length > 1 && parts.some(isCode) ? [...words, codeOf(parts.join(""))] : words;
  });
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
  const known = remembered.get(part);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  const word = reduced(part);
  remembered.set(part, word);
  return word;
}

function reduced(part: string): string {
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

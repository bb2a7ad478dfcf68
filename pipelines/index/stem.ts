/**
 * Light stemming for finding, not for grammar: forms of one word must meet, and it does no harm when a few words meet as well.
 * Nouns and adjectives count most, since those are what reports and stop names are made of.
 */

const STEM_MIN = 3;

/** Endings of Ukrainian and Russian nouns and adjectives; the longest that leaves `STEM_MIN` letters is taken off. */
const CYRILLIC_ENDING = new RegExp(
  `^(.{${STEM_MIN},}?)(?:${[
    "иями|іями|ьому|ього|ами|ями|ими|ыми|іми|ому|ему|ого|его|ові|еві|єві|иям|иях|ием|ією|ьою",
    "ам|ям|ах|ях|ом|ем|єм|ей|ой|ою|ею|єю|ий|ый|ій|ая|яя|ое|ее|ую|юю|их|ых|іх|им|ым|ім|ої|ів|їв|ов|ев",
    "ия|ие|ию|ии|ія|ії|ію|а|я|о|е|є|и|ы|і|ї|у|ю|ь|й",
  ].join("|")})$`,
  "u",
);
const DOUBLED = /(.)\1$/u;
/** сумок – сумка, хлопець – хлопця: the vowel that comes and goes. */
const FLEETING = /(?<=..)[оеє]([кц])$/u;
/** двір – двору, ніч – ночі: і of a closed syllable; words of one syllable only. */
const CLOSED = /^([^аеєиіїоуюяыэ]+)і([^аеєиіїоуюяыэ]+)$/u;

/** The stem of a lower-case word in Cyrillic letters, ё being е already. Stems of stems are themselves. */
export function cyrillicStem(word: string): string {
  const shorter = word.replace(CYRILLIC_ENDING, "$1").replace(DOUBLED, "$1").replace(FLEETING, "$1");
  if (shorter !== word) return cyrillicStem(shorter);
  // сумка – сумці, дорога – дорозі.
  return word.replace(CLOSED, "$1о$2").replace(/ц$/u, "к").replace(/з$/u, "г");
}

/** The stem of a lower-case English word: plurals, -ed, -ing and a silent -e. */
export function englishStem(word: string): string {
  if (word.length <= STEM_MIN) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  const keepsS = /(?:us|ss|is)$/.test(word);
  const stem = word.replace(keepsS ? /^(.{3,}?)(?:ed|ing|e)$/ : /^(.{3,}?)(?:es|s|ed|ing|e)$/, "$1");
  return stem.replace(DOUBLED, "$1");
}

import { LANGUAGES } from "@yardline/events/event-type";
import { expect, test } from "vitest";
import { LEGAL_BASES, LEGAL_BASIS_TEXTS, PURPOSE_TEXTS, PURPOSES } from "./purposes.ts";

test("every purpose and every basis has its own words in every language, and none is called safety alone", () => {
  const wordings = [
    ...PURPOSES.map((each) => PURPOSE_TEXTS[each]),
    ...LEGAL_BASES.map((each) => LEGAL_BASIS_TEXTS[each]),
  ];
  for (const language of LANGUAGES) {
    const texts = wordings.map((each) => each[language]);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).not.toMatch(/^(?:безпека|безопасность|safety|security)$/i);
  }
  const alike = /[іїєґ]/i;
  expect(wordings.filter(({ ru, en }) => alike.test(ru) || /\p{Script=Cyrillic}/u.test(en))).toEqual([]);
});

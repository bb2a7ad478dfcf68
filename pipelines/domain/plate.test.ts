import fc from "fast-check";
import { expect, test } from "vitest";
import { findPlate } from "./plate.ts";

test.for([
  ["Latin", "AA 1234 BB", "AA1234BB"],
  ["Cyrillic, the same to look at", "АА 1234 ВВ", "AA1234BB"],
  ["one letter of the other alphabet", "АA1234-ВB", "AA1234BB"],
  ["small letters", "вс 0042 ео", "BC0042EO"],
  ["Ukrainian І", "ІН 7788 СК", "IH7788CK"],
  ["of Moldova", "abc 123", "ABC123"],
  ["full-width digits", "AA１２３４BB", "AA1234BB"],
  ["an IMEI", "350000000000101", undefined],
  ["a name", "Богдан", undefined],
  ["a Cyrillic letter that no Latin one looks like", "Я123ЩЖ", undefined],
  ["a fleet number", "101", undefined],
  ["nothing", "", undefined],
] as const)("%s: %s", ([, typed, plate]) => {
  expect(findPlate(typed)).toBe(plate);
});

const LATIN = "ABEIKMHOPCTYX";
const CYRILLIC = "АВЕІКМНОРСТУХ";
const letters = fc.array(fc.nat({ max: LATIN.length - 1 }), { minLength: 1, maxLength: 3 });

test("however its letters are mixed, spaced and typed, it is one plate, and stays it", () => {
  const typed = fc.record({
    head: letters,
    number: fc.integer({ min: 100, max: 9999 }),
    tail: letters,
    mix: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    gap: fc.constantFrom("", " ", "-", " - "),
  });
  fc.assert(
    fc.property(typed, ({ head, number, tail, mix, gap }) => {
      const plain = `${head.map((at) => LATIN[at]).join("")}${number}${tail.map((at) => LATIN[at]).join("")}`;
      const write = (at: number, i: number) =>
        (mix[i % mix.length] ? CYRILLIC[at] : LATIN[at])?.toLowerCase();
      const text = [head.map(write).join(""), number, tail.map(write).join("")].join(gap);
      expect(findPlate(text)).toBe(plain);
      expect(findPlate(plain)).toBe(plain);
    }),
  );
});

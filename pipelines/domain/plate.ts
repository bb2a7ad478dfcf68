/** Cyrillic letters that look like Latin ones, as on the plates of Ukraine and its neighbours. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  А: "A",
  В: "B",
  Е: "E",
  І: "I",
  К: "K",
  М: "M",
  Н: "H",
  О: "O",
  Р: "P",
  С: "C",
  Т: "T",
  У: "Y",
  Х: "X",
};
const PLATE_CHARS = { min: 4, max: 10 } as const;

/**
 * A plate as one may compare it: in Latin capitals, without spaces, points and dashes, whatever alphabet it was typed in. Undefined for
 * what is no plate: no letter and no digit in it, too long or short, or letters that no plate of two alphabets has.
 */
export function findPlate(text: string): string | undefined {
  const typed = text
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[\s.·\-–—]/g, "");
  const plate = [...typed].map((letter) => LOOK_ALIKES[letter] ?? letter).join("");
  const isPlate = /^[A-Z0-9]+$/.test(plate) && /[A-Z]/.test(plate) && /\d/.test(plate);
  return isPlate && plate.length >= PLATE_CHARS.min && plate.length <= PLATE_CHARS.max ? plate : undefined;
}

/**
 * Letters five pixels wide and seven high, so that text can be drawn on machines without any font. A glyph is five columns from left
 * to right, two hexadecimal digits each; the lowest bit is the topmost pixel. Small letters are drawn as capitals.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  " ": "0000000000",
  "!": "00005f0000",
  "#": "147f147f14",
  "%": "2313086462",
  "(": "001c224100",
  ")": "0041221c00",
  "+": "08083e0808",
  ",": "0050300000",
  "-": "0808080808",
  ".": "0060600000",
  "/": "2010080402",
  "0": "3e5149453e",
  "1": "00427f4000",
  "2": "4261514946",
  "3": "2141454b31",
  "4": "1814127f10",
  "5": "2745454539",
  "6": "3c4a494930",
  "7": "0171090503",
  "8": "3649494936",
  "9": "064949291e",
  ":": "0036360000",
  "<": "0814224100",
  "=": "1414141414",
  ">": "0041221408",
  "?": "0201510906",
  A: "7e1111117e",
  B: "7f49494936",
  C: "3e41414122",
  D: "7f4141221c",
  E: "7f49494941",
  F: "7f09090901",
  G: "3e4149497a",
  H: "7f0808087f",
  I: "00417f4100",
  J: "2040413f01",
  K: "7f08142241",
  L: "7f40404040",
  M: "7f020c027f",
  N: "7f0408107f",
  O: "3e4141413e",
  P: "7f09090906",
  Q: "3e4151215e",
  R: "7f09192946",
  S: "4649494931",
  T: "01017f0101",
  U: "3f4040403f",
  V: "1f2040201f",
  W: "3f4038403f",
  X: "6314081463",
  Y: "0708700807",
  Z: "6151494543",
  _: "4040404040",
  Б: "7f49494931",
  Г: "7f01010101",
  Ґ: "7e02020203",
  Д: "603f213f60",
  Є: "3e49494122",
  Э: "224149493e",
  Ё: "7d54555445",
  Ж: "63147f1463",
  З: "2249494936",
  И: "7f1008047f",
  Й: "7f1009047f",
  Ї: "01447d4401",
  Л: "601e01017f",
  П: "7f0101017f",
  У: "274848483f",
  Ф: "1c227f221c",
  Ц: "3f20203f60",
  Ч: "070808087f",
  Ш: "7f407f407f",
  Щ: "3f203f207f",
  Ъ: "017f484830",
  Ы: "7f4830007f",
  Ь: "7f48484830",
  Ю: "7f083e413e",
  Я: "462919097f",
};

/** Cyrillic capitals that look as Latin ones do: zones are named in the town's own letters. */
const ALIKE: Readonly<Record<string, string>> = {
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
  Х: "X",
};

export const GLYPH_COLUMNS = 5;
export const GLYPH_ROWS = 7;

/** The lit pixels of one letter; what has no glyph is a question mark. */
export function glyphOf(letter: string): readonly { readonly column: number; readonly row: number }[] {
  const capital = letter.toUpperCase();
  const bits = GLYPHS[ALIKE[capital] ?? capital] ?? GLYPHS["?"] ?? "";
  const columns = Array.from({ length: GLYPH_COLUMNS }, (_, column) =>
    Number.parseInt(bits.slice(2 * column, 2 * column + 2), 16),
  );
  return columns.flatMap((byte, column) =>
    Array.from({ length: GLYPH_ROWS }, (_, row) => ({ column, row })).filter(({ row }) => (byte >> row) & 1),
  );
}

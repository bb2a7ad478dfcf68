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
};

export const GLYPH_COLUMNS = 5;
export const GLYPH_ROWS = 7;

/** The lit pixels of one letter; what has no glyph is a question mark. */
export function glyphOf(letter: string): readonly { readonly column: number; readonly row: number }[] {
  const bits = GLYPHS[letter.toUpperCase()] ?? GLYPHS["?"] ?? "";
  const columns = Array.from({ length: GLYPH_COLUMNS }, (_, column) =>
    Number.parseInt(bits.slice(2 * column, 2 * column + 2), 16),
  );
  return columns.flatMap((byte, column) =>
    Array.from({ length: GLYPH_ROWS }, (_, row) => ({ column, row })).filter(({ row }) => (byte >> row) & 1),
  );
}

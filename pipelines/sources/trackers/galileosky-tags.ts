/** How many bytes the values of a range of tags take. */
const LENGTHS: readonly (readonly [first: number, last: number, bytes: number])[] = [
  [0x01, 0x02, 1],
  [0x03, 0x03, 15],
  [0x04, 0x04, 2],
  [0x10, 0x10, 2],
  [0x20, 0x20, 4],
  [0x21, 0x21, 2],
  [0x30, 0x30, 9],
  [0x33, 0x33, 4],
  [0x34, 0x34, 2],
  [0x35, 0x35, 1],
  [0x38, 0x39, 2],
  [0x40, 0x42, 2],
  [0x43, 0x43, 1],
  [0x44, 0x44, 4],
  [0x45, 0x46, 2],
  [0x47, 0x47, 4],
  [0x48, 0x48, 2],
  [0x50, 0x59, 2],
  [0x5a, 0x5a, 4],
  [0x5b, 0x5b, 7],
  [0x5c, 0x5c, 68],
  [0x5d, 0x5d, 3],
  [0x60, 0x62, 2],
  [0x63, 0x6f, 3],
  [0x70, 0x77, 2],
  [0x80, 0x87, 3],
  [0x88, 0x8c, 1],
  [0x90, 0x90, 4],
  [0xa0, 0xaf, 1],
  [0xb0, 0xb9, 2],
  [0xc0, 0xc3, 4],
  [0xc4, 0xd2, 1],
  [0xd3, 0xd4, 4],
  [0xd5, 0xd5, 1],
  [0xd6, 0xda, 2],
  [0xdb, 0xe0, 4],
  [0xe2, 0xe9, 4],
  [0xf0, 0xf9, 4],
  [0xfa, 0xfa, 3],
  [0xfd, 0xfd, 8],
];

/** Tags whose values begin with their own length, in so many bytes. */
const OWN_LENGTHS: ReadonlyMap<number, 1 | 2> = new Map([
  [0xe1, 1],
  [0xea, 1],
  [0xfe, 2],
] as const);

const TABLE: readonly (number | undefined)[] = Array.from(
  { length: 256 },
  (_, tag) => LENGTHS.find(([first, last]) => first <= tag && tag <= last)?.[2],
);

/**
 * How long a tag's value is, in bytes, or in how many bytes it says so itself; undefined for a tag that the maker has not
 * described, after which nothing more can be read.
 * @see "Galileosky protocol", table of tags
 */
export function findTagLength(tag: number): { readonly bytes: number } | { readonly own: 1 | 2 } | undefined {
  const own = OWN_LENGTHS.get(tag);
  if (own !== undefined) return { own };
  const bytes = TABLE[tag];
  return bytes === undefined ? undefined : { bytes };
}

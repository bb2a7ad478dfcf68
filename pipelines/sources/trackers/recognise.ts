/** What the first bytes of a connection tell about who speaks: yes, no, or undefined while too few are here. */
export type Recognition = boolean | undefined;

/** That one of these marks comes first, in latin1. */
export function beginsWith(...marks: readonly string[]): (first: Uint8Array) => Recognition {
  const wanted = marks.map((mark) => Buffer.from(mark, "latin1"));
  return (first) => {
    if (wanted.some((mark) => mark.equals(first.subarray(0, mark.length)))) return true;
    return wanted.some((mark) => mark.subarray(0, first.length).equals(first)) ? undefined : false;
  };
}

/** That each byte, as far as they are here, is as the rule of its place wants it; yes when all places are filled. */
export function isLaidOut(...rules: readonly ((byte: number) => boolean)[]) {
  return (first: Uint8Array): Recognition => {
    const misfit = rules.findIndex((rule, at) => at < first.length && !rule(first[at] ?? 0));
    return misfit >= 0 ? false : first.length >= rules.length ? true : undefined;
  };
}

/** One of several ways to begin. */
export function either(...ways: readonly ((first: Uint8Array) => Recognition)[]) {
  return (first: Uint8Array): Recognition => {
    const told = ways.map((way) => way(first));
    return told.includes(true) ? true : told.includes(undefined) ? undefined : false;
  };
}

export const any = (): boolean => true;
export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
export const isLetter = (byte: number): boolean => /[A-Za-z]/.test(String.fromCharCode(byte));
/** Two decimal digits in half bytes. */
export const isDecimal = (byte: number): boolean => byte >> 4 <= 9 && (byte & 0xf) <= 9;
export const is =
  (...wanted: readonly number[]) =>
  (byte: number): boolean =>
    wanted.includes(byte);
/** The same rule for several places. */
export const times = <Rule>(count: number, rule: Rule): readonly Rule[] =>
  Array.from({ length: count }, () => rule);

import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical } from "./canonical.ts";
import { BEGINNING, follows, linkEntry, readLink } from "./chain.ts";
import { deed } from "./testing.ts";

test("an entry is linked to the one before, and reads as it was written", () => {
  const first = linkEntry(deed(), BEGINNING, 1_000);
  const second = linkEntry(deed({ purpose: "Двір 3" }), first.head, 2_000);
  expect(second.entry).toEqual({
    ...deed({ purpose: "Двір 3" }),
    seq: 1,
    at_ms: 2_000,
    previous: first.head.hash,
  });
  expect(readLink(second.line)).toEqual(second);
  expect([follows(first, BEGINNING), follows(second, first.head), follows(second, BEGINNING)]).toEqual([
    true,
    true,
    false,
  ]);
});

test("a line in which one letter is another is none", () => {
  const { line } = linkEntry(deed({ details: { from: "12:00", n: 1.5 } }), BEGINNING, 1_000);
  const change = fc.record({ at: fc.nat(line.length - 1), to: fc.integer({ min: 32, max: 126 }) });
  fc.assert(
    fc.property(change, ({ at, to }) => {
      const letter = String.fromCharCode(to);
      fc.pre(line[at] !== letter);
      expect(readLink(line.slice(0, at) + letter + line.slice(at + 1))).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

// The examples of RFC 8785, 3.2.2 and 3.2.3.
test.for([
  [
    {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      literals: [null, true, false],
    },
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
  ],
  [
    {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "1": "One",
      "\u0080": "Control\u007f",
      "😀": "Smiley",
      ö: "o",
      "\ufb33": "Dalet",
    },
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control\u007f","ö":"o","\u20ac":"Euro Sign","😀":"Smiley","\ufb33":"Dalet"}',
  ],
] as const)("canonical JSON is that of RFC 8785: %#", ([value, text]) => {
  expect(canonical(value)).toBe(text);
});

test("canonical JSON means what it was made of, whatever the order of the names", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string({ unit: "grapheme" }),
        fc.oneof(
          fc.string({ unit: "grapheme" }),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
        ),
      ),
      (value) => {
        const text = canonical(value);
        // JSON has no minus zero.
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonical(turned)).toBe(text);
      },
    ),
  );
});

test("what has no JSON is a mistake of ours", () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, "\ud83d"])
    expect(() => canonical(wrong)).toThrow();
});

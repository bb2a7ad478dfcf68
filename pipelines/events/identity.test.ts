import fc from "fast-check";
import { expect, test } from "vitest";
import { anchorOf, occurrenceOf } from "./identity.ts";

const facts = fc.record({
  source: fc.string({ minLength: 1 }),
  type: fc.string({ minLength: 1 }),
  anchor_ms: fc.nat(2 ** 43 - 1),
  key: fc.array(fc.oneof(fc.string(), fc.integer())),
});
type Facts = { source: string; type: string; anchor_ms: number; key: (string | number)[] };
const nameOf = ({ source, type, ...identity }: Facts) => occurrenceOf(source, type, identity);

test("the same facts give the same occurrence, which carries its anchor", () => {
  fc.assert(
    fc.property(facts, (each) => {
      expect(nameOf(each)).toBe(nameOf(structuredClone(each)));
      expect(nameOf(each)).toMatch(/^0[0-7][0-9a-f]{30}$/);
      expect(anchorOf(nameOf(each))).toBe(each.anchor_ms);
    }),
  );
});

test("other facts give another occurrence, whatever the parts of the key hold", () => {
  fc.assert(
    fc.property(facts, facts, (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      expect(nameOf(a)).not.toBe(nameOf(b));
    }),
  );
  const at = { anchor_ms: 0 };
  expect(occurrenceOf("s", "t", { ...at, key: ["a", "b"] })).not.toBe(
    occurrenceOf("s", "t", { ...at, key: ["a,b"] }),
  );
  expect(occurrenceOf("s", "t", { ...at, key: [7] })).not.toBe(occurrenceOf("s", "t", { ...at, key: ["7"] }));
});

test("occurrences sort by their anchors", () => {
  fc.assert(
    fc.property(facts, facts, (a, b) => {
      fc.pre(a.anchor_ms < b.anchor_ms);
      expect(nameOf(a) < nameOf(b)).toBe(true);
    }),
  );
});

test.for([1.5, -1, Number.NaN, 2 ** 43, Number.POSITIVE_INFINITY])("%d is no anchor", (anchor_ms) => {
  expect(() => occurrenceOf("camera/yard", "yard.presence", { anchor_ms, key: [] })).toThrow(
    expect.objectContaining({ code: "IDENTITY_ANCHOR" }),
  );
});

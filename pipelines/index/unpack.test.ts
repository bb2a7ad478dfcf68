import fc from "fast-check";
import { expect, test } from "vitest";
import { DEPTH_MAX, TEXTS } from "./packed-form.ts";
import { Packer } from "./packer.ts";
import { everyStatement } from "./scenes.ts";
import { unpack } from "./unpack.ts";

const ORIGIN_MS = Date.parse("2026-11-09T12:00:00Z");

function through(value: unknown): unknown {
  const packer = new Packer();
  expect(packer.tryWrite(value, ORIGIN_MS)).toBe(true);
  return unpack(packer.take(), ORIGIN_MS);
}

const odd = fc.constantFrom(
  "2026-11-09T12:00:00.000Z",
  "2026-02-30T00:00:00.000Z",
  "2026-11-09T24:00:00.000Z",
  "0000-01-01T00:00:00.000Z",
  "0192f0c1-7c4e-4c3e-9a57-00000000000a",
  "0192F0C1-7c4e-4c3e-9a57-00000000000a",
  "__proto__",
  "\ud800",
  "",
  ...TEXTS,
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.maxSafeInteger(),
);
const cents = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 10_000);
const text = fc.oneof(odd, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.uuid());
const leaf = fc.oneof(text, number, cents, fc.boolean(), fc.constant(null));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("json")),
    fc.dictionary(text, tie("json"), { noNullPrototype: true }),
  ),
}));

test("every JSON value comes back as it was", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.stringify(through(value))).toBe(JSON.stringify(value));
      expect(through(value)).toEqual(value);
    }),
    { numRuns: 1_000 },
  );
});

test("numbers and texts at the edges of their forms come back", () => {
  const values = [
    0,
    -0,
    2 ** 51,
    2 ** 51 + 1,
    -(2 ** 53) + 1,
    1e-7,
    0.1 + 0.2,
    5e-324,
    1.7e308,
    "x".repeat(100_000),
  ];
  for (const value of values) expect(Object.is(through(value), value)).toBe(true);
  const proto = JSON.parse('{"__proto__": {"a": 1}}');
  expect(Object.entries(through(proto) as object)).toEqual([["__proto__", { a: 1 }]]);
});

test("values one after another share a buffer and not each other's bytes", () => {
  const packer = new Packer();
  const ends = everyStatement.map((event) => {
    packer.tryWrite(event, ORIGIN_MS);
    return packer.length;
  });
  const bytes = packer.take();
  expect(packer.length).toBe(0);
  expect(ends.map((end, n) => unpack(bytes.subarray(ends[n - 1] ?? 0, end), ORIGIN_MS))).toEqual(
    everyStatement,
  );
});

test("what is nested too deep is refused, and what was written before stays", () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
  const packer = new Packer();
  packer.tryWrite("kept", ORIGIN_MS);
  const { length } = packer;
  expect(packer.tryWrite(nested(DEPTH_MAX + 1), ORIGIN_MS)).toBe(false);
  expect(packer.length).toBe(length);
  expect(through(nested(DEPTH_MAX))).toEqual(nested(DEPTH_MAX));
});

test("each text has one byte", () => {
  expect(new Set(TEXTS).size).toBe(TEXTS.length);
  expect(TEXTS.length).toBeLessThanOrEqual(240);
});

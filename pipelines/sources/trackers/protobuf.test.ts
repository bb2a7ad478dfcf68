import fc from "fast-check";
import { expect, test } from "vitest";
import { readProtobuf, zigzag } from "./protobuf.ts";

test("numbers by their path, with texts and fixed numbers passed over", () => {
  const bytes = [
    ...[0x08, 0x96, 0x01, 0x12, 3, 1, 2, 3],
    ...[0x2b, 0x10, 7, 0x1d, 0, 0, 0, 0, 0x19, 0, 0, 0, 0, 0, 0, 0, 0, 0x2c],
    ...[0x30, 5],
  ];
  expect([...readProtobuf(Uint8Array.from(bytes))]).toEqual([
    ["1", 150],
    ["5", 0],
    ["5.2", 7],
    ["6", 5],
  ]);
});

test.each([
  ["a cut number", [0x08, 1, 0x10, 0x80], [["1", 1]]],
  ["a length beyond the end", [0x08, 1, 0x12, 9, 0x10, 2], [["1", 1]]],
  [
    "an end of another group",
    [0x2b, 0x08, 1, 0x34, 0x10, 2],
    [
      ["5", 0],
      ["5.1", 1],
    ],
  ],
  ["an unknown kind", [0x08, 1, 0x0f, 0x10, 2], [["1", 1]]],
])("%s ends the reading", (_, bytes, expected) => {
  expect([...readProtobuf(Uint8Array.from(bytes))]).toEqual(expected);
});

test("any bytes are read to an end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readProtobuf(bytes).size <= bytes.length),
  );
});

test.each([
  [0, 0],
  [1, -1],
  [2, 1],
  [970_000_000, 485_000_000],
  [969_999_999, -485_000_000],
])("zigzag of %i is %i", (value, expected) => {
  expect(zigzag(value)).toBe(expected);
});

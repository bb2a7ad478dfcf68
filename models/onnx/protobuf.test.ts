import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesField, floatField, integerField, joined, messageField } from "./protobuf.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("the examples of the specification", () => {
  expect(hex(integerField(1, 150))).toBe("089601");
  expect(hex(bytesField(2, "testing"))).toBe("120774657374696e67");
  expect(hex(messageField(3, [integerField(1, 150)]))).toBe("1a03089601");
});

test("a float is four bytes, the lowest first", () => {
  expect(hex(floatField(2, 0.5))).toBe("150000003f");
});

test("a whole number comes back from its seven-bit groups", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      const [, ...groups] = integerField(1, value);
      expect(groups.reduceRight((sum, group) => sum * 128 + (group & 127), 0)).toBe(value);
      expect(groups.map((group) => group >> 7)).toEqual([...groups.slice(1).map(() => 1), 0]);
    }),
  );
});

test("a message is its fields one after the other", () => {
  expect(hex(joined([integerField(1, 1), integerField(20, 2)]))).toBe("0801a00102");
});

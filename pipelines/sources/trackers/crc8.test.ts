import { expect, test } from "vitest";
import { crc8 } from "./crc8.ts";

test("the catalogue's check value", () => {
  expect(crc8(Buffer.from("123456789"))).toBe(0xf7);
});

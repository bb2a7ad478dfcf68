import { expect, test } from "vitest";
import { crc16CcittFalse } from "./crc16-ccitt-false.ts";

test("the catalogue's check value", () => {
  expect(crc16CcittFalse(Buffer.from("123456789"))).toBe(0x29b1);
});

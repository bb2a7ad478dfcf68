import { expect, test } from "vitest";
import { crc16Kermit, crc16Modbus, crc16X25 } from "./crc16-reflected.ts";

test("the catalogue's check values", () => {
  const bytes = Buffer.from("123456789");
  expect(crc16Modbus(bytes)).toBe(0x4b37);
  expect(crc16Kermit(bytes)).toBe(0x2189);
  expect(crc16X25(bytes)).toBe(0x906e);
});

import { expect, test } from "vitest";
import { crc16Arc } from "./crc16-arc.ts";

test("the catalogue's check value", () => {
  expect(crc16Arc(Buffer.from("123456789"))).toBe(0xbb3d);
});

test("a checksum with a leading zero, as a real device sent it", () => {
  const body =
    "NA;NA;5429.681944502211763;N;02654.60403650999069;E;NA;NA;NA;NA;NA;NA;NA;1.0;NA;m1:1:9196679,d1:1:15397,t1:1:20,b1:1:162,fuel1:2:21588.0,pv1:2:35.98,finish:1:1;";
  expect(crc16Arc(Buffer.from(body))).toBe(0x09b0);
});

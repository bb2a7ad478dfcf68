import { describe, expect, test } from "vitest";
import { adm } from "./adm.ts";
import { heard, told } from "./testing.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const IMEI = "869153042520001";
const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
  buffered: false,
};

function data(status = 0): Buffer {
  const packet = Buffer.alloc(55);
  packet.set([0x01, 0x00, packet.length, 0x28]);
  packet.writeUInt16LE(status, 7);
  packet.writeFloatLE(FIX.latitude, 9);
  packet.writeFloatLE(FIX.longitude, 13);
  packet.writeUInt16LE(3500, 17);
  packet.writeUInt16LE(360, 19);
  packet.writeUInt32LE(FIX.at_ms / 1000, 26);
  return packet;
}

function name(reply: number, imei = IMEI): Buffer {
  const packet = Buffer.alloc(66);
  packet.set([0x01, 0x00, packet.length, 0x03, ...Buffer.from(imei), 0x05, reply]);
  return packet;
}

const TEXT = Buffer.alloc(0x84);
TEXT.set([0x01, 0x00, 0x84, ...Buffer.from("ID=1 Soft=0x81")]);

describe("packets", () => {
  test("with a place", () => {
    expect(told(adm, data())).toEqual({ fixes: [FIX] });
    expect(told(adm, data(0x20))).toEqual({ fixes: [{ ...FIX, valid: false }] });
    expect(told(adm, Buffer.concat([Buffer.from(IMEI), data()]))).toEqual({ device: IMEI, fixes: [FIX] });
  });

  test("without one", () => {
    expect(told(adm, TEXT)).toEqual({ fixes: [] });
    expect(told(adm, Buffer.from([1, 0, 4, 0x0a]))).toEqual({ fixes: [] });
    expect(told(adm, data().subarray(0, 20))).toEqual({ fixes: [], problem: "structure" });
    expect(told(adm, name(0, "not an imei ...."))).toEqual({ fixes: [], problem: "structure" });
  });
});

test("a device that wants confirmations gets them, another none", () => {
  const confirmed = Buffer.concat([name(1), data(), TEXT]);
  expect(heard(adm, confirmed)).toEqual([
    { device: IMEI, fixes: [], answer: "***1*" },
    { fixes: [FIX], answer: "***1*" },
    { fixes: [], answer: "***1*" },
  ]);
  const silent = Buffer.concat([name(0), data(), Buffer.from(IMEI), data()]);
  expect(heard(adm, silent)).toEqual([
    { device: IMEI, fixes: [] },
    { fixes: [FIX] },
    { device: IMEI, fixes: [FIX] },
  ]);
});

test("a length that cannot be closes the session", () => {
  expect(adm.openSession().take(Buffer.from([1, 0, 3, 0])).closed).toBe("These are no messages of adm.");
});

const vectors = findVectors("adm-neomatica");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(adm, vectors ?? [])).toEqual({ total: 4, equal: 4, differences: {}, broken: [] });
});

import { describe, expect, test } from "vitest";
import { crc16Modbus } from "./crc16-reflected.ts";
import { ndtp } from "./ndtp.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const hex = (...parts: readonly string[]) => Buffer.from(parts.join("").replaceAll(" ", ""), "hex");
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

/** Service, type, flags and number are the first of the parts. */
function packet(...parts: readonly string[]): Buffer {
  const body = hex(...parts);
  const crc = crc16Modbus(body);
  return Buffer.concat([
    hex("7e7e"),
    Uint8Array.of(body.length & 255, body.length >> 8),
    hex("0200"),
    Uint8Array.of(crc >> 8, crc & 255),
    hex("02 00000000 0000"),
    body,
  ]);
}

/** Version 6.2, address 134223, a packet size, and the device's texts. */
const CONNECT = packet("0000 6400 0100 01000000", "0600 0200 0000 4f0c0200 ffff0000 00000000");

/** A place: 2026-11-22T10:00:00Z, 25.25 W, 48.5 N, valid; 36 km/h, 99 km/h at most, 350°. */
const place = (flags: string) => `0000 20bd026b 20d80c0f 4083e81c ${flags} 00 2400 6300 5e01 0000 5000 09 05`;
const SENSORS = `0200 ${"00".repeat(26)}`;
const FIX = {
  at_ms: 0x6b02bd20 * 1000,
  latitude: 48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
};

function told(bytes: Uint8Array) {
  const message = ndtp.openSession().takeWhole(bytes);
  return {
    fixes: message?.fixes,
    ...(message?.device_id && { device: message.device_id }),
    ...(message?.answer && { answer: hexOf(message.answer) }),
    ...(message?.problem && { problem: message.problem.code }),
  };
}

/** The answer to request 7 of a service. */
const result = (service: string) => hexOf(packet(service, "0000 0000 07000000 00000000"));

test("a connection is answered with its own number", () => {
  const connect = Buffer.from(CONNECT);
  expect(told(connect)).toEqual({
    fixes: [],
    device: "134223",
    answer: hexOf(packet("0000 0000 0000 01000000 00000000")),
  });
});

describe("navigation", () => {
  test.each([
    [
      "live",
      packet("0100 6500 0100 07000000", place("a0"), SENSORS),
      { fixes: [{ ...FIX, buffered: false }] },
    ],
    ["history", packet("0100 6400 0100 07000000", place("a0")), { fixes: [{ ...FIX, buffered: true }] }],
    [
      "without a valid place, east and south",
      packet("0100 6500 0100 07000000", place("40")),
      { fixes: [{ ...FIX, latitude: -48.5, longitude: 25.25, valid: false, buffered: false }] },
    ],
    [
      "two places, and a cell of an unknown kind",
      packet("0100 6400 0100 07000000", place("a0"), SENSORS, place("a0"), "6300 01"),
      {
        fixes: [
          { ...FIX, buffered: true },
          { ...FIX, buffered: true },
        ],
      },
    ],
    [
      "a cell that is cut",
      packet("0100 6500 0100 07000000", place("a0"), "0200 0000"),
      { fixes: [{ ...FIX, buffered: false }], problem: "structure" },
    ],
  ])("%s", (_, bytes, expected) => {
    expect(told(bytes)).toEqual({ ...expected, answer: result("0100") });
  });

  test("what does not ask is not answered", () => {
    expect(told(packet("0100 6500 0000 07000000", place("a0")))).toEqual({
      fixes: [{ ...FIX, buffered: false }],
    });
    expect(told(packet("0000 0000 0000 07000000 00000000"))).toEqual({ fixes: [] });
  });

  test("other services are acknowledged and left", () => {
    expect(told(packet("0500 6400 0100 07000000"))).toEqual({
      fixes: [],
      answer: result("0500"),
      problem: "unwanted",
    });
  });
});

describe("not answered, so that it comes again", () => {
  test.each([
    ["a wrong checksum", Buffer.from(CONNECT).fill(9, 30, 31), "checksum"],
    ["a half", CONNECT.subarray(0, 30), "structure"],
    ["a head", CONNECT.subarray(0, 15), "structure"],
    ["another layer", Buffer.from(CONNECT).fill(1, 8, 9), "structure"],
  ])("%s", (_, bytes, problem) => {
    expect(told(bytes)).toEqual({ fixes: [], problem });
  });
});

test("junk before a packet is told once; a half waits; the longest packet fits", () => {
  const session = ndtp.openSession();
  expect(session.take(hex("01 7e 02"))).toEqual({ messages: [] });
  expect(session.take(CONNECT.subarray(0, 3)).messages).toMatchObject([{ problem: { code: "structure" } }]);
  expect(session.take(CONNECT.subarray(3)).messages).toMatchObject([{ device_id: "134223" }]);
  const longest = Buffer.concat([hex("7e7e ffff"), Buffer.alloc(0xffff + 11)]);
  expect(ndtp.openSession().take(longest).messages).toMatchObject([{ problem: { code: "structure" } }]);
});

const vectors = findVectors("ndtp");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(ndtp, vectors ?? [])).toEqual({ total: 0, equal: 0, differences: {}, broken: [] });
});

test.skipIf(!vectors)("a real device's first packet", () => {
  const message = ndtp.openSession().takeWhole(Buffer.from(vectors?.[0]?.message ?? "", "hex"));
  expect(message).toMatchObject({ device_id: "134223", fixes: [] });
  expect(message?.problem).toBeUndefined();
});

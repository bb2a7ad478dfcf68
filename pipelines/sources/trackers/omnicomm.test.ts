import { describe, expect, test } from "vitest";
import { crc16CcittFalse } from "./crc16-ccitt-false.ts";
import { omnicomm } from "./omnicomm.ts";
import { heard, told } from "./testing.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
  buffered: true,
};

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))];
}

const zigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);

/** An event's number; a group of basics; the place in group 5. */
const RECORD = [
  ...[0x0a, 2, 2, 17, 0x13, 8, 1, 0x14, 0x2b],
  ...[8, ...varint(zigzag(-485_000_000)), 0x10, ...varint(zigzag(-252_500_000))],
  ...[0x18, ...varint(360), 0x20, ...varint(350), 0x38, ...varint(FIX.at_ms / 1000 - 1_230_768_000), 0x2c],
];
const NO_PLACE = [0x13, 8, 1, 0x14];

function archive(...records: number[][]): number[] {
  return [0xc0, 0xdb, 1, 0, 0, 0, 0, 0, 0, ...records.flatMap((record) => [record.length, 0, ...record])];
}

function packet(type: number, content: number[]): Buffer {
  const checked = Buffer.from([type, content.length & 0xff, content.length >> 8, ...content]);
  const crc = crc16CcittFalse(checked);
  const escaped = [...checked, crc >> 8, crc & 0xff].flatMap((byte) =>
    byte === 0xc0 ? [0xdb, 0xdc] : byte === 0xdb ? [0xdb, 0xdd] : [byte],
  );
  return Buffer.from([0xc0, ...escaped]);
}

const login = packet(0x80, [0x61, 0xa6, 0x19, 0x15, 1, 2, 3, 4]);
const wanted = packet(0x85, [0, 0, 0, 0]).toString("latin1");
/** Record 0x1dbc0 and those before it may go. */
const kept = packet(0x87, [0xc1, 0xdb, 1, 0]).toString("latin1");

describe("packets", () => {
  test("of a login are answered with the wish for the archive", () => {
    expect(told(omnicomm, login)).toEqual({ device: "354002529", fixes: [], answer: wanted });
  });

  test("of the archive are answered with what may be forgotten", () => {
    expect(told(omnicomm, packet(0x86, archive(RECORD, NO_PLACE, RECORD)))).toEqual({
      fixes: [FIX, FIX],
      answer: kept,
    });
    expect(told(omnicomm, packet(0x86, []))).toEqual({ fixes: [] });
  });

  test("that end too early are not answered", () => {
    expect(told(omnicomm, packet(0x86, [...archive(RECORD), 9, 0, 1]))).toEqual({
      fixes: [FIX],
      problem: "structure",
    });
    expect(told(omnicomm, login.subarray(0, 8))).toEqual({ fixes: [], problem: "structure" });
  });
});

test("a wrong checksum is not answered, and lets no place through", () => {
  const damaged = packet(0x86, archive(RECORD));
  damaged.writeUInt8(0x55, 20);
  expect(heard(omnicomm, damaged)).toEqual([{ fixes: [], problem: "checksum" }]);
});

test("packets one after another, one of them cut off, however they come", () => {
  const stream = Buffer.concat([
    login,
    packet(0x86, archive(RECORD)).subarray(0, 30),
    packet(0x86, archive(RECORD)),
  ]);
  expect(heard(omnicomm, stream).map(({ answer, problem }) => answer ?? problem)).toEqual([
    wanted,
    "structure",
    kept,
  ]);
});

test("a length beyond the limit closes the session; what stands before a mark is passed over", () => {
  const beyond = Buffer.from([0xc0, 0x86, 0xff, 0xff]);
  expect(omnicomm.openSession().take(beyond).closed).toBe("These are no messages of omnicomm.");
  expect(heard(omnicomm, Buffer.concat([Buffer.from("junk"), login])).map(({ device }) => device)).toEqual([
    undefined,
    "354002529",
  ]);
});

const vectors = findVectors("omnicomm");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(omnicomm, vectors ?? [])).toEqual({
    total: 29,
    equal: 29,
    differences: {},
    broken: [],
  });
});

import { describe, expect, test } from "vitest";
import { gl200 } from "./gl200.ts";
import { heard, told } from "./testing.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const ID = "868487004350001";
const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
  buffered: false,
};
const RUN = "1,36.0,350,102.2,-25.250000,-48.500000,20261122100000";
const CELL = "0255,0001,25F8,061A,";
const known = { device: ID, answer: "+SACK:32CF$" };

describe("texts", () => {
  test.each([
    [`+RESP:GTFRI,060228,${ID},,,10,1,${RUN},${CELL},20261122100001,32CF$`, { ...known, fixes: [FIX] }],
    [
      `+BUFF:GTFRI,8020040200,${ID},,,10,1,${RUN},${CELL},20261122100001,32CF$`,
      { ...known, fixes: [{ ...FIX, buffered: true }] },
    ],
    [
      `+RESP:GTFRI,240100,${ID},,,10,2,1,${RUN},${CELL},${RUN},${CELL},,32CF`,
      { ...known, fixes: [FIX, FIX] },
    ],
    [`+RESP:GTFRI,${ID},0,0,1,${RUN},${CELL},32CF$`, { ...known, fixes: [FIX] }],
    [
      `+RESP:GTFRI,060228,${ID},,,10,1,,,,,-25.250000,-48.500000,20261122100000,,,32CF$`,
      { ...known, fixes: [{ ...FIX, speed_mps: undefined, course_deg: undefined }] },
    ],
    [`+RESP:GTFRI,060228,${ID},,,0,1,${RUN.replace("1122", "1322")},,,32CF$`, { ...known, fixes: [] }],
    [
      `+RESP:GTCAN,310603,${ID},gv65,00,1,,0,${RUN.slice(2)},,32CF$`,
      { ...known, fixes: [{ ...FIX, valid: false }] },
    ],
    [`+RESP:GTINF,423036,${ID},,41,,20261122100001,32CF$`, { ...known, fixes: [] }],
    [
      `+ACK:GTHBD,1A0401,${ID},,20261122100001,11F0$`,
      { device: ID, fixes: [], answer: "+SACK:GTHBD,1A0401,11F0$" },
    ],
    [`+ACK:GTRTO,1A0800,${ID},GL300,VER,FFFF,20261122100001,0C19$`, { device: ID, fixes: [] }],
  ])("%s", (text, expected) => {
    expect(told(gl200, text)).toEqual(expected);
  });

  test.each(["hello", "+RESP:GTFRI,060228,,,$", "+RESP:$"])("%s is no packet", (text) => {
    expect(told(gl200, text)).toEqual({ fixes: [], problem: "structure" });
  });
});

const IMEI = [86, 84, 87, 0, 43, 50, 0, 1].map((_, index) =>
  Number(ID.padStart(16, "0").slice(2 * index, 2 * index + 2)),
);

/** Accuracy, speed in three bytes, course, height, longitude, latitude, time, cell. */
function place(accuracy: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt8(accuracy, 0);
  bytes.writeUInt16BE(360, 2);
  bytes.writeUInt16BE(350, 4);
  bytes.writeInt32BE(-25_250_000, 8);
  bytes.writeInt32BE(-48_500_000, 12);
  bytes.set([0x07, 0xea, 11, 22, 10, 0, 0], 16);
  return bytes;
}

function binary(kind: string, type: number, rest: readonly number[] | Buffer): Buffer {
  const bytes = Buffer.concat([
    Buffer.from(kind),
    Buffer.from([type, 0, 0, 0, 0, 0, 0, 0x45, 1, 2, 2, 8, ...IMEI, 90, 0, 0]),
    Buffer.from(rest),
  ]);
  bytes.writeUInt16BE(bytes.length, 9);
  return bytes;
}

const report = binary("+RSP", 7, [0x21, 9, 0, 2, ...place(1), ...place(0)]);
const call = binary("+BSP", 3, [0x21, 9, 0, 5, 0x12, 0x34, 0xff, 1, ...place(1)]);
const event = binary("+EVT", 45, [0x21, 9, ...Array(7).fill(0), 1, ...place(1)]);

describe("binary packets", () => {
  test.each([
    ["a report of two", report, [FIX, { ...FIX, valid: false }]],
    ["a kept one of a call", call, [{ ...FIX, buffered: true }]],
    ["an event", event, [FIX]],
    ["a report that ends too early", report.subarray(0, 50), []],
  ])("%s", (_, bytes, fixes) => {
    expect(told(gl200, bytes)).toEqual({ device: ID, fixes });
  });

  test("compressed places are told", () => {
    expect(told(gl200, binary("+RSP", 100, Buffer.alloc(40)))).toMatchObject({
      fixes: [],
      problem: "compression",
    });
  });
});

test("texts with both ends, binary packets and junk, however they are cut", () => {
  const text = `+RESP:GTFRI,060228,${ID},,,10,1,${RUN},${CELL},20261122100001,32CF`;
  const stream = Buffer.concat([
    Buffer.from(`\r\n${text}$`),
    report,
    Buffer.from(`${text}\0`),
    Buffer.from("\r\n"),
    event,
    Buffer.from(`${text}$`),
  ]);
  const messages = heard(gl200, stream).filter(({ fixes }) => fixes);
  expect(messages.map(({ fixes }) => fixes?.length)).toEqual([1, 2, 1, 1, 1]);
});

test.each([
  ["a text without an end", Buffer.alloc(9000, "+")],
  ["a length that cannot be", Buffer.from("+RSP\x07\0\0\0\0\0\x01")],
])("%s closes the session", (_, bytes) => {
  expect(gl200.openSession().take(bytes).closed).toBeDefined();
});

const vectors = findVectors("gl200");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(gl200, vectors ?? [])).toEqual({
    total: 95,
    equal: 95,
    // Reports of the engine that Traccar reads only in part: their places are here, too.
    differences: {
      "Gl200Text:testDecode:70": expect.stringMatching(/ \| none$/),
      "Gl200Text:testDecode:611": expect.stringMatching(/ \| none$/),
    },
    broken: [],
  });
});

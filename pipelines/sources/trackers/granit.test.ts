import { describe, expect, test } from "vitest";
import { granit } from "./granit.ts";
import { heard, told } from "./testing.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: expect.closeTo((19 * 1.852) / 3.6, 6),
  course_deg: 350,
  valid: true,
  buffered: false,
};
/** A fix in the south and west, its course above 255°. */
const PLACE = Buffer.from([
  0xc0,
  0x90,
  25,
  48,
  15_000 & 0xff,
  15_000 >> 8,
  30_000 & 0xff,
  30_000 >> 8,
  19,
  94,
  ...Array(10).fill(0),
]);
const NOTHING = Buffer.alloc(20, 0xfe);
const TIME = Buffer.alloc(4);
TIME.writeUInt32LE(FIX.at_ms / 1000);

function xorOf(bytes: Uint8Array): string {
  const sum = bytes.reduce((before, byte) => before ^ byte, 0);
  return sum.toString(16).toUpperCase().padStart(2, "0");
}

function packet(name: string, content: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.from(name), Buffer.from([content.length, 0]), content]);
  return Buffer.concat([bytes, Buffer.from(`*${xorOf(bytes)}\r\n`)]);
}

const DEVICE = Buffer.from([0xc5, 0]);
const present = packet("+RRCB~", Buffer.concat([DEVICE, TIME, PLACE]));
const archive = packet(
  "+DDAT~",
  Buffer.concat([
    DEVICE,
    Buffer.from([4, 1, 0x30, 0x05]),
    TIME,
    PLACE,
    PLACE,
    ...Array(4).fill(NOTHING),
    Buffer.from([20, 0]),
  ]),
);

function confirmation(name: string, content: Buffer): string {
  return packet(name, content).toString("latin1");
}

describe("packets", () => {
  test("with the present place are answered by their time", () => {
    expect(told(granit, present)).toEqual({
      device: "197",
      fixes: [FIX],
      answer: confirmation("BB+UGRC~", Buffer.concat([TIME, DEVICE])),
    });
  });

  test("with blocks of the archive are answered by their number", () => {
    expect(told(granit, archive)).toEqual({
      device: "197",
      fixes: [
        { ...FIX, buffered: true },
        { ...FIX, buffered: true, at_ms: FIX.at_ms + 20_000 },
      ],
      answer: confirmation("BB+ARCF~", Buffer.concat([Buffer.from([0x30, 0x05]), DEVICE])),
    });
  });

  test("of another format, or cut, are not", () => {
    const other = packet("+DDAT~", Buffer.concat([DEVICE, Buffer.from([5, 1, 0, 0])]));
    expect(told(granit, other)).toEqual({ device: "197", fixes: [], problem: "structure" });
    const cut = packet("+DDAT~", Buffer.concat([DEVICE, Buffer.from([4, 2, 0, 0]), TIME, PLACE]));
    expect(told(granit, cut)).toEqual({ fixes: [], problem: "structure" });
    expect(told(granit, present.subarray(0, 20))).toEqual({ fixes: [], problem: "structure" });
  });
});

test("a wrong checksum is not answered, and lets no place through", () => {
  const damaged = Buffer.from(present);
  damaged.writeUInt8(0x01, 20);
  expect(heard(granit, damaged)).toEqual([{ device: "197", fixes: [], problem: "checksum" }]);
});

test("packets with line ends and without, and texts between them, however they are cut", () => {
  const stream = Buffer.concat([
    Buffer.from("OK\r\n"),
    present.subarray(0, -2),
    archive,
    Buffer.from("+IDNT: Navigator *21\r\n"),
    present,
  ]);
  expect(heard(granit, stream).map(({ fixes }) => fixes?.length)).toEqual([0, 1, 2, 0, 1]);
});

test("a text without an end closes the session", () => {
  expect(granit.openSession().take(Buffer.alloc(5000, "a")).closed).toBe(
    "A message is longer than 4107 bytes.",
  );
});

const vectors = findVectors("granit");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(granit, vectors ?? [])).toEqual({
    total: 24,
    equal: 24,
    differences: {},
    broken: [],
  });
});

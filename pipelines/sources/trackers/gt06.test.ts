import { describe, expect, test } from "vitest";
import { crc16X25 } from "./crc16-reflected.ts";
import { gt06 } from "./gt06.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const hex = (...parts: readonly string[]) => Buffer.from(parts.join("").replaceAll(" ", ""), "hex");
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

/** Type and content; the packet's number is 7. */
function short(...parts: readonly string[]): Buffer {
  const content = hex(...parts, "0007");
  return sealed("7878", Buffer.concat([Uint8Array.of(content.length + 2), content]));
}

function long(...parts: readonly string[]): Buffer {
  const content = hex(...parts, "0007");
  const length = content.length + 2;
  return sealed("7979", Buffer.concat([Uint8Array.of(length >> 8, length & 255), content]));
}

function sealed(mark: string, checked: Buffer): Buffer {
  const crc = crc16X25(checked);
  return Buffer.concat([hex(mark), checked, Uint8Array.of(crc >> 8, crc & 255), hex("0d0a")]);
}

const LOGIN = short("01 0352887071911998");
/** 2026-11-22T10:00:00Z, 12 satellites, 48.5 N, 25.25 W. */
const DATE = "1a0b160a0000";
const LAT_LON = "053417a0 02b58310";
/** 36 km/h; a fix, north, west, 350°. */
const PLACE = `${DATE} cc ${LAT_LON} 24 1d5e`;
const CELL = "0106 01 0fa0 001f71";
const FIX = {
  at_ms: Date.UTC(2026, 10, 22, 10),
  latitude: 48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
  buffered: false,
};

function told(bytes: Uint8Array) {
  const message = gt06.openSession().takeWhole(bytes);
  return {
    fixes: message?.fixes,
    ...(message?.device_id && { device: message.device_id }),
    ...(message?.answer && { answer: hexOf(message.answer) }),
    ...(message?.problem && { problem: message.problem.code }),
  };
}

test("login, as in Concox's paper", () => {
  expect(told(hex("78780d01012345678901234500018cdd0d0a"))).toEqual({
    fixes: [],
    device: "123456789012345",
    answer: "787805010001d9dc0d0a",
  });
});

describe("short packets", () => {
  test.each([
    ["a place", "12", PLACE, { fixes: [FIX] }],
    ["a place with its cell and alarm", "16", `${PLACE} 08 ${CELL} 40 04 04 01 02`, { fixes: [FIX] }],
    [
      "a place without a fix, south and east",
      "12",
      `${DATE} c0 ${LAT_LON} 00 0000`,
      {
        fixes: [
          {
            ...FIX,
            latitude: -48.5,
            longitude: 25.25,
            speed_mps: 0,
            course_deg: 0,
            valid: false,
          },
        ],
      },
    ],
    ["a place of now", "22", `${PLACE} ${CELL} 01 00 00`, { fixes: [FIX] }],
    [
      "a place kept without a connection",
      "22",
      `${PLACE} ${CELL} 01 00 01`,
      { fixes: [{ ...FIX, buffered: true }] },
    ],
    [
      "the same with a network of two bytes",
      "22",
      `${PLACE} 8106 0001 0fa0 001f71 01 00 01`,
      {
        fixes: [{ ...FIX, buffered: true }],
      },
    ],
    ["a place after a device's number", "61", `0869412070143950 ${PLACE}`, { fixes: [FIX] }],
    ["an alarm", "95", `${DATE} ${LAT_LON} 1d5e 91`, { fixes: [without(FIX, "speed_mps")] }],
    ["an alarm without a place", "95", `${DATE} 90`, { fixes: [] }],
    ["a long alarm", "95", `ffff01 ${DATE} cc ${LAT_LON} 1d5e 0024 91`, { fixes: [FIX] }],
    ["cells where others have a place", "24", `${DATE} 01 06 01 ${"0f".repeat(20)}`, { fixes: [] }],
    ["a place where others have cells", "24", PLACE, { fixes: [FIX] }],
    ["a place of no date", "12", `000000000000 cc ${LAT_LON} 24 1d5e`, { fixes: [] }],
    ["a place that is cut", "12", PLACE.slice(0, -4), { fixes: [] }],
    ["a heartbeat", "13", "40 04 04 0001", { fixes: [] }],
    ["a type that nobody knows", "fe", "", { fixes: [] }],
  ])("%s is answered by its number", (_, type, content, expected) => {
    expect(told(short(type, content))).toEqual({ ...expected, answer: hexOf(short(type)) });
  });

  test.each([
    ["8a", ""],
    ["15", "04 00000000"],
    ["81", "00"],
  ])("%s is not answered", (type, content) => {
    expect(told(short(type, content))).toEqual({ fixes: [] });
  });

  test("wireless networks are answered by their date", () => {
    expect(told(hex("7878006917102311085002 00cc080c4e2fa5640c4e2fa66e0d0a"))).toEqual({
      fixes: [],
      answer: "787800691710231108500d0a",
    });
  });
});

function without(fix: typeof FIX, key: "speed_mps") {
  const { [key]: _, ...rest } = fix;
  return rest;
}

describe("long packets", () => {
  test.each([
    ["a place", "32", `${DATE} 0c cc ${LAT_LON} 24 1d5e`, { fixes: [FIX], answer: hexOf(long("32")) }],
    ["no place", "32", `${DATE} 00 ${"00".repeat(20)}`, { fixes: [], answer: hexOf(long("32")) }],
    [
      "modules",
      "70",
      `0001 0001 ff 0033 0012 6b02bd20 0c 0050 ${LAT_LON} 24 1d5e 0009 0001 0c`,
      { fixes: [FIX], answer: hexOf(short("70")) },
    ],
    ["modules that promise more", "70", "0033 ffff 00", { fixes: [], answer: hexOf(short("70")) }],
    ["information", "94", "00 04e7", { fixes: [] }],
    [
      "an answer in words",
      "21",
      `00000000 01 ${Buffer.from("Current position!Lat:N48.5,Lon:W25.25,Course:350.0,Speed:36.0,DateTime:2026-11-22  10:00:00").toString("hex")}`,
      { fixes: [{ ...FIX, buffered: true }] },
    ],
  ])("%s", (_, type, content, expected) => {
    expect(told(long(type, content))).toEqual(expected);
  });
});

describe("trouble", () => {
  test("a wrong checksum is not answered, and shown of a recording only", () => {
    const wrong = Buffer.from(short("12", PLACE));
    wrong.writeUInt8(wrong.readUInt8(wrong.length - 3) ^ 1, wrong.length - 3);
    expect(told(wrong)).toEqual({ fixes: [FIX], problem: "checksum" });
    expect(gt06.openSession().take(wrong).messages).toEqual([
      { fixes: [], problem: { code: "checksum", text: "A packet's checksum is wrong." } },
    ]);
  });

  test.each([
    ["a half", LOGIN.subarray(0, 9), "structure"],
    ["a login with letters", short("01 035288707191199f"), "structure"],
    ["a login that is cut", short("01 0352"), "structure"],
    ["no packet", hex("0102030405060d0a"), "structure"],
    ["less than a mark", hex("78"), "structure"],
  ])("%s is not answered", (_, bytes, problem) => {
    expect(told(bytes)).toEqual({ fixes: [], problem });
  });

  test("a heartbeat without a number", () => {
    expect(told(hex("787801080d0a"))).toEqual({ fixes: [] });
  });

  test("a place that ends with neither number nor checksum", () => {
    expect(told(hex("7878 12 12", PLACE, "0d0a"))).toEqual({ fixes: [FIX] });
  });

  test("a wrong length ends at the end mark, however the bytes are cut", () => {
    const long = Buffer.from(LOGIN).fill(0x30, 2, 3);
    const brief = Buffer.from(LOGIN).fill(0x03, 2, 3);
    const stream = Buffer.concat([long, brief, hex("ff 0d0a"), LOGIN, LOGIN, LOGIN]);
    const session = gt06.openSession();
    const messages = Array.from(stream, (byte) => session.take(Uint8Array.of(byte)).messages).flat();
    expect(messages).toEqual(gt06.openSession().take(stream).messages);
    expect(messages.map(({ device_id, problem }) => device_id ?? problem?.code)).toEqual([
      "checksum",
      "checksum",
      "structure",
      "352887071911998",
      "352887071911998",
      "352887071911998",
    ]);
  });

  test("bytes without an end close the session", () => {
    const session = gt06.openSession();
    session.take(hex("7979ffff"));
    expect(session.take(Buffer.alloc(70_000)).closed).toBe("A message is longer than 65541 bytes.");
  });
});

const vectors = findVectors("gt06");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(gt06, vectors ?? [])).toEqual({ total: 60, equal: 60, differences: {}, broken: [] });
});

import { describe, expect, test } from "vitest";
import { crc16Kermit } from "./crc16-reflected.ts";
import { ruptela } from "./ruptela.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const hex = (...parts: readonly string[]) => Buffer.from(parts.join("").replaceAll(" ", ""), "hex");
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

/** 2026-11-22T10:00:00Z. */
const TIME = "6b02bd20";
const AT_MS = 0x6b02bd20 * 1000;
/** 25.25 W, 48.5 N. */
const PLACE = "f0f327e0 1ce88340";
/** 80 m, 350.00°, 9 satellites, 36 km/h, hdop 1.0. */
const MOTION = "0320 88b8 09 0024 0a";

/** A packet of device 352625015847463. */
function packet(...content: readonly string[]): Buffer {
  const payload = hex("000140b5e8cefa27", ...content);
  const crc = crc16Kermit(payload);
  const length = payload.length;
  return Buffer.concat([
    Uint8Array.of(length >> 8, length & 255),
    payload,
    Uint8Array.of(crc >> 8, crc & 255),
  ]);
}

const SENSORS = "01 0501 01 1d30f3 01 4100000001 01 220000000000000001";
const RECORD = [TIME, "00 00", PLACE, MOTION, "07", SENSORS].join("");
const EXTENDED_SENSORS = "01 000501 01 001d30f3 00 00";
const extended = (part: string, place = PLACE) =>
  [TIME, "00", part, "00", place, MOTION, "0007", EXTENDED_SENSORS].join("");

const FIX = {
  at_ms: AT_MS,
  latitude: 48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
  buffered: false,
};
const DEVICE = "352625015847463";

function told(bytes: Uint8Array) {
  const message = ruptela.openSession().takeWhole(bytes);
  return {
    fixes: message?.fixes,
    answer: hexOf(message?.answer),
    ...(message?.device_id && { device: message.device_id }),
    ...(message?.problem && { problem: message.problem.code }),
  };
}

describe("what a packet says and how it is answered", () => {
  const RECORDS_TAKEN = "0002640113bc";
  test.each([
    ["records", packet("01 00 02", RECORD, RECORD), { fixes: [FIX, FIX], answer: RECORDS_TAKEN }],
    [
      "records of a backlog",
      packet("01 01 01", RECORD),
      { fixes: [{ ...FIX, buffered: true }], answer: RECORDS_TAKEN },
    ],
    ["extended records", packet("44 00 01", extended("00")), { fixes: [FIX], answer: RECORDS_TAKEN }],
    [
      "a record in two parts",
      packet("44 00 02", extended("10"), extended("11")),
      { fixes: [FIX], answer: RECORDS_TAKEN },
    ],
    [
      "a record without a place",
      packet("44 00 02", extended("00", "8000000080000000"), extended("00")),
      { fixes: [FIX], answer: RECORDS_TAKEN },
    ],
    [
      "records that are cut",
      packet("01 00 ff", RECORD, RECORD.slice(0, 30)),
      { fixes: [FIX], answer: RECORDS_TAKEN, problem: "structure" },
    ],
    [
      "trouble codes",
      packet("09 01 00", TIME, PLACE, "02 5030313233"),
      {
        fixes: [{ at_ms: AT_MS, latitude: 48.5, longitude: -25.25, valid: true, buffered: true }],
        answer: "00026d01c4a4",
      },
    ],
    ["an identification", packet("0f 4f4243"), { fixes: [], answer: hexOf(withCrc("0002 7301")) }],
    ["a heartbeat", packet("10"), { fixes: [], answer: hexOf(withCrc("0002 7401")) }],
    ["a driver's card", packet("24 00"), { fixes: [], answer: "000288015385" }],
    ["a photo", packet("25 02 00"), { fixes: [], answer: "", problem: "unwanted" }],
    ["an answer to a command", packet("07 6f6b"), { fixes: [], answer: "" }],
  ])("%s", (_, bytes, expected) => {
    expect(told(bytes)).toEqual({ ...expected, device: DEVICE });
  });
});

function withCrc(text: string): Buffer {
  const bytes = hex(text);
  const crc = crc16Kermit(bytes.subarray(2));
  return Buffer.concat([bytes, Uint8Array.of(crc >> 8, crc & 255)]);
}

describe("not answered, so that it comes again", () => {
  test.each([
    ["a wrong checksum", Buffer.from(packet("01 00 01", RECORD)).fill(1, 20, 21), "checksum"],
    ["a half", packet("01 00 01", RECORD).subarray(0, 30), "structure"],
    ["less than a device", hex("0001 01 0000"), "structure"],
    ["nothing", hex("0000 0000"), "structure"],
  ])("%s", (_, bytes, problem) => {
    expect(told(bytes)).toEqual({ fixes: [], answer: "", problem });
  });
});

test("a half waits for its other half, and the longest packet fits", () => {
  const session = ruptela.openSession();
  const bytes = packet("01 00 01", RECORD);
  expect(session.take(bytes.subarray(0, 1))).toEqual({ messages: [] });
  expect(session.take(bytes.subarray(1, 20))).toEqual({ messages: [] });
  expect(session.take(Buffer.concat([bytes.subarray(20), bytes])).messages).toHaveLength(2);
  expect(session.take(Buffer.alloc(0xffff + 4, 0xff)).messages).toMatchObject([
    { problem: { code: "checksum" } },
  ]);
});

const vectors = findVectors("ruptela");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(ruptela, vectors ?? [])).toEqual({ total: 7, equal: 7, differences: {}, broken: [] });
});

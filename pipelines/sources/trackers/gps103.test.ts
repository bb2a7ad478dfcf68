import { describe, expect, test } from "vitest";
import { gps103 } from "./gps103.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const DEVICE = "359710045559474";
const AT = "F,080251.000,A";
const PLACE = "4830.0000,S,02515.0000,W,19.4384,350";
const FIX = {
  at_ms: Date.parse("2026-11-22T08:02:51Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: expect.closeTo(10, 3),
  course_deg: 350,
  valid: true,
  buffered: false,
};

function told(text: string) {
  const read = gps103.openSession().takeWhole(Buffer.from(text));
  return {
    fixes: read?.fixes,
    ...(read?.device_id && { device: read.device_id }),
    ...(read?.answer && { answer: Buffer.from(read.answer).toString() }),
    ...(read?.problem && { problem: read.problem.code }),
  };
}

describe("login, heartbeat and help are answered", () => {
  test.each([
    [`##,imei:${DEVICE},A;`, "LOAD"],
    [`imei:${DEVICE},L,*`, "LOAD"],
    [DEVICE, "ON"],
    [`${DEVICE};`, "ON"],
  ])("%s", (text, answer) => {
    expect(told(text)).toEqual({ fixes: [], device: DEVICE, answer });
  });

  test("help me", () => {
    expect(told(`imei:${DEVICE},help me,2611221602,,${AT},${PLACE};`)).toEqual({
      fixes: [FIX],
      device: DEVICE,
      answer: `**,imei:${DEVICE},E;`,
    });
  });
});

describe("places", () => {
  const { speed_mps: _speed, course_deg: _course, ...still } = FIX;
  test.each([
    ["of a local date", `tracker,2611221602,,${AT},${PLACE}`, [FIX]],
    [
      "with seconds, a phone and sensors",
      `tracker,261122160251,13554900601,${AT},${PLACE},,1,0,31.37%`,
      [FIX],
    ],
    ["of a date with marks", `tracker,26/11/22 16:02,,${AT},${PLACE}`, [FIX]],
    [
      "of a date one day ahead",
      `tracker,2611230105,,${AT.replace("0802", "1702")},${PLACE}`,
      [{ ...FIX, at_ms: Date.parse("2026-11-22T17:02:51Z") }],
    ],
    [
      "of a date one day behind",
      `tracker,2611211910,,${AT.replace("0802", "0102")},${PLACE}`,
      [{ ...FIX, at_ms: Date.parse("2026-11-22T01:02:51Z") }],
    ],
    [
      "with its local time alone",
      `tracker,2611220802,,F,0.0,A,${PLACE}`,
      [{ ...FIX, at_ms: Date.parse("2026-11-22T08:02:00Z") }],
    ],
    ["with sides before", `tracker,2611221602,,${AT},S,4830.0000,W,02515.0000,19.4384,350`, [FIX]],
    ["without a side, speed or course", `tracker,2611221602,,${AT},4830.0000,S,02515.0000,W,,`, [still]],
    ["without validity", `tracker,2611221602,,${AT.replace("A", "V")},${PLACE}`, [{ ...FIX, valid: false }]],
    ["of no day", `tracker,2613321602,,${AT},${PLACE}`, []],
    ["of cells", "tracker,2611221602,,L,,,0FB6,,CB5D,,,", []],
    [
      "in degrees",
      "Bus 1,---,------,----,080251,221126,14,1,-48.50000,-25.25000,036,350,0000,99.9,00,0,1,---,",
      [{ ...FIX, speed_mps: 10 }],
    ],
    ["of an engine", "OBD,180905200218,,,,0,0,0.39%,70,9.41%,494,0.00,P0137,P0430,,", []],
  ])("%s", (_, body, fixes) => {
    expect(told(`imei:${DEVICE},${body};`)).toEqual({ fixes, device: DEVICE });
  });
});

test.each([
  ["hello;", "structure"],
  ["imei:;", "structure"],
  [`imei:${DEVICE}`, "structure"],
  [`imei:${DEVICE},vr,0c00fa;`, "unwanted"],
])("%s is not answered", (text, problem) => {
  expect(told(text)).toMatchObject({ fixes: [], problem });
  expect(told(text).answer).toBeUndefined();
});

test("heartbeats without an end among packets, however they are cut", () => {
  const packet = `imei:${DEVICE},tracker,2611221602,,${AT},${PLACE};`;
  const stream = Buffer.from(`${DEVICE}${packet}\r\n${DEVICE};${packet}${DEVICE}`);
  const session = gps103.openSession();
  const messages = Array.from(stream, (byte) => session.take(Uint8Array.of(byte)).messages).flat();
  expect(messages).toEqual(gps103.openSession().take(stream).messages);
  expect(messages.map(({ fixes }) => fixes.length)).toEqual([0, 1, 0, 1, 0]);
});

test("a packet without an end closes the session", () => {
  expect(gps103.openSession().take(Buffer.alloc(5000, "a")).closed).toBe(
    "A message is longer than 4096 bytes.",
  );
});

const vectors = findVectors("gps103");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(gps103, vectors ?? [])).toEqual({
    total: 38,
    equal: 38,
    differences: {},
    broken: [],
  });
});

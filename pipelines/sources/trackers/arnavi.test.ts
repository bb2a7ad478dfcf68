import { expect, test } from "vitest";
import { arnavi } from "./arnavi.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

/** The number 123456789012345 after a version. */
const header = (version: string) => hex(`ff ${version} 79df0d8648700000`);

/** A record of 1970-01-01T00:01:00Z. */
function record(tags: string, type = "01"): string {
  const content = hex(`3c000000 ${tags}`);
  const checksum = content.reduce((sum, byte) => sum + byte, 0) & 255;
  const length = Buffer.from([(content.length - 4) & 255, (content.length - 4) >> 8]).toString("hex");
  return `${type}${length}${content.toString("hex")}${Buffer.from([checksum]).toString("hex")}`;
}
const packageOf = (...records: readonly string[]) => hex(`5b 2a ${records.join("")} 5d`);

/** 50.25 N, 30.5 E; course 270, nothing of the height, satellites as given, 10 knots. */
const place = (satellites = "72") => `03 00004942 04 0000f441 05 8700${satellites}0a 01 00000000`;
const FIX = {
  at_ms: 60_000,
  ...{ latitude: 50.25, longitude: 30.5, course_deg: 270, valid: true, buffered: false },
  speed_mps: expect.closeTo(5.1444, 3),
};

function told(bytes: Uint8Array) {
  const { messages } = arnavi.openSession().take(bytes);
  return messages.map(({ answer, fixes, problem, device_id }) => ({
    ...(device_id !== undefined && { device_id }),
    fixes,
    answer: hexOf(answer),
    ...(problem && { problem: problem.code }),
  }));
}

test("a header names the device; from the second version on it is answered with the time", () => {
  const { messages } = arnavi.openSession().take(Buffer.concat([header("22"), header("23")]));
  expect(messages.map(({ device_id }) => device_id)).toEqual(["123456789012345", "123456789012345"]);
  expect(hexOf(messages[0]?.answer)).toBe("7b00007d");
  expect(messages[1]?.answer).toBeUndefined();
  expect(hexOf(messages[1]?.answerAt?.(0x6542_1003 * 1000 + 999))).toBe("7b0400ba031042657d");
  expect(told(Buffer.concat([header("24"), hex("0102030405060708"), packageOf()]))).toHaveLength(2);
});

test("a package of several records is confirmed by its number", () => {
  const bytes = packageOf(
    record(place()),
    record("", "00"),
    record("01 00000000"),
    record("aabb", "04"),
    record(place()),
  );
  expect(told(bytes)).toEqual([{ fixes: [FIX, FIX], answer: "7b002a7d" }]);
});

test.each([
  ["the receiver is off", place("fe"), { speed_mps: undefined, course_deg: undefined, valid: false }],
  ["it sees none", place("00"), { valid: false }],
])("satellites: %s", (_, tags, expected) => {
  const { speed_mps, course_deg, ...rest } = { ...FIX, ...expected };
  const fix = {
    ...rest,
    ...(speed_mps !== undefined && { speed_mps }),
    ...(course_deg !== undefined && { course_deg }),
  };
  expect(told(packageOf(record(tags)))).toEqual([{ fixes: [fix], answer: "7b002a7d" }]);
});

test("no place: one coordinate, or coordinates that are none on earth", () => {
  expect(told(packageOf(record("03 00004942")))).toEqual([{ fixes: [], answer: "7b002a7d" }]);
  expect(told(packageOf(record("03 0000c07f 04 0000f441")))).toEqual([{ fixes: [], answer: "7b002a7d" }]);
});

test("a wrong checksum is not confirmed, and nothing is taken; a recording still shows it", () => {
  const bytes = packageOf(record(place()));
  bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
  expect(told(bytes)).toEqual([{ fixes: [], answer: "", problem: "checksum" }]);
  expect(arnavi.openSession().takeWhole(bytes)?.fixes).toEqual([FIX]);
});

test("a cut package waits; other bytes and endless packages close the session", () => {
  const session = arnavi.openSession();
  const bytes = packageOf(record(place()));
  expect(session.take(bytes.subarray(0, 20)).messages).toEqual([]);
  expect(session.take(bytes.subarray(20)).messages).toHaveLength(1);
  expect(session.take(hex("5bfd005d")).messages).toEqual([{ fixes: [] }]);
  expect(session.take(hex("00")).closed).toBe("These are no messages of arnavi.");
  expect(
    arnavi.openSession().take(Buffer.concat([hex("5b01"), Buffer.alloc(70_000, 1)])).closed,
  ).toBeDefined();
  expect(arnavi.openSession().take(Buffer.concat([hex("5b01"), Buffer.alloc(600 * 8)])).closed).toBeDefined();
  expect(arnavi.openSession().takeWhole(bytes.subarray(0, 20))).toMatchObject({
    problem: { code: "structure" },
  });
});

const LINE = "AV,V2,32768,12487,2277,203,-1,0,0,193,0,0,1,13,200741,5950.6773N,03029.1043E,10.0,90.0,121012,";
const line = (body: string) => {
  const sum = Buffer.from(body).reduce((all, byte) => all ^ byte, 0);
  return Buffer.from(`$${body}*${sum.toString(16).toUpperCase().padStart(2, "0")}\r\n`);
};

test("lines of older devices", () => {
  const fix = {
    at_ms: Date.UTC(2012, 9, 12, 20, 7, 41),
    ...{ latitude: expect.closeTo(59.844622, 6), longitude: expect.closeTo(30.485072, 6) },
    ...{ speed_mps: expect.closeTo(5.1444, 3), course_deg: 90, valid: true, buffered: false },
  };
  expect(told(line(LINE))).toEqual([{ device_id: "32768", fixes: [fix], answer: "" }]);
  expect(told(line(LINE.replace("1,13,2007", "0,0,120.5,15.1,2007")))).toMatchObject([
    { fixes: [{ valid: false }] },
  ]);
  expect(told(line(LINE.replace("5950.6773N", "5950.6773S")))[0]?.fixes[0]?.latitude).toBeCloseTo(
    -59.844622,
    6,
  );
  expect(told(line("AV,V6SD,85164,20708,-1,3,6,37,33,"))).toEqual([
    { device_id: "85164", fixes: [], answer: "" },
  ]);
  expect(told(Buffer.from(line(LINE).toString().replace("32768", "32769")))).toEqual([
    { fixes: [], answer: "", problem: "checksum" },
  ]);
  expect(told(Buffer.from("$GPRMC,1\r\n"))).toMatchObject([{ problem: "structure" }]);
});

const vectors = findVectors("arnavi");

test.skipIf(!vectors)("messages of real devices", () => {
  const { total, equal, differences, broken } = compareVectors(arnavi, vectors ?? []);
  // A line without satellites at 0/0: Traccar calls every line a fix.
  expect(Object.keys(differences)).toEqual(["ArnaviText:testDecode:28"]);
  expect({ total, equal, broken }).toEqual({ total: 9, equal: 8, broken: [] });
});

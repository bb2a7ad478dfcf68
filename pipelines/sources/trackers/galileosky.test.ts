import { expect, test } from "vitest";
import { crc16Modbus } from "./crc16-reflected.ts";
import { galileosky } from "./galileosky.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");
const le16 = (value: number) => Uint8Array.of(value & 255, value >> 8);

function packet(tags: string, { type = 1, archive = false } = {}): Buffer {
  const body = hex(tags);
  const all = Buffer.concat([Uint8Array.of(type), le16(body.length + (archive ? 0x8000 : 0)), body]);
  return Buffer.concat([all, le16(crc16Modbus(all))]);
}
const checksumOf = (bytes: Buffer) => bytes.subarray(-2).toString("hex");

const IMEI = `03 ${Buffer.from("123456789012345").toString("hex")}`;
/** 1970-01-01T00:01:00Z, 50.25 N, 30.5 E, seven satellites, 36 km/h, 270°. */
const TIME = "20 3c000000";
const place = (nibble = "0") => `30 ${nibble}7 10c1fe02 a064d101`;
const MOTION = "33 6801 8c0a";
const FIX = {
  at_ms: 60_000,
  ...{ latitude: 50.25, longitude: 30.5, speed_mps: 10, course_deg: 270, valid: true, buffered: false },
};

function told(bytes: Uint8Array) {
  const { messages } = galileosky.openSession().take(bytes);
  return messages.map(({ answer, fixes, problem, device_id }) => ({
    ...(device_id !== undefined && { device_id }),
    fixes,
    answer: hexOf(answer),
    ...(problem && { problem: problem.code }),
  }));
}

test("the first packet names the device; the answer repeats the checksum", () => {
  const bytes = packet(`01 11 02 22 ${IMEI} 04 3200`);
  expect(told(bytes)).toEqual([
    { device_id: "123456789012345", fixes: [], answer: `02${checksumOf(bytes)}` },
  ]);
});

test("the short number names a device that tells no IMEI, and renames none", () => {
  expect(told(packet("04 3200"))).toMatchObject([{ device_id: "50" }]);
  const both = Buffer.concat([packet(`${IMEI}`), packet(`04 3200 ${TIME} ${place()}`)]);
  expect(told(both).map(({ device_id }) => device_id)).toEqual(["123456789012345", "123456789012345"]);
});

test("a tag that comes again begins the next record; tags of all lengths are passed over", () => {
  const others = "34 6400 35 09 40 0000 5c".concat(
    " 00".repeat(68),
    "e1 03 616263 ea 02 0102 fe 0400 21004d03",
  );
  const record = `10 0100 ${TIME} ${place()} ${MOTION} ${others}`;
  const bytes = packet(`${record} ${record}`, { archive: true });
  const fix = { ...FIX, buffered: true };
  expect(told(bytes)).toEqual([{ fixes: [fix, fix], answer: `02${checksumOf(bytes)}` }]);
});

test.each([
  ["by satellites", "0", true],
  ["by cells", "2", false],
  ["not known", "1", false],
])("a place %s", (_, nibble, valid) => {
  expect(told(packet(`${TIME} ${place(nibble)} ${MOTION}`))).toMatchObject([{ fixes: [{ ...FIX, valid }] }]);
});

test.each([
  ["a place without a time", place(), [], "time"],
  ["a place that is none", `${TIME} 30 07 ffffff7f 00000000`, [], "coordinates"],
  ["an unknown tag", `${TIME} ${place()} ${MOTION} 10 0100 ff 00`, [FIX], "structure"],
  ["a value that is cut off", `${TIME} ${place()} ${MOTION} fe ffff 00`, [FIX], "structure"],
])("%s is confirmed, or it would come for ever", (_, tags, fixes, problem) => {
  const bytes = packet(tags);
  expect(told(bytes)).toEqual([{ fixes, answer: `02${checksumOf(bytes)}`, problem }]);
});

test("a wrong checksum is answered with the right one, and nothing is taken", () => {
  const bytes = packet(`${TIME} ${place()}`);
  const answer = `02${checksumOf(bytes)}`;
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(told(bytes)).toEqual([{ fixes: [], answer, problem: "checksum" }]);
});

test("photos are confirmed and dropped", () => {
  const bytes = packet("00 ffd8ffe0", { type: 7 });
  expect(told(bytes)).toEqual([{ fixes: [], answer: `07${checksumOf(bytes)}`, problem: "unwanted" }]);
});

test("what a Garmin navigator says is passed over", () => {
  expect(told(packet("0102", { type: 6 }))).toEqual([{ fixes: [], answer: "" }]);
});

test("compressed: place and validity in bits, no year, so no time", () => {
  // 0 | 25 bits of seconds | 0: valid | 22 bits: a quarter of the way to 90 E | 21 bits: 45 N | alarm and padding.
  const bits = `0${"0".repeat(24)}1${"0"}${"11".padEnd(22, "0")}${"11".padEnd(21, "0")}${"0".repeat(10)}`;
  const set = BigInt(`0b${bits}`).toString(16).padStart(20, "0");
  const bytes = packet(`${set} 02 33 42 6801 8c0a 0010 ${set} 00`, { type: 8 });
  const fix = { latitude: 45, longitude: 90, valid: true, buffered: true };
  expect(told(bytes)).toEqual([
    { fixes: [{ ...fix, speed_mps: 10, course_deg: 270 }, fix], answer: `02${checksumOf(bytes)}` },
  ]);
  expect(told(packet(`${set} 01 ff`, { type: 8 }))).toMatchObject([{ fixes: [], problem: "structure" }]);
  expect(told(packet("00", { type: 8 }))).toMatchObject([{ fixes: [], problem: "structure" }]);
});

test("a cut packet waits; other bytes close the session", () => {
  const session = galileosky.openSession();
  const bytes = packet(`${TIME} ${place()}`);
  expect(session.take(bytes.subarray(0, 2)).messages).toEqual([]);
  expect(session.take(bytes.subarray(2)).messages).toHaveLength(1);
  expect(session.take(hex("01ffff")).closed).toBeUndefined();
  expect(galileosky.openSession().take(hex("02")).closed).toBe("These are no messages of galileosky.");
  expect(galileosky.openSession().takeWhole(bytes.subarray(0, 9))).toMatchObject({
    problem: { code: "structure" },
  });
});

const vectors = findVectors("galileosky");

test.skipIf(!vectors)("messages of real devices", () => {
  const { total, equal, differences, broken } = compareVectors(galileosky, vectors ?? []);
  expect(differences).toEqual({});
  expect({ total, equal, broken }).toEqual({ total: 35, equal: 35, broken: [] });
});

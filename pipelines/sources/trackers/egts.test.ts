import { describe, expect, test } from "vitest";
import { crc8 } from "./crc8.ts";
import { crc16CcittFalse } from "./crc16-ccitt-false.ts";
import { egts } from "./egts.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");
const le16 = (value: number) => Buffer.from([value & 255, value >> 8]).toString("hex");

function packet(data: string, { id = 7, type = 1, flags = 0 } = {}): Buffer {
  const body = hex(data);
  const head = hex(
    `0100${Buffer.from([flags]).toString("hex")}0b00 ${le16(body.length)} ${le16(id)} 0${type}`,
  );
  return Buffer.concat([head, Uint8Array.of(crc8(head)), body, hex(le16(crc16CcittFalse(body)))]);
}

/** A record of a service, about an object where one is given (four bytes). */
function record(number: number, service: number, subrecords: string, object = ""): string {
  const body = subrecords.replaceAll(" ", "");
  const service_hex = Buffer.from([service, service]).toString("hex");
  return `${le16(body.length / 2)}${le16(number)}${object ? "81" : "80"}${object}${service_hex}${body}`;
}

const IMEI = `01 1400 01000000 02 ${Buffer.from("123456789012345").toString("hex")}`;
const NUMBER_ONLY = "01 0500 02000000 00";
/** 2010-01-01T00:01:00Z, 45 N, 90 E, 36 km/h, course 300. */
const place = (flags: string) => `10 1500 3c000000 00000080 00000080 ${flags} 6881 2c 000000 00 00`;
const PLACE = place("01");
const FIX = {
  at_ms: Date.UTC(2010, 0, 1, 0, 1),
  speed_mps: 10,
  course_deg: 300,
  valid: true,
  buffered: false,
};
const NEAR = { latitude: expect.closeTo(45, 6), longitude: expect.closeTo(90, 6) };

const reply = (data: string, id: number, type = 0) => packet(data, { id, type }).toString("hex");
const confirmed = (number: number, records: readonly number[], service: number, status = "00") => {
  const body = records.map((each) => `000300${le16(each)}${status}`).join("");
  return `${le16(body.length / 2)}${le16(number)}40${Buffer.from([service, service]).toString("hex")}${body}`;
};

test("a login by IMEI is confirmed and told its result; both count our packets and records", () => {
  const session = egts.openSession();
  const [login, data] = session.take(
    Buffer.concat([packet(record(5, 1, IMEI)), packet(record(6, 2, PLACE), { id: 8 })]),
  ).messages;
  expect(login).toMatchObject({ device_id: "123456789012345", fixes: [] });
  expect(hexOf(login?.answer)).toBe(
    reply(`070000${confirmed(0, [5], 1)}`, 0) + reply("0400 0100 40 01 01 09 0100 00", 1, 1),
  );
  expect(hexOf(login?.refusal)).toBe(
    reply(`070000${confirmed(0, [5], 1)}`, 0) + reply("0400 0100 40 01 01 09 0100 97", 1, 1),
  );
  expect(data?.fixes).toEqual([{ ...FIX, ...NEAR }]);
  expect(data?.device_id).toBeUndefined();
  expect(hexOf(data?.answer)).toBe(reply(`080000${confirmed(2, [6], 2)}`, 2));
});

test("several records are confirmed one by one, in one record a service", () => {
  const records = [record(1, 2, PLACE), record(2, 2, `${PLACE} 11 0100 00`), record(3, 4, "33 0100 00")];
  const [message] = egts.openSession().take(packet(records.join(""))).messages;
  expect(message?.fixes).toHaveLength(2);
  expect(hexOf(message?.answer)).toBe(reply(`070000${confirmed(0, [1, 2], 2)}${confirmed(1, [3], 4)}`, 0));
});

test("who speaks: a terminal's number, an object, or a platform for many", () => {
  const said = (...parts: readonly string[]) => {
    const session = egts.openSession();
    const { messages } = session.take(Buffer.concat(parts.map((part) => packet(part))));
    return messages.map(({ device_id, fixes }) => [device_id, fixes.map((fix) => fix.device_id)]);
  };
  expect(said(record(1, 1, NUMBER_ONLY))).toEqual([["2", []]]);
  expect(said(record(1, 2, PLACE, "2a000000"))).toEqual([["42", [undefined]]]);
  expect(said(record(1, 1, IMEI), record(2, 2, PLACE, "2a000000"))).toEqual([
    ["123456789012345", []],
    [undefined, [undefined]],
  ]);
  expect(said(record(1, 1, "05 0500 00 01000000"), record(2, 2, PLACE, "2a000000"))).toEqual([
    [undefined, []],
    [undefined, ["42"]],
  ]);
  expect(
    said(record(1, 2, PLACE, "2a000000") + record(2, 2, PLACE, "2b000000") + record(3, 2, PLACE)),
  ).toEqual([[undefined, ["42", "43", "43"]]]);
  expect(said(record(1, 1, IMEI), record(2, 1, "07 0300 610062"))[1]).toEqual(["123456789012345", []]);
});

test("an object that is not ours is told so", () => {
  const [message] = egts.openSession().take(packet(record(1, 2, PLACE, "2a000000"))).messages;
  expect(hexOf(message?.refusal)).toBe(reply(`070000${confirmed(0, [1], 2, "97")}`, 0));
});

test.each([
  ["no fix", "00", { valid: false, buffered: false }],
  ["black box", "09", { valid: true, buffered: true }],
  ["south", "21", { latitude: expect.closeTo(-45, 6) }],
  ["west", "41", { longitude: expect.closeTo(-90, 6) }],
])("a place's flags: %s", (_, flags, expected) => {
  const [message] = egts.openSession().take(packet(record(1, 2, place(flags)))).messages;
  expect(message?.fixes).toEqual([{ ...FIX, ...NEAR, ...expected }]);
});

describe("what cannot be used is answered with a code", () => {
  const damaged = (at: number) => {
    const bytes = packet(record(1, 2, PLACE));
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  test.each([
    ["header checksum", damaged(10), "89", "checksum"],
    ["data checksum", damaged(40), "8a", "checksum"],
    ["compressed", packet(record(1, 2, PLACE), { flags: 4 }), "82", "compression"],
    ["encrypted", packet(record(1, 2, PLACE), { flags: 8 }), "82", "compression"],
    ["unknown type", packet("00", { type: 9 }), "85", "unwanted"],
    ["signature longer than all", packet("ffff00", { type: 2 }), "8b", "structure"],
    ["record longer than all", packet("ffff 0100 80 02 02"), "84", "structure"],
  ])("%s", (_, bytes, code, problem) => {
    const [message] = egts.openSession().take(bytes).messages;
    expect(message).toMatchObject({ fixes: [], problem: { code: problem } });
    expect(hexOf(message?.answer)).toBe(reply(`0700${code}`, 0));
  });
});

test("a record that is cut off costs only itself, and is not confirmed", () => {
  const [message] = egts.openSession().take(packet(`${record(1, 2, PLACE)}ffff 0200 80 02 02`)).messages;
  expect(message).toMatchObject({ fixes: [FIX], problem: { code: "structure" } });
  expect(hexOf(message?.answer)).toBe(reply(`070000${confirmed(0, [1], 2)}`, 0));
});

test("signed packets are read; confirmations and empty packets need no answer", () => {
  const messages = (bytes: Buffer) => egts.openSession().take(bytes).messages;
  expect(messages(packet(`0200 abcd ${record(1, 2, PLACE)}`, { type: 2 }))[0]?.fixes).toHaveLength(1);
  expect(messages(packet(`010000 ${record(1, 1, "00 0300 0100 00")}`, { type: 0 }))).toEqual([{ fixes: [] }]);
});

test("bytes that are no EGTS close the session; a long header waits for its data", () => {
  const { messages, closed } = egts.openSession().take(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
  expect({ messages, closed }).toEqual({ messages: [], closed: "These are no messages of egts." });
  expect(egts.openSession().take(hex("01000003")).closed).toBeDefined();
  expect(egts.openSession().take(hex("0100000b00ffff0000")).closed).toBeUndefined();
});

const vectors = findVectors("egts");

test.skipIf(!vectors)("messages of real devices", () => {
  const { total, equal, differences, broken } = compareVectors(egts, vectors ?? []);
  // One record with 55 places: Traccar keeps the last one, which is the last of ours too.
  expect(Object.keys(differences)).toEqual(["Egts:testDecodeWithAuth:57"]);
  const [ours = "", theirs = "none"] = Object.values(differences)[0]?.split(" | ") ?? [];
  expect(ours.endsWith(` ${theirs}`)).toBe(true);
  expect({ total, equal, broken }).toEqual({ total: 14, equal: 13, broken: [] });
});

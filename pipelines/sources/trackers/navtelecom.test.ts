import { describe, expect, test } from "vitest";
import { crc8 } from "./crc8.ts";
import { navtelecom } from "./navtelecom.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const hex = (...parts: readonly string[]) => Buffer.from(parts.join("").replaceAll(" ", ""), "hex");

/** A packet as a device 7 sends it to server 1. */
function ntcb(body: Uint8Array): Buffer {
  const xor = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum ^ byte, 0);
  const head = Buffer.concat([
    Buffer.from("@NTC"),
    hex("01000000 07000000"),
    Uint8Array.of(body.length & 255, body.length >> 8, xor(body)),
  ]);
  return Buffer.concat([head, Uint8Array.of(xor(head)), body]);
}

function flex(...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([body, Uint8Array.of(crc8(body))]);
}

const LOGIN = ntcb(Buffer.from("*>S:869696049737385"));
/** FLEX 1.0 with index, navigation, time, latitude, longitude, speed, course: 22 + 1 bytes. */
const AGREEMENT = ntcb(Buffer.concat([Buffer.from("*>FLEX"), hex("b0 0a 0a 0e 81 ec")]));

/** Index 5, valid, 2026-11-22T10:00:00Z, 48.5 N 25.25 W, 36 km/h, 350°. */
function record(index: number): Buffer {
  const bytes = Buffer.alloc(23);
  bytes.writeUInt32LE(index, 0);
  bytes.writeUInt8(0x2a, 4);
  bytes.writeUInt32LE(Date.UTC(2026, 10, 22, 10) / 1000, 5);
  bytes.writeInt32LE(48.5 * 600_000, 9);
  bytes.writeInt32LE(-25.25 * 600_000, 13);
  bytes.writeFloatLE(36, 17);
  bytes.writeUInt16LE(350, 21);
  return bytes;
}

const PLACE = {
  at_ms: Date.UTC(2026, 10, 22, 10),
  latitude: 48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
};
const LIVE = { ...PLACE, buffered: false };
const KEPT = { ...PLACE, buffered: true };

function agreed() {
  const session = navtelecom.openSession();
  const { messages } = session.take(Buffer.concat([LOGIN, AGREEMENT]));
  return { session, messages };
}

const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

test("login and agreement, answered in the packet's own frame", () => {
  const [login, agreement] = agreed().messages;
  expect(login?.device_id).toBe("869696049737385");
  // Receiver and sender changed places; 3 bytes; 2a ^ 3c ^ 53 = 45.
  expect(hexOf(login?.answer)).toBe(hexOf(hex("404e5443 07000000 01000000 0300 45 59 2a3c53")));
  expect(hexOf(agreement?.answer)).toMatch(/2a3c464c4558b00a0a$/);
});

test("a newer version than ours is answered with our newest, and its packets are not guessed at", () => {
  const session = navtelecom.openSession();
  const newer = ntcb(Buffer.concat([Buffer.from("*>FLEX"), hex("b0 28 28 08 ff")]));
  const [agreement] = session.take(newer).messages;
  expect(hexOf(agreement?.answer)).toMatch(/2a3c464c4558b01e1e$/);
  expect(session.takeWhole(flex(Buffer.from("~C"), record(5)))?.problem?.code).toBe("structure");
});

describe("FLEX packets and their answers", () => {
  const index = hex("05000000");
  const length = hex("2300");
  const additional = Buffer.concat([
    hex("0a 29 05000000 0000 00000000 2a"),
    record(5).subarray(5, 17),
    hex("00000000"),
    record(5).subarray(17),
  ]);
  test.each([
    ["~A", flex(Buffer.from("~A"), Uint8Array.of(2), record(5), record(6)), [KEPT, KEPT], "7e4102"],
    ["~A of none", flex(Buffer.from("~A"), Uint8Array.of(0)), [], "7e4100"],
    ["~T", flex(Buffer.from("~T"), index, record(5)), [LIVE], "7e5405000000"],
    ["~C", flex(Buffer.from("~C"), record(5)), [LIVE], "7e43"],
    ["~E", flex(Buffer.from("~E"), Uint8Array.of(1), length, additional), [KEPT], "7e4501"],
    ["~X", flex(Buffer.from("~X"), index, length, additional), [LIVE], "7e5805000000"],
  ])("%s", (_, packet, fixes, said) => {
    const { session } = agreed();
    const [message] = session.take(packet).messages;
    expect(message).toEqual({ fixes, answer: expect.anything() });
    expect(hexOf(message?.answer)).toBe(hexOf(flex(hex(said))));
  });

  test("a ping is taken without an answer", () => {
    expect(agreed().session.take(hex("7f7f7f"))).toEqual({ messages: [] });
  });

  test("a wrong checksum is not answered, and the next packet is read", () => {
    const { session } = agreed();
    const packet = flex(Buffer.from("~C"), record(5));
    const wrong = Buffer.from(packet);
    wrong.writeUInt8((wrong.at(-1) ?? 0) ^ 1, wrong.length - 1);
    expect(session.take(Buffer.concat([wrong, packet])).messages).toEqual([
      { fixes: [], problem: { code: "checksum", text: "A FLEX packet's checksum is wrong." } },
      { fixes: [LIVE], answer: expect.anything() },
    ]);
  });

  test("a packet that is cut waits, and a recorded half is no packet", () => {
    const { session } = agreed();
    const packet = flex(Buffer.from("~A"), Uint8Array.of(1), record(5));
    expect(session.take(packet.subarray(0, 10))).toEqual({ messages: [] });
    expect(session.take(packet.subarray(10)).messages).toMatchObject([{ fixes: [KEPT] }]);
    expect(session.takeWhole(packet.subarray(0, 10))).toMatchObject({ problem: { code: "structure" } });
  });

  test("additional records without end close the session", () => {
    const { session } = agreed();
    const many = Buffer.concat([Buffer.from("~E"), hex("ff"), hex("ffff"), Buffer.alloc(0xffff, 0xff)]);
    session.take(many);
    session.take(many);
    session.take(many);
    session.take(many);
    expect(session.take(many).messages).toEqual([]);
    const closed = agreed().session.take(
      Buffer.concat([Buffer.from("~E"), hex("ff"), Buffer.alloc(300_000, 0xff)]),
    );
    expect(closed.closed).toBe("A message is longer than 262144 bytes.");
  });
});

describe("NTCB", () => {
  /** F5.2 at 48.5 N, in radians, with month 10 for November. */
  const fixed = () => {
    const bytes = Buffer.alloc(86);
    bytes.writeUInt8(0x25, 0);
    bytes.writeUInt32LE(77, 1);
    bytes.set([0x02, 10, 0, 0, 22, 10, 26], 34);
    bytes.writeFloatLE((48.5 * Math.PI) / 180, 41);
    bytes.writeFloatLE((-25.25 * Math.PI) / 180, 45);
    bytes.writeFloatLE(36, 49);
    bytes.writeUInt16LE(350, 53);
    return bytes;
  };
  const near = { latitude: expect.closeTo(48.5, 5), longitude: expect.closeTo(-25.25, 5) };

  test("one record is answered by its index", () => {
    const message = navtelecom.openSession().takeWhole(ntcb(Buffer.concat([Buffer.from("*>T"), fixed()])));
    expect(message?.fixes).toEqual([{ ...LIVE, ...near }]);
    expect(hexOf(message?.answer)).toMatch(/^404e544307000000010000000700.{4}2a3c544d000000$/);
  });

  test("an array is answered by its length", () => {
    const body = Buffer.concat([Buffer.from("*>A"), Uint8Array.of(2), fixed(), fixed()]);
    const message = navtelecom.openSession().takeWhole(ntcb(body));
    expect(message?.fixes).toEqual([
      { ...KEPT, ...near },
      { ...KEPT, ...near },
    ]);
    expect(hexOf(message?.answer)).toMatch(/2a3c4102$/);
  });

  test.each([
    ["a record of an unknown format", ntcb(hex("2a3e54 99 00000000")), "structure"],
    [
      "an array that promises more than it has",
      ntcb(Buffer.concat([hex("2a3e41 ff"), fixed()])),
      "structure",
    ],
    ["a login without a name", ntcb(Buffer.from("*>S:")), "structure"],
    ["an agreement without its mask", ntcb(Buffer.from("*>FLEX\u00b0\n\n\u0045", "latin1")), "structure"],
    ["an answer to a command", ntcb(Buffer.from("*#V")), "unwanted"],
    ["a wrong checksum of the head", Buffer.from(LOGIN).fill(0xee, 15, 16), "checksum"],
    ["a wrong checksum of the data", Buffer.from(LOGIN).fill(0x31, 25, 26), "checksum"],
    ["a half", LOGIN.subarray(0, 20), "checksum"],
    ["less than a head", LOGIN.subarray(0, 12), "structure"],
  ])("%s is not answered", (_, packet, code) => {
    const message = navtelecom.openSession().takeWhole(packet);
    expect(message).toEqual({ fixes: [], problem: { code, text: expect.anything() } });
  });

  test("junk is told once, and an empty packet is silent", () => {
    const session = navtelecom.openSession();
    const { messages } = session.take(Buffer.concat([hex("0102 40 03"), ntcb(Buffer.alloc(0)), LOGIN]));
    expect(messages).toMatchObject([{ problem: { code: "structure" } }, { device_id: "869696049737385" }]);
  });
});

const vectors = findVectors("navtelecom-navis");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  const { total, equal, differences, broken } = compareVectors(navtelecom, vectors ?? []);
  expect({ total, equal, differences, broken }).toEqual({ total: 8, equal: 8, differences: {}, broken: [] });
});

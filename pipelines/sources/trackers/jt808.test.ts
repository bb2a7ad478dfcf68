import { describe, expect, test } from "vitest";
import { jt808 } from "./jt808.ts";
import { heard, told } from "./testing.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
  buffered: false,
};
const ID = [0x01, 0x33, 0x05, 0x08, 0x89, 0x75];
const DEVICE = "13305088975";

function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** Beijing is eight hours ahead. */
const TIME = [0x26, 0x11, 0x22, 0x18, 0x00, 0x00];
/** Status: a fix, in the south and west. */
const STATUS_PLACE = [...u32(0x0e), ...u32(48_500_000), ...u32(25_250_000), 0, 9, 1, 0x68, 1, 0x5e, ...TIME];
const PLACE = [...u32(0), ...STATUS_PLACE];

function packet(
  type: number,
  body: readonly number[],
  { id = ID, version = undefined as number | undefined, bits = 0, number = [0x12, 0x34], mark = 0x7e } = {},
): Buffer {
  const attributes = body.length | bits | (version === undefined ? 0 : 0x4000);
  const plain = [
    ...[type >> 8, type & 0xff, attributes >> 8, attributes & 0xff],
    ...(version === undefined ? [] : [version]),
    ...id,
    ...number,
    ...body,
  ];
  const checked = [...plain, plain.reduce((sum, byte) => sum ^ byte, 0)];
  return Buffer.from([
    mark,
    ...checked.flatMap((byte) =>
      byte === mark ? [mark - 1, 2] : byte === mark - 1 ? [mark - 1, 1] : [byte],
    ),
    mark,
  ]);
}

function general(type: number): string {
  return packet(0x8001, [0x12, 0x34, type >> 8, type & 0xff, 0], { number: [0, 0] }).toString("latin1");
}

describe("packets", () => {
  test("with a place are answered by their number", () => {
    expect(told(jt808, packet(0x0200, [...PLACE, 1, 4, 0, 0, 0, 1]))).toEqual({
      device: DEVICE,
      fixes: [FIX],
      answer: general(0x0200),
    });
    expect(told(jt808, packet(0x0200, [1, 2, 3]))).toEqual({
      device: DEVICE,
      fixes: [],
      answer: general(0x0200),
    });
  });

  test.each([
    ["a batch", 0x0704, [0, 2, 0, 0, 28, ...PLACE, 0, 28, ...PLACE], [FIX, FIX]],
    ["a batch of the memory", 0x0704, [0, 1, 1, 0, 28, ...PLACE], [{ ...FIX, buffered: true }]],
    ["a batch that ends too early", 0x0704, [0, 2, 0, 0, 28, ...PLACE, 0, 28, 1], [FIX]],
    ["a short batch", 0x0210, [28, ...PLACE], [{ ...FIX, buffered: true }]],
    ["the battery alone", 0x0210, [79, ...TIME], []],
    ["sensors", 0x0900, [0x53, ...STATUS_PLACE], [FIX]],
    [
      "a collision",
      0x0900,
      [0xff, ...TIME, ...u32(-48_500_000), ...u32(-25_250_000), 0, 9, 1, 0x68, 1, 0x5e],
      [FIX],
    ],
    ["a heartbeat", 0x0002, [], []],
    ["a login", 0x0102, [...Buffer.from(DEVICE)], []],
  ])("%s", (_, type, body, fixes) => {
    expect(told(jt808, packet(type, body))).toEqual({ device: DEVICE, fixes, answer: general(type) });
  });

  test("a registration is answered with the word for the login", () => {
    const answer = packet(0x8100, [0x12, 0x34, 0, ...Buffer.from(DEVICE)], { number: [0, 0] });
    expect(told(jt808, packet(0x0100, [])).answer).toBe(answer.toString("latin1"));
  });

  test("of 2019 have a version and longer numbers", () => {
    const shape = { id: [0, 0, 0, 0, ...ID], version: 1 };
    const answer = packet(0x8001, [0x12, 0x34, 2, 0, 0], { ...shape, number: [0, 0] });
    expect(told(jt808, packet(0x0200, PLACE, shape))).toEqual({
      device: DEVICE,
      fixes: [FIX],
      answer: answer.toString("latin1"),
    });
  });

  test("of locks are answered where they ask for it", () => {
    const body = [...Buffer.from("221126100000" + "48300000" + "025150000" + "1", "hex"), 19, 175];
    const fix = { ...FIX, speed_mps: expect.closeTo((19 * 1.852) / 3.6, 6) };
    const lock = packet(0x5501, body, { bits: 0x8000, number: [7] });
    expect(told(jt808, lock)).toEqual({
      device: DEVICE,
      fixes: [fix],
      answer: packet(0x4401, [0x55, 0x01, 0], { number: [1] }).toString("latin1"),
    });
    expect(told(jt808, packet(0x5502, body, { number: [7] }))).toEqual({
      device: DEVICE,
      fixes: [{ ...fix, valid: false, buffered: true }],
    });
  });

  test("with an IMEI as a number have its check digit added", () => {
    expect(told(jt808, packet(0x0002, [], { id: [0x4e, 0xb6, 0xfb, 0x4a, 0xd6, 0x28] })).device).toBe(
      "865478070001047",
    );
  });

  test("that ask for the time get it", () => {
    const now_ms = Date.parse("2026-11-22T10:20:30Z");
    const answer = (message: Buffer) =>
      Buffer.from(jt808.openSession().takeWhole(message)?.answerAt?.(now_ms) ?? []);
    expect(answer(packet(0x0109, []))).toEqual(
      packet(0x8109, [0x07, 0xea, 11, 22, 10, 20, 30, 0], { number: [0, 0] }),
    );
    expect(answer(Buffer.from("(794104004140,1,001,BASE,2,TIME)")).toString()).toBe(
      "(794104004140,1,001,BASE,2,20261122102030)",
    );
  });

  test("answers of the device, and parts of packets, have no place", () => {
    expect(told(jt808, packet(0x0001, [0, 1, 0x83, 0, 0]))).toEqual({ device: DEVICE, fixes: [] });
    expect(told(jt808, packet(0x0200, PLACE, { bits: 0x2000 })).fixes).toEqual([]);
  });
});

test("a wrong checksum is not answered, and lets no place through", () => {
  const damaged = packet(0x0200, PLACE);
  damaged.writeUInt8(0x55, 20);
  expect(heard(jt808, damaged)).toEqual([{ device: DEVICE, fixes: [], problem: "checksum" }]);
});

test("marks and escapes within, junk and doubled marks between, the other mark, however they are cut", () => {
  const stream = Buffer.concat([
    Buffer.from("$!"),
    packet(0x0200, [...PLACE, 0xfe, 3, 0x7e, 0x7d, 0x01]),
    Buffer.from([0x7e]),
    packet(0x0200, PLACE),
    packet(0x0200, [...PLACE, 0xfe, 2, 0xe7, 0xe6], { mark: 0xe7, id: [0, ...ID] }),
  ]);
  expect(heard(jt808, stream).map(({ fixes, device }) => [fixes?.length, device])).toEqual([
    [0, undefined],
    [1, DEVICE],
    [1, DEVICE],
    [1, DEVICE],
  ]);
});

test("a packet without an end closes the session", () => {
  expect(jt808.openSession().take(Buffer.concat([Buffer.from([0x7e]), Buffer.alloc(5000)])).closed).toBe(
    "A message is longer than 4096 bytes.",
  );
});

const vectors = findVectors("jt808-huabao");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(jt808, vectors ?? [])).toEqual({ total: 65, equal: 65, differences: {}, broken: [] });
});

import { describe, expect, test } from "vitest";
import { meitrack } from "./meitrack.ts";
import { heard, told } from "./testing.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const ID = "861585043200001";
const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
  buffered: false,
};
const PLACE =
  "35,-48.500000,-25.250000,261122100000,A,9,20,36,350,0.9,100,1000,2000,255|1|0065|118A,0000,0|0|0|8D4|2,,*";

function packet(content: string | Buffer, begin = "$$Q"): Buffer {
  const body = Buffer.concat([Buffer.from(`,${ID},`), Buffer.from(content.toString("latin1"), "latin1")]);
  const bytes = Buffer.concat([Buffer.from(`${begin}${body.length + 4}`), body]);
  const sum = bytes.reduce((before, byte) => (before + byte) & 0xff, 0);
  return Buffer.concat([bytes, Buffer.from(`${sum.toString(16).toUpperCase().padStart(2, "0")}\r\n`)]);
}

const confirmation = (content: string) => packet(content, "@@Q").toString();

/** Seconds since 2000. */
const TIME = Buffer.alloc(4);
TIME.writeUInt32LE(FIX.at_ms / 1000 - 946_684_800);
const [LATITUDE, LONGITUDE] = [Buffer.alloc(4), Buffer.alloc(4)];
LATITUDE.writeInt32LE(-48_500_000);
LONGITUDE.writeInt32LE(-25_250_000);

function records(waiting: number): Buffer {
  const values = Buffer.concat([
    Buffer.from([0, 0, 2, 5, 1, 0xfe, 0x69, 90, 2, 8, 36, 0, 9, 0x5e, 1, 3, 2]),
    ...[LATITUDE, Buffer.from([3]), LONGITUDE, Buffer.from([4]), TIME],
    Buffer.from([1, 0x0e, 2, 0, 0]),
  ]);
  const head = Buffer.from([waiting, 0, 0, 0, 1, 0, values.length, 0]);
  return Buffer.concat([Buffer.from("CCE,"), head, values, Buffer.from("*")]);
}

function oldRecords(): Buffer {
  const record = Buffer.concat([
    ...[Buffer.from([35]), LATITUDE, LONGITUDE, TIME, Buffer.from([1, 9, 20, 36, 0, 0x5e, 1])],
    Buffer.alloc(0x34 - 20),
  ]);
  return Buffer.concat([Buffer.from("CCC,"), Buffer.alloc(8), record, record, Buffer.from("*")]);
}

describe("packets", () => {
  test("in text are not answered", () => {
    expect(told(meitrack, packet(`AAA,${PLACE}`))).toEqual({ device: ID, fixes: [FIX] });
  });

  test("out of the memory are answered by their number", () => {
    expect(told(meitrack, packet(`AFF,0004,${PLACE}`))).toEqual({
      device: ID,
      fixes: [{ ...FIX, buffered: true }],
      answer: confirmation("AFF,0004*"),
    });
  });

  test("in binary are answered by how many records they hold", () => {
    const answer = confirmation("CCE,1*");
    expect(told(meitrack, packet(records(0)))).toEqual({ device: ID, fixes: [FIX], answer });
    expect(told(meitrack, packet(records(7))).fixes).toEqual([{ ...FIX, buffered: true }]);
  });

  test("in the older binary kind too", () => {
    expect(told(meitrack, packet(oldRecords()))).toEqual({
      device: ID,
      fixes: [FIX, FIX],
      answer: confirmation("CCC,2*"),
    });
  });

  test("of a photo are not taken", () => {
    expect(told(meitrack, packet("D00,a.jpg,14,0,abc*"))).toEqual({
      device: ID,
      fixes: [],
      problem: "unwanted",
    });
  });
});

test("a wrong checksum is not answered, and lets no place through", () => {
  const damaged = packet(records(0));
  damaged.writeUInt8(0x30, damaged.length - 3);
  damaged.writeUInt8(0x30, damaged.length - 4);
  expect(heard(meitrack, damaged)).toEqual([{ device: ID, fixes: [], problem: "checksum" }]);
});

test("records that end too early are confirmed, or they would come for ever", () => {
  const content = Buffer.concat([
    Buffer.from("CCE,"),
    Buffer.from([0, 0, 0, 0, 2, 0, 99, 0, 1]),
    Buffer.from("*"),
  ]);
  expect(told(meitrack, packet(content))).toEqual({
    device: ID,
    fixes: [],
    problem: "structure",
    answer: confirmation("CCE,2*"),
  });
});

test("packets one after another, however they are cut", () => {
  const stream = Buffer.concat([
    Buffer.from("junk"),
    packet(records(0)),
    packet(`AAA,${PLACE}`),
    packet("AAC,1*"),
  ]);
  expect(heard(meitrack, stream).map(({ fixes }) => fixes?.length)).toEqual([0, 1, 1, 0]);
});

test.each(["$$Qx12,", "$$Q99999,1"])("%s closes the session", (text) => {
  expect(meitrack.openSession().take(Buffer.from(text)).closed).toBeDefined();
});

const vectors = findVectors("meitrack");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(meitrack, vectors ?? [])).toEqual({
    total: 56,
    equal: 56,
    differences: {},
    broken: [],
  });
});

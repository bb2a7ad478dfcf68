import { describe, expect, test } from "vitest";
import { crc16Arc } from "./crc16-arc.ts";
import { teltonika } from "./teltonika.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");
const be32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function packet(data: string): Buffer {
  const body = hex(data);
  return Buffer.concat([be32(0), be32(body.length), body, be32(crc16Arc(body))]);
}

const LOGIN = Buffer.concat([hex("000f"), Buffer.from("123456789012345")]);

/** 2020-09-13T12:26:40.125Z, 25.5 E, 50.25 S, course 270, satellites as given, 36 km/h. */
const gps = (satellites = "07") => `00000174876e807d 01 0f32fdc0 e20c7560 0064 010e ${satellites} 0024`;
const AT_MS = Date.UTC(2020, 8, 13, 12, 26, 40, 125);
const FIX = {
  at_ms: AT_MS,
  latitude: expect.closeTo(-50.25, 6),
  longitude: expect.closeTo(25.5, 6),
  speed_mps: 10,
  course_deg: 270,
  valid: true,
  buffered: false,
};
const IO_8 = "01 04 01 01 01 01 42 1234 01 c7 00000001 01 0b 0000000000000001";
const IO_8E =
  "0001 0005 0001 0001 01 0001 0042 1234 0001 00c7 00000001 0001 000b 0000000000000001 0001 0101 0003 aabbcc";
const IO_16 = "0001 05 04 01 0001 01 01 0042 1234 01 00c7 00000001 01 000b 0000000000000001";
const IO_NONE = "00 00 00 00 00 00";

function told(bytes: Uint8Array) {
  const { messages } = teltonika.openSession().take(bytes);
  return messages.map(({ answer, fixes, problem }) => ({
    fixes,
    answer: hexOf(answer),
    ...(problem && { problem: problem.code }),
  }));
}

test("a login is answered with 1, or with 0", () => {
  const [message] = teltonika.openSession().take(LOGIN).messages;
  expect(message).toMatchObject({ device_id: "123456789012345", fixes: [] });
  expect([hexOf(message?.answer), hexOf(message?.refusal)]).toEqual(["01", "00"]);
  expect(told(hex("0003 616263"))).toEqual([{ fixes: [], answer: "00", problem: "structure" }]);
});

describe("codecs, two records each", () => {
  test.each([
    ["8", "08", IO_8],
    ["8 without values", "08", IO_NONE],
    ["8 with values of 16 bytes", "08", `${IO_NONE} 01 05 ${"ab".repeat(16)}`],
    ["8 Extended", "8e", IO_8E],
    ["16", "10", IO_16],
  ])("%s", (_, codec, elements) => {
    const bytes = packet(`${codec} 02 ${gps()} ${elements} ${gps("00")} ${elements} 02`);
    expect(told(bytes)).toEqual([{ fixes: [FIX, { ...FIX, valid: false }], answer: "00000002" }]);
  });

  test("7: parts are there as their bits say", () => {
    // 2007-01-01T00:01:00Z with the priority's high bits; place 45.5 N 10.25 W, height, course 64/256, 36 km/h, 9 satellites.
    const place = "4000003c 01 1f 42360000 c1240000 0064 40 24 09";
    const without = "4000003d 02 01 f0 01";
    expect(told(packet(`07 02 ${place} ${without} 02`))).toEqual([
      {
        fixes: [
          {
            at_ms: Date.UTC(2007, 0, 1, 0, 1),
            ...{
              latitude: 45.5,
              longitude: -10.25,
              speed_mps: 10,
              course_deg: 90,
              valid: true,
              buffered: false,
            },
          },
        ],
        answer: "00000002",
      },
    ]);
  });

  test("a speed among the values is the one that counts", () => {
    const elements = "00 01 00 01 18 0048 00 00";
    expect(told(packet(`08 01 ${gps()} ${elements} 01`))[0]?.fixes).toEqual([{ ...FIX, speed_mps: 20 }]);
  });
});

test("a place that is none on earth is left out, and confirmed", () => {
  const bytes = packet(`08 01 ${gps().replace("0f32fdc0", "7fffffff")} ${IO_NONE} 01`);
  expect(told(bytes)).toEqual([{ fixes: [], answer: "00000001" }]);
});

test("a datagram names its device and is answered by its numbers", () => {
  const imei = Buffer.from("123456789012345").toString("hex");
  const body = hex(`cafe 01 05 000f ${imei} 08 01 ${gps()} ${IO_8} 01`);
  const bytes = Buffer.concat([Uint8Array.of(0, body.length), body]);
  const [message] = teltonika.openSession().take(bytes).messages;
  expect(message).toMatchObject({ device_id: "123456789012345", fixes: [FIX] });
  expect(hexOf(message?.answer)).toBe("0005cafe010501");
});

test("wrong checksum: nothing is taken, the answer says 0; a recording still shows it", () => {
  const bytes = packet(`08 01 ${gps()} ${IO_8} 01`);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(told(bytes)).toEqual([{ fixes: [], answer: "00000000", problem: "checksum" }]);
  expect(teltonika.openSession().takeWhole(bytes)).toMatchObject({
    fixes: [FIX],
    problem: { code: "checksum" },
  });
});

test.each([
  ["fewer records than said", `08 03 ${gps()} ${IO_8} 03`, 1, "00000003", "structure"],
  ["more values than there are", `08 01 ${gps()} 00 ff ff 01`, 0, "00000001", "structure"],
  [
    "more extended values than there are",
    `8e 01 ${gps()} 0000 ffff 0000 0000 0000 0000 ffff`,
    0,
    "00000001",
    "structure",
  ],
  ["other bytes after the records", `08 01 ${gps()} ${IO_8} 0000 02`, 1, "00000001", "structure"],
  ["unknown codec", "55 01 00 01", 0, "", "unwanted"],
  ["answer to a command", "0c 01 06 00000002 6f6b 01", 0, "", undefined],
])("%s", (_, data, fixes, answer, problem) => {
  expect(told(packet(data))).toEqual([
    { fixes: Array.from({ length: fixes }, () => FIX), answer, ...(problem && { problem }) },
  ]);
});

test("a cut packet waits; a ping is passed; hostile lengths close", () => {
  const session = teltonika.openSession();
  const bytes = packet(`08 01 ${gps()} ${IO_8} 01`);
  expect(session.take(Buffer.concat([hex("ff"), bytes.subarray(0, 30)])).messages).toEqual([{ fixes: [] }]);
  expect(session.take(bytes.subarray(30)).messages).toHaveLength(1);
  expect(session.take(hex("00000000 ffffffff")).closed).toBe("A message is longer than 16384 bytes.");
  expect(teltonika.openSession().take(hex("0000 4141 00000001")).closed).toBe(
    "These are no messages of teltonika.",
  );
  expect(teltonika.openSession().take(Buffer.from("GET /")).closed).toBeDefined();
});

const vectors = findVectors("teltonika");

test.skipIf(!vectors)("messages of real devices", () => {
  const { total, equal, differences, broken } = compareVectors(teltonika, vectors ?? []);
  // The last record of this packet of codec 7 has a time and no place: 0/0 there, and none here.
  expect(Object.keys(differences)).toEqual(["Teltonika:testDecode:111"]);
  expect({ total, equal, broken }).toEqual({ total: 59, equal: 58, broken: [] });
});

test("the metres that a vehicle has driven are told where the device counts them", () => {
  const counted = "01 01 00 00 01 10 0001e240 00";
  expect(told(packet(`08 01 ${gps()} ${counted} 01`))).toEqual([
    { fixes: [{ ...FIX, odometer_m: 123_456 }], answer: "00000001" },
  ]);
});

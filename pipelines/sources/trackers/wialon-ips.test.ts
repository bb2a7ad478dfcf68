import { existsSync, readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TrackerMessage } from "./protocol.ts";
import { encodeBlackBox, encodeData, encodeLogin, encodeShortData } from "./wialon-encode.ts";
import { wialonIps } from "./wialon-ips.ts";

/** What a session tells of lines, in short: who speaks, the places, the answer, the trouble. */
function told(...lines: readonly string[]) {
  const session = wialonIps.openSession();
  return lines.map((line) => brief(session.takeWhole(Buffer.from(line, "latin1"))));
}

function brief(message: TrackerMessage | undefined) {
  if (!message) return undefined;
  return {
    ...(message.device_id && { device: message.device_id }),
    ...(message.fixes.length > 0 && {
      places: message.fixes.map((fix) => `${fix.latitude.toFixed(5)},${fix.longitude.toFixed(5)}`),
    }),
    ...(message.answer && { answer: Buffer.from(message.answer).toString().trim() }),
    ...(message.problem && { problem: message.problem.code }),
    ...(message.text && { text: message.text }),
  };
}

const PLACE = "5544.6025;N;03739.6834;E";
const HERE = ["55.74338,37.66139"];

describe("login", () => {
  test.each([
    ["#L#123456789012345;test", { device: "123456789012345", answer: "#AL#1" }],
    ["#L#2002;NA", { device: "2002", answer: "#AL#1" }],
    ["#L# 2002 ; NA ", { device: "2002", answer: "#AL#1" }],
    ["#L#2.0;42001300083;;DBEB", { device: "42001300083", answer: "#AL#1" }],
    ["#L#2.0;42001300083;;dbeb", { device: "42001300083", answer: "#AL#1" }],
    ["#L#2.0;42001300083;NA", { device: "42001300083", answer: "#AL#1" }],
    ["#L#2.0;42001300083;;CE45", { answer: "#AL#10", problem: "checksum" }],
    ["#L#", { answer: "#AL#0", problem: "structure" }],
    ["#L#;NA", { answer: "#AL#0", problem: "structure" }],
    [`#L#${"9".repeat(65)};NA`, { answer: "#AL#0", problem: "structure" }],
    ["#L#\u0000\u0001;NA", { answer: "#AL#0", problem: "structure" }],
  ])("%s", (line, expected) => {
    expect(told(line)).toEqual([expected]);
  });

  test("a refused device is told so in the protocol's words", () => {
    const refusal = wialonIps.openSession().takeWhole(Buffer.from("#L#7;NA"))?.refusal;
    expect(Buffer.from(refusal ?? []).toString()).toBe("#AL#0\r\n");
  });
});

describe("the answer names what could not be read", () => {
  test.each([
    [`#SD#270413;205601;${PLACE};1;2;3;4`, { places: HERE, answer: "#ASD#1" }],
    [`#SD#270413;205601;${PLACE};1;2;3;4;extra`, { places: HERE, answer: "#ASD#1" }],
    [`#SD# 270413 ; 205601 ; ${PLACE} ; 1 ; 2 ; 3 ; 4 `, { places: HERE, answer: "#ASD#1" }],
    [`#sd#270413;205601;${PLACE.toLowerCase()};1;2;3;4`, { places: HERE, answer: "#ASD#1" }],
    ["#SD#270413;205601;5544.6025;N;0373", { answer: "#ASD#-1", problem: "structure" }],
    [`#SD#320113;205601;${PLACE};1;2;3;4`, { answer: "#ASD#0", problem: "time" }],
    [`#SD#310213;205601;${PLACE};1;2;3;4`, { answer: "#ASD#0", problem: "time" }],
    [`#SD#270413;245601;${PLACE};1;2;3;4`, { answer: "#ASD#0", problem: "time" }],
    [`#SD#270413;NA;${PLACE};1;2;3;4`, { answer: "#ASD#0", problem: "time" }],
    ["#SD#270413;205601;9544.6025;N;03739.6834;E;1;2;3;4", { answer: "#ASD#10", problem: "coordinates" }],
    ["#SD#270413;205601;5544.6025;X;03739.6834;E;1;2;3;4", { answer: "#ASD#10", problem: "coordinates" }],
    ["#SD#270413;205601;NA;NA;03739.6834;E;1;2;3;4", { answer: "#ASD#10", problem: "coordinates" }],
    ["#SD#270413;205601;5544.6025;N;18139.6834;E;1;2;3;4", { answer: "#ASD#10", problem: "coordinates" }],
    [`#SD#270413;205601;${PLACE};fast;2;3;4`, { answer: "#ASD#11", problem: "motion" }],
    [`#SD#270413;205601;${PLACE};1;2;3;many`, { answer: "#ASD#12", problem: "satellites" }],
    [`#SD#270413;205601;${PLACE};1;2;3;4;0000`, { answer: "#ASD#13", problem: "checksum" }],
    ["#SD#270413;205601;NA;NA;NA;NA;1;2;3;4", { answer: "#ASD#1" }],
    [
      `#D#270413;205601;${PLACE};1;2;3;4;0.0;0;0;14.77,0.02,3.6;NA;count1:1:564,hw:3:V4.5`,
      { places: HERE, answer: "#AD#1" },
    ],
    [
      `#D#270413;205601;${PLACE};1;2;3;4;0.0;0;0;14.77;NA;\xc1\xe0:3:100 %`,
      { places: HERE, answer: "#AD#1" },
    ],
    [`#D#270413;205601;${PLACE};1;2;3;4;?;!;x`, { places: HERE, answer: "#AD#1" }],
    [`#D#270413;205601;${PLACE};1;2;3;4;NA;NA;NA;;NA;NA;BEEF`, { answer: "#AD#16", problem: "checksum" }],
    ["#P#", { answer: "#AP#" }],
    ["#M#at the depot", { answer: "#AM#1", text: "at the depot" }],
    ["#I#512;3;9;270413;205601;a.jpg", { answer: "#AI#3;0", problem: "unwanted" }],
    ["#IT#270413;205601;driver;1;9", { answer: "#AIT#0", problem: "unwanted" }],
    ["#T#1;512;4", { answer: "#AT#4;0", problem: "unwanted" }],
    ["#US#512", { problem: "unwanted" }],
    ["#UC#512", { problem: "unwanted" }],
    ["hello", { problem: "structure" }],
    ["", undefined],
    ["\r\n", undefined],
  ])("%s", (line, expected) => {
    expect(told(line)).toEqual([expected]);
  });

  test("a driver's message has a checksum from 2.0 on", () => {
    expect(told("#L#2.0;42001300083;;DBEB", "#M#at the depot;1234")[1]).toEqual({
      answer: "#AM#01",
      problem: "checksum",
    });
    expect(told("#L#2002;NA", "#M#at the depot;1234")[1]).toEqual({
      answer: "#AM#1",
      text: "at the depot;1234",
    });
  });
});

describe("black box", () => {
  const record = `270413;205601;${PLACE};1;2;3;4`;
  test.each([
    [`#B#${record}`, { places: HERE, answer: "#AB#1" }],
    [`#B#${record}|${record}|`, { places: [...HERE, ...HERE], answer: "#AB#2" }],
    [
      `#B#${record}|320113;205601;${PLACE};1;2;3;4|${record}`,
      { places: [...HERE, ...HERE], answer: "#AB#2", problem: "time" },
    ],
    [`#B#${record}|FFFF`, { answer: "#AB#", problem: "checksum" }],
    ["#B#", { answer: "#AB#0" }],
    [`#B#${"|".repeat(9000)}`, { answer: "#AB#0" }],
    [`#B#${"x|".repeat(5001)}`, { answer: "#AB#0", problem: "structure" }],
  ])("%.60s", (line, expected) => {
    expect(told(line)).toEqual([expected]);
  });
});

test("time: fractions of a second, and none at all", () => {
  const at = (when: string, type = "SD") =>
    wialonIps.openSession().takeWhole(Buffer.from(`#${type}#${when};${PLACE};1;2;3;4`))?.fixes[0];
  expect(at("270413;205601.250000000")?.at_ms).toBe(Date.parse("2013-04-27T20:56:01.250Z"));
  expect(at("NA;NA")).toMatchObject({ buffered: false });
  expect(at("NA;NA")?.at_ms).toBeUndefined();
  expect(at("NA;NA", "B")).toMatchObject({ buffered: true });
});

test("what a device does not know is absent, and a fix is claimed by three satellites", () => {
  const fix = (rest: string) =>
    wialonIps.openSession().takeWhole(Buffer.from(`#SD#270413;205601;5544.6025;S;03739.6834;W;${rest}`))
      ?.fixes[0];
  const place = { at_ms: 1367096161000, latitude: -55.743375, longitude: -37.66139, buffered: false };
  expect(fix("NA;NA;NA;NA")).toEqual(place);
  expect(fix("-1;-1;;2")).toEqual({ ...place, valid: false });
  expect(fix("36;360;100;3")).toEqual({ ...place, speed_mps: 10, course_deg: 0, valid: true });
});

test("a datagram's sender and a compressed packet", () => {
  expect(told(`99999999#SD#270413;205601;${PLACE};1;2;3;4`)[0]).toMatchObject({ device: "99999999" });
  expect(told(`2.0;99999999#SD#270413;205601;${PLACE};1;2;3;4`)[0]).toMatchObject({ device: "99999999" });
  const packed = (text: string) => {
    const content = deflateSync(text);
    return Buffer.concat([Buffer.from([0xff, content.length & 255, content.length >> 8]), content]);
  };
  const session = wialonIps.openSession();
  const stream = Buffer.concat([packed("#P#\r\n"), packed("\0".repeat(300_000)), Buffer.from("#P#\r\n")]);
  expect(session.take(stream).messages.map(brief)).toEqual([
    { answer: "#AP#" },
    { problem: "compression" },
    { answer: "#AP#" },
  ]);
});

test("the bytes of a photo are passed over", () => {
  const stream = Buffer.concat([
    Buffer.from("#I#6;0;1;270413;205601;a.jpg\r\n"),
    Buffer.from([10, 13, 35, 80, 35, 10]),
    Buffer.from("#P#\r\n"),
  ]);
  expect(wialonIps.openSession().take(stream).messages.map(brief)).toEqual([
    { answer: "#AI#0;0", problem: "unwanted" },
    { answer: "#AP#" },
  ]);
});

const fixes = fc.record({
  at_ms: fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 11) }).map((ms) => ms - (ms % 1000)),
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  speed_mps: fc.double({ min: 0, max: 60, noNaN: true }),
  course_deg: fc.integer({ min: 0, max: 359 }),
  satellites: fc.integer({ min: 0, max: 30 }),
});

test("what a device sends is what is read", () => {
  fc.assert(
    fc.property(fc.array(fixes, { minLength: 1, maxLength: 20 }), (sent) => {
      const [first] = sent;
      if (!first) return;
      const stream = [encodeLogin("7"), encodeShortData(first), encodeData(first), encodeBlackBox(sent)];
      const { messages } = wialonIps.openSession().take(Buffer.concat(stream));
      expect(messages.map(brief).map((message) => message?.answer)).toEqual([
        "#AL#1",
        "#ASD#1",
        "#AD#1",
        `#AB#${sent.length}`,
      ]);
      const read = messages.flatMap((message) => message.fixes);
      for (const [index, expected] of [first, first, ...sent].entries()) {
        expect(read[index]).toEqual({
          at_ms: expected.at_ms,
          latitude: expect.closeTo(expected.latitude, 6),
          longitude: expect.closeTo(expected.longitude, 6),
          speed_mps: expect.closeTo(expected.speed_mps, 1),
          course_deg: expected.course_deg,
          valid: expected.satellites >= 3,
          buffered: index >= 2,
        });
      }
    }),
  );
});

const VECTORS = "../shared/data/trackers/wialon-ips.json";

describe.skipIf(!existsSync(VECTORS))("messages of real devices", () => {
  type Vector = {
    id: string;
    message: string;
    class: string;
    traccar: {
      time: string | null;
      lat: number;
      lon: number;
      speedKmh: number;
      course: number;
      valid: boolean;
    }[];
  };
  const { vectors }: { vectors: Vector[] } = existsSync(VECTORS)
    ? JSON.parse(readFileSync(VECTORS, "utf8"))
    : { vectors: [] };
  const session = wialonIps.openSession();

  test.each(vectors)("$id", ({ message, traccar }) => {
    // A message without a place is a position at 0/0 there, and none here.
    const expected = traccar.filter(({ lat, lon }) => lat !== 0 || lon !== 0);
    expect(session.takeWhole(Buffer.from(message))?.fixes ?? []).toEqual(
      expected.map(({ time, lat, lon, speedKmh, course, valid }) =>
        expect.objectContaining({
          ...(time && { at_ms: Date.parse(time) }),
          latitude: expect.closeTo(lat, 6),
          longitude: expect.closeTo(lon, 6),
          // What is not known is 0 or false there, and absent here.
          ...(speedKmh && { speed_mps: expect.closeTo(speedKmh / 3.6, 6) }),
          ...(course && { course_deg: expect.closeTo(course, 6) }),
          ...(valid && { valid }),
        }),
      ),
    );
  });
});

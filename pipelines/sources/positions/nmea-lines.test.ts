import { expect, test } from "vitest";
import { nmeaLines } from "./nmea-lines.ts";

const RMC = "$GPRMC,112233.25,A,5027.006,N,03031.404,E,15.55,090.0,301126,,*00";
/** The same with the checksum that belongs to it. */
const whole = (sentence: string) => {
  const sum = Buffer.from(sentence.slice(1, sentence.indexOf("*"))).reduce((all, byte) => all ^ byte, 0);
  return `${sentence.slice(0, sentence.indexOf("*"))}*${sum.toString(16).toUpperCase().padStart(2, "0")}\r\n`;
};

test("sentences are places however the packets cut them", () => {
  const session = nmeaLines.openSession();
  const text = Buffer.from(whole(RMC) + whole(RMC));
  const taken = [text.subarray(0, 30), text.subarray(30, 90), text.subarray(90)].map((part) =>
    session.take(part),
  );
  expect(taken.flatMap(({ problems }) => problems)).toEqual([]);
  const fix = {
    latitude: expect.closeTo(50.4501, 6),
    longitude: expect.closeTo(30.5234, 6),
    at_ms: Date.UTC(2026, 10, 30, 11, 22, 33),
    speed_mps: expect.closeTo(8, 1),
    course_deg: 90,
    valid: true,
    buffered: false,
  };
  expect(taken.flatMap(({ fixes }) => fixes)).toEqual([
    { fix, after_ms: 0 },
    { fix, after_ms: 0 },
  ]);
});

test("a wrong checksum places nobody, a receiver without a fix says so", () => {
  const session = nmeaLines.openSession();
  const wrong = session.take(Buffer.from(`${RMC}\r\n`));
  expect([wrong.fixes, wrong.problems.map(({ code }) => code)]).toEqual([[], ["checksum"]]);
  const [searching] = session.take(Buffer.from(whole(RMC.replace(",A,", ",V,")))).fixes;
  expect(searching?.fix.valid).toBe(false);
});

test("noise without an end costs itself alone", () => {
  const session = nmeaLines.openSession();
  const noise = session.take(Buffer.alloc(5_000, "x"));
  expect(noise.problems.map(({ code }) => code)).toEqual(["structure"]);
  expect(session.take(Buffer.from(whole(RMC))).fixes.length).toBe(1);
});

test.for([
  { text: "$GNGGA,1", is: true },
  { text: "06.0,E*11\r\n$GPRMC,1", is: true },
  { text: "$PUBX,00", is: false },
  { text: "DEVC", is: false },
])("$text begins sentences: $is", ({ text, is }) => {
  expect(nmeaLines.recognise(Buffer.from(text))).toBe(is);
});

import { describe, expect, test } from "vitest";
import { h02 } from "./h02.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const FIX = {
  at_ms: Date.UTC(2026, 10, 22, 10),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: expect.closeTo(10, 3),
  course_deg: 350,
  valid: true,
  buffered: false,
};
const PLACE = "100000,A,4830.0000,S,02515.0000,W,19.4384,350,221126,FFFFFBFF";

function told(message: string | Buffer) {
  const read = h02.openSession().takeWhole(Buffer.from(message));
  return {
    fixes: read?.fixes,
    ...(read?.device_id && { device: read.device_id }),
    ...(read?.answer && { answer: Buffer.from(read.answer).toString() }),
    ...(read?.problem && { problem: read.problem.code }),
  };
}

describe("text", () => {
  const confirmed = "*HQ,4210209006,V4,V1,20261122100000#";
  test.each([
    [`V1,${PLACE}`, { fixes: [FIX], answer: confirmed }],
    [`V1,${PLACE},460,11,d18e105,7752,6`, { fixes: [FIX], answer: confirmed }],
    [`V1,${PLACE.replace("221126", "4,221126")}`, { fixes: [FIX], answer: confirmed }],
    [`V1,${PLACE.replace("4830.0000", "-48-30.0000")}`, { fixes: [FIX], answer: confirmed }],
    [
      `V1,${PLACE.replace("4830.0000", "48300000").replace("02515.0000", "025150000")}`,
      { fixes: [FIX], answer: confirmed },
    ],
    [`V1,${PLACE.replace(",A,", ",V,")}`, { fixes: [{ ...FIX, valid: false }], answer: confirmed }],
    [`V1,${PLACE.replace(",A,", ",,")}`, { fixes: [{ ...FIX, valid: false }], answer: confirmed }],
    [`VI1,${PLACE.replace(",A,", ",0,")}`, { fixes: [FIX] }],
    [`V4,S20,DONE,130305,${PLACE}`, { fixes: [FIX] }],
    [`V1,${PLACE.replace("221126", "321126")}`, { fixes: [] }],
    ["V1,,V,,N,,E,0.00,0,,FFFFF7FF,f0,a,11a0,c0c6", { fixes: [] }],
    [
      "NBR,100000,262,02,255,1,431,17003,26,221126,FFFFFBFF",
      { fixes: [], answer: confirmed.replace("V1", "NBR") },
    ],
    ["HTBT", { fixes: [] }],
  ])("%s", (body, expected) => {
    expect(told(`*HQ,4210209006,${body}#`)).toEqual({ ...expected, device: "4210209006" });
  });

  test.each(["*HQ,,V1#", "*HQ,4210209006,V1", "hello", `*HQ,${"1".repeat(40)},V1#`])(
    "%s is no packet",
    (text) => {
      expect(told(text)).toEqual({ fixes: [], problem: "structure" });
    },
  );
});

/** Bits: 2 for a fix, 4 for north, 8 for east. */
const binary = (id: string, length: number) =>
  Buffer.from(`24${id}100000221126483000000602515000${"0"}2019350fffffbff`.padEnd(2 * length, "0"), "hex");

describe("binary", () => {
  const fix = { ...FIX, speed_mps: expect.closeTo((19 * 1.852) / 3.6, 6) };
  test.each([
    [32, "4210209006", "4210209006"],
    [45, "4210209006", "4210209006"],
    [42, "3524830841932930", "352483084193293"],
  ])("of %i bytes", (length, id, device) => {
    expect(told(binary(id, length))).toEqual({ fixes: [fix], device });
  });

  test("letters among the digits", () => {
    expect(told(Buffer.alloc(32, 0x24))).toMatchObject({ fixes: [] });
    expect(told(Buffer.alloc(32, 0x5a))).toMatchObject({ problem: "structure" });
  });

  test.each([32, 42, 45])("of %i bytes among text, however they are cut", (length) => {
    const packet = binary(length === 42 ? "3524830841932930" : "4210209006", length);
    const text = Buffer.from("*HQ,4210209006,HTBT#\r\n");
    const stream = Buffer.concat([packet, text, packet, packet, text]);
    const session = h02.openSession();
    const messages = Array.from(stream, (byte) => session.take(Uint8Array.of(byte)).messages).flat();
    expect(messages).toEqual(h02.openSession().take(stream).messages);
    expect(messages.map(({ fixes }) => fixes.length)).toEqual([1, 0, 1, 1, 0]);
  });
});

test("a text without an end closes the session", () => {
  expect(h02.openSession().take(Buffer.alloc(5000, "*")).closed).toBe("A message is longer than 4096 bytes.");
});

const vectors = findVectors("h02");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(h02, vectors ?? [])).toEqual({ total: 37, equal: 37, differences: {}, broken: [] });
});

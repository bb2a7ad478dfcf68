import { describe, expect, test } from "vitest";
import { heard, told } from "./testing.ts";
import { tk103 } from "./tk103.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const ID = "013612345678";
const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: 10,
  course_deg: 350,
  valid: true,
  buffered: false,
};
const COLUMNS = "261122A4830.0000S02515.0000W036.0100000350.0001000000L000770AD";
const COMMAS = ",221126,A,4830.0000S,02515.0000W,036.0,100000,350.00";

describe("packets", () => {
  test.each([
    [`(${ID}BP00000${ID}HSO)`, { device: ID, fixes: [], answer: `(${ID}AP01HSO)` }],
    [`(${ID}BP05000${ID}${COLUMNS})`, { device: ID, fixes: [FIX], answer: `(${ID}AP05)` }],
    [`(${ID}BR00${COLUMNS})`, { device: ID, fixes: [FIX] }],
    [`(${ID}BO012${COLUMNS})`, { device: ID, fixes: [FIX], answer: `(${ID}AS012)` }],
    [`(${ID}BQ81,ALARM,1,164,${COLUMNS})`, { device: ID, fixes: [FIX] }],
    [`(86555555,BP05${COMMAS})`, { device: "86555555", fixes: [FIX], answer: "(86555555AP05)" }],
    [`(864555555555555,DW3B${COMMAS},-0.10,4)`, { device: "864555555555555", fixes: [FIX] }],
    [`(${ID}BR00${COLUMNS.replace("A", "V")})`, { device: ID, fixes: [{ ...FIX, valid: false }] }],
    [`(${ID}BR00${COLUMNS.replace("261122", "261100")})`, { device: ID, fixes: [] }],
    [`(${ID}BZ00,{460,0,20949,58711},01000000)`, { device: ID, fixes: [] }],
    [`(${ID},ZC03,221126,100000,$version 1 (2016)$)`, { device: ID, fixes: [] }],
  ])("%s", (text, expected) => {
    expect(told(tk103, text)).toEqual(expected);
  });
});

test.each(["hello", "(BP05)", "()"])("%s is no packet", (text) => {
  expect(told(tk103, text)).toEqual({ fixes: [], problem: "structure" });
});

test("junk and quoted brackets between packets, however they are cut", () => {
  const stream = `ga$)rbage(${ID}BR00${COLUMNS})\r\n(${ID},ZC03,$)(quoted$)(${ID}BP05${COLUMNS})`;
  expect(heard(tk103, stream).map(({ fixes }) => fixes?.length)).toEqual([0, 1, 0, 1]);
});

test("a packet without an end closes the session", () => {
  expect(tk103.openSession().take(Buffer.alloc(3000, "(")).closed).toBe(
    "A message is longer than 2048 bytes.",
  );
});

const vectors = findVectors("tk103");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(tk103, vectors ?? [])).toEqual({
    total: 30,
    equal: 29,
    // Columns hold the year first: 170304 is of 2017, which Traccar reads as the 17th of March 2004.
    differences: { "Tk103:testDecode:68": expect.stringMatching(/^2017-03-04.* \| 2004-03-17/) },
    broken: [],
  });
});

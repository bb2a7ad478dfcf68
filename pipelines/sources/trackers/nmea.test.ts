import { describe, expect, test } from "vitest";
import { nmea } from "./nmea.ts";
import { heard, told } from "./testing.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: -48.5,
  longitude: -25.25,
  speed_mps: expect.closeTo(10, 3),
  course_deg: 350,
  valid: true,
  buffered: false,
};
const { speed_mps: _speed, course_deg: _course, at_ms: _at, ...still } = FIX;
const PLACE = "4830.0000,S,02515.0000,W";
const RMC = `GPRMC,100000.000,A,${PLACE},19.4384,350,221126,,`;

/** With the checksum that a receiver would write. */
function sentence(body: string): string {
  const sum = Buffer.from(body).reduce((before, byte) => before ^ byte, 0);
  return `$${body}*${sum.toString(16).padStart(2, "0")}`;
}

describe("sentences", () => {
  test.each([
    [sentence(RMC), [FIX]],
    [sentence(RMC.replace("GP", "GN")), [FIX]],
    [`$${RMC}`, [FIX]],
    [sentence(RMC.replace(",A,", ",V,")), [{ ...FIX, valid: false }]],
    [sentence(RMC.replace("221126", "320126")), []],
    [sentence(`GPGGA,100000.000,${PLACE},1,09,0.9,100,M,,,,`), [still]],
    [sentence(`GPGGA,100000.000,${PLACE},0,00,,,M,,,,`), [{ ...still, valid: false }]],
    [`$GPRMA,A,${PLACE},,,19.4384,350,11.,E`, [{ ...still, speed_mps: FIX.speed_mps, course_deg: 350 }]],
    [
      `$PUBX,00,100000.00,${PLACE},90.1,D3,4.1,5.2,36,350,0,7.0`,
      [{ ...still, speed_mps: 10, course_deg: 350 }],
    ],
    ["$TRCCR,20261122100000.000,A,-48.5,-25.25,19.4384,350.0,3.3,4.4,*00", [FIX]],
    ["QZE,356821040000000,1,22112026,100000,-48.5,-25.25,36,350,A,1", [FIX]],
    ["$ID,356821040000000,666,GPSET,A,D,221126,T,100000,La,48.5,S,Lo,25.25,W,H,350,V,19.4384,DD,0", [FIX]],
    ["$GPTXT,hello", []],
  ])("%s", (text, fixes) => {
    expect(told(nmea, text).fixes).toEqual(fixes);
  });
});

describe("names", () => {
  test.each([
    ["$PGID,359853000144328*0F", "359853000144328"],
    ["$IMEI=355797031609284", "355797031609284"],
    ["IMEI 351467108700000", "351467108700000"],
    ["358244017671308", "358244017671308"],
    ["$PCPTI,Bus 12,184453,184453.0", "Bus 12"],
    [`4711/022789000688081/${sentence(RMC)}`, "022789000688081"],
    [`990000561287964,${sentence(RMC)}`, "990000561287964"],
    [`${sentence(RMC)},11,865733027593268,1,090,086`, "865733027593268"],
    [sentence(RMC), undefined],
    [`${"1".repeat(40)}${sentence(RMC)}`, undefined],
  ])("%s", (text, device) => {
    expect(told(nmea, text).device).toBe(device);
  });
});

test("a wrong checksum lets no place through", () => {
  expect(heard(nmea, `${sentence(RMC).slice(0, -2)}00\r\n`)).toEqual([{ fixes: [], problem: "checksum" }]);
});

test("a place from before the name is claimed by it; sentences of one fix have one moment", () => {
  const messages = heard(
    nmea,
    `${sentence(RMC)}\r\n$GPFID,BUS12\r\n${sentence(`GPGGA,100001.000,${PLACE},1,09`)}\n`,
  );
  expect(messages).toEqual([
    { fixes: [FIX] },
    { fixes: [FIX], device: "BUS12" },
    { fixes: [{ ...still, at_ms: FIX.at_ms + 1000 }] },
  ]);
  expect(nmea.openSession().takeWhole(Buffer.from(sentence(RMC)))?.name_follows).toBe(true);
});

test("a line without end closes the session", () => {
  expect(nmea.openSession().take(Buffer.alloc(2000, "$")).closed).toBe(
    "A message is longer than 1024 bytes.",
  );
});

const vectors = findVectors("t55-nmea");

test.skipIf(!vectors)("messages of real devices are read as Traccar reads them", () => {
  expect(compareVectors(nmea, vectors ?? [])).toEqual({
    total: 24,
    equal: 24,
    // Traccar tells a place from before the name only after it; here the gateway waits for the name.
    differences: { "T55:testMaxonDecode:144": expect.stringMatching(/fix \| none$/) },
    broken: [],
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { detectProtocol, FIRST_BYTES_MAX } from "./detect.ts";
import { bytesOfRecorded } from "./recorded-message.ts";
import { findVectors } from "./vectors.ts";

function detected(first: Uint8Array): string | undefined {
  const found = detectProtocol(first);
  return typeof found === "object" ? found.name : found;
}

const bytesOf = (first: string | Buffer) =>
  typeof first === "string" ? Buffer.from(first, "latin1") : first;
const hex = (digits: string) => Buffer.from(digits, "hex");

/** What devices begin a connection with. */
const FIRST: readonly (readonly [protocol: string, first: string | Buffer])[] = [
  ["wialon-ips", "#L#2.0;350000000000001;NA;1C5A\r\n"],
  ["egts", hex("0100000b000f0001000106080001000a1001020102")],
  ["teltonika", Buffer.concat([hex("000f"), Buffer.from("350000000000001")])],
  ["galileosky", Buffer.concat([hex("01170001820210033335"), Buffer.from("0000000000001")])],
  ["arnavi", hex("ff22f30c45f5c90f0300")],
  ["arnavi", "$AV,V4,32768,12487,2277,203,-1,0,0,193,0,0*24\r\n"],
  ["navtelecom", "@NTC\u0001\u0000\u0000\u0000"],
  ["ndtp", hex("7e7e3a00020037d0")],
  ["omnicomm", hex("c080080061a61915340100001dec")],
  ["granit", "+RRCB~\u001a\u0000"],
  ["adm", Buffer.concat([hex("01004203"), Buffer.from("350000000000001"), hex("0501")])],
  ["adm", Buffer.concat([Buffer.from("350000000000001"), hex("00003728e000001402")])],
  ["ruptela", hex("003300013e5234d2b10001010000")],
  ["nmea", "$GPRMC,100000.000,A,"],
  ["nmea", "350000000000001,$GPRMC,"],
  ["nmea", "350000000000001\r\n"],
  ["nmea", "IMEI 350000000000001\r\n"],
  ["osmand", "POST / HTTP/1.1\r\n"],
  ["gt06", hex("78780d010350000000000001000f1234")],
  ["h02", "*HQ,4210209006,V1,"],
  ["h02", hex("2442102090061000002211264830")],
  ["gps103", "##,imei:350000000000001,A;"],
  ["tk103", "(013612345678BP00000013612345678HSO)"],
  ["meitrack", "$$Q130,350000000000001,AAA,"],
  ["jt808", hex("7e010000210133050889750001")],
  ["gl200", "+RESP:GTFRI,060228,350000000000001,"],
];

test.for(FIRST)("%s", ([protocol, first]) => {
  expect(detected(bytesOf(first))).toBe(protocol);
});

test("fewer bytes wait, and never tell another protocol", () => {
  for (const [protocol, first] of FIRST) {
    const bytes = bytesOf(first);
    for (let length = 0; length < bytes.length; length++) {
      expect([protocol, "more"]).toContain(detected(bytes.subarray(0, length)));
    }
  }
});

test.each(["hello there", "\u0000".repeat(12), "SSH-2.0-OpenSSH_9.2", "\u0016\u0003\u0001\u0002\u0000"])(
  "%j is nobody known",
  (first) => {
    expect(detected(Buffer.from(first, "latin1"))).toBeUndefined();
  },
);

test("what cannot be told is told to be nobody at the limit", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: FIRST_BYTES_MAX, maxLength: 200 }), (first) => {
      expect(detected(first)).not.toBe("more");
    }),
    { numRuns: 2000 },
  );
});

/** Recordings often begin in mid-connection; of these every message may begin one. */
const ALWAYS = ["wialon-ips", "egts", "granit", "osmand", "gt06", "h02", "tk103", "meitrack", "gl200"];

test.each(ALWAYS)("messages of real devices: %s", (protocol) => {
  const vectors = findVectors(protocol) ?? [];
  expect(
    vectors.filter((vector) => detected(bytesOfRecorded(vector)) !== protocol).map(({ id }) => id),
  ).toEqual([]);
});

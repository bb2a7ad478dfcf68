import { isoOf } from "@yardline/domain/time";
import { crc16Arc } from "./crc16-arc.ts";
import { exactly, type SentFix, type TrackerSpeaker } from "./speaker.ts";
import { degreesMinutes } from "./write-degrees.ts";

/** The packets of Wialon IPS 2.0 that a device sends; the simulated buses and the tests speak with them. */
export function encodeLogin(device_id: string): Uint8Array {
  return packet("L", `2.0;${device_id};NA;`);
}

export function encodeShortData(fix: SentFix): Uint8Array {
  return packet("SD", `${recordOf(fix)};`);
}

export function encodeData(fix: SentFix): Uint8Array {
  return packet("D", `${recordOf(fix)};NA;NA;NA;;NA;NA;`);
}

export function encodeBlackBox(fixes: readonly SentFix[]): Uint8Array {
  return packet("B", fixes.map((fix) => `${recordOf(fix)}|`).join(""));
}

export function encodePing(): Uint8Array {
  return Buffer.from("#P#\r\n");
}

function packet(type: string, body: string): Uint8Array {
  const checksum = crc16Arc(Buffer.from(body)).toString(16).toUpperCase().padStart(4, "0");
  return Buffer.from(`#${type}#${body}${checksum}\r\n`);
}

function recordOf({ at_ms, latitude, longitude, speed_mps, course_deg, satellites }: SentFix): string {
  const iso = isoOf(at_ms);
  return [
    `${iso.slice(8, 10)}${iso.slice(5, 7)}${iso.slice(2, 4)}`,
    `${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}`,
    `${degreesMinutes(latitude, 2)};${latitude < 0 ? "S" : "N"}`,
    `${degreesMinutes(longitude, 3)};${longitude < 0 ? "W" : "E"}`,
    speed_mps === undefined ? "NA" : (speed_mps * 3.6).toFixed(1),
    course_deg === undefined ? "NA" : String(Math.round(course_deg) % 360),
    "NA",
    satellites ?? "NA",
  ].join(";");
}

/** Wialon IPS 2.0 over TCP, from the device's side: a place, or several as a black box. */
export const wialonSpeaker: TrackerSpeaker = {
  protocol: "wialon-ips",
  fixes_max: 100,
  open: (device_id) => ({
    login: { sends: encodeLogin(device_id), isHeard: exactly("#AL#1\r\n") },
    tell([first, ...others]) {
      if (first && others.length === 0) return { sends: encodeData(first), isHeard: exactly("#AD#1\r\n") };
      const fixes = first ? [first, ...others] : [];
      return { sends: encodeBlackBox(fixes), isHeard: exactly(`#AB#${fixes.length}\r\n`) };
    },
  }),
};

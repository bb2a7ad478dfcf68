import { isoOf } from "@yardline/domain/time";
import { crc16Arc } from "./crc16-arc.ts";
import type { Fix } from "./protocol.ts";

/** A place as a device would send it: with a time, and the satellites that it rests on. */
export type SentFix = Omit<Fix, "valid" | "buffered" | "at_ms"> & {
  readonly at_ms: number;
  readonly satellites?: number;
};

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
    degreesOf(latitude, 2, "N", "S"),
    degreesOf(longitude, 3, "E", "W"),
    speed_mps === undefined ? "NA" : (speed_mps * 3.6).toFixed(1),
    course_deg === undefined ? "NA" : String(Math.round(course_deg) % 360),
    "NA",
    satellites ?? "NA",
  ].join(";");
}

const MINUTE_DECIMALS = 5;

function degreesOf(value: number, digits: number, positive: string, negative: string): string {
  // Rounded as a whole, or 59.999999 minutes would become 60.
  const units = Math.round(Math.abs(value) * 60 * 10 ** MINUTE_DECIMALS);
  const perDegree = 60 * 10 ** MINUTE_DECIMALS;
  const minutes = (units % perDegree) / 10 ** MINUTE_DECIMALS;
  const degrees = String(Math.floor(units / perDegree)).padStart(digits, "0");
  const text = minutes.toFixed(MINUTE_DECIMALS).padStart(3 + MINUTE_DECIMALS, "0");
  return `${degrees}${text};${value < 0 ? negative : positive}`;
}

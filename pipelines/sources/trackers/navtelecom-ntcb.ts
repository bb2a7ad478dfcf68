import type { Fix } from "./protocol.ts";
import { findFix, findUtc_ms } from "./reported-fix.ts";

/** Sizes of the fixed formats of NTCB, by the record's first byte; `navigation` is where the place begins, where there is one. */
const FORMATS: ReadonlyMap<number, { readonly bytes: number; readonly navigation?: number }> = new Map([
  [0x01, { bytes: 30 }],
  [0x02, { bytes: 71, navigation: 38 }],
  [0x03, { bytes: 26 }],
  [0x04, { bytes: 27 }],
  [0x05, { bytes: 67, navigation: 34 }],
  [0x15, { bytes: 82, navigation: 34 }],
  [0x25, { bytes: 86, navigation: 34 }],
  [0x06, { bytes: 111, navigation: 74 }],
]);

const F6 = 0x06;
const PLACE_IS_VALID = 2;
const DEGREE = 600_000;

type NtcbRecord = {
  readonly bytes: number;
  /** The record's number, for the answer. */
  readonly index: number;
  /** Absent in formats without a place, and where its time is none. */
  readonly fix?: Fix;
};

/** The record at the start of `bytes`; undefined where its format is unknown or it is cut short. */
export function findNtcbRecord(bytes: Uint8Array, buffered: boolean): NtcbRecord | undefined {
  const format = FORMATS.get(bytes[0] ?? 0);
  if (!format || bytes.length < format.bytes) return undefined;
  const index = viewOf(bytes).getUint32(1, true);
  const { navigation } = format;
  const fix =
    navigation === undefined
      ? undefined
      : readNavigation(bytes.subarray(navigation), bytes[0] === F6, buffered);
  return { bytes: format.bytes, index, ...(fix && { fix }) };
}

/** State, hours to seconds, day, month from 0, year of the century; then F6 counts in minutes × 10⁴, the others in radians. */
function readNavigation(bytes: Uint8Array, isF6: boolean, buffered: boolean): Fix | undefined {
  const view = viewOf(bytes);
  const [state = 0, hours = 0, minutes = 0, seconds = 0, day = 0, month = 0, year = 0] = bytes;
  const degrees = (at: number) =>
    isF6 ? view.getInt32(at, true) / DEGREE : (view.getFloat32(at, true) * 180) / Math.PI;
  const motion = isF6 ? 19 : 15;
  const at_ms = findUtc_ms([2000 + year, month + 1, day], [hours, minutes, seconds]);
  if (at_ms === undefined) return undefined;
  return findFix({
    latitude: degrees(7),
    longitude: degrees(11),
    at_ms,
    speed_kmh: view.getFloat32(motion, true),
    course_deg: view.getUint16(motion + 4, true),
    valid: (state & PLACE_IS_VALID) !== 0,
    buffered,
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

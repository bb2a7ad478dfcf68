import { openCursor } from "./byte-cursor.ts";
import type { Fix } from "./protocol.ts";
import { findFix } from "./reported-fix.ts";

/** Services and subrecords as the standard numbers them; those not named here are confirmed and not read. */
export const AUTH_SERVICE = 1;
const TERM_IDENTITY = 1;
const DISPATCHER_IDENTITY = 5;
const AUTH_INFO = 7;
const POS_DATA = 16;

/** EGTS counts seconds from 2010-01-01T00:00:00Z. */
const EPOCH_MS = Date.UTC(2010, 0, 1);
const UINT32_MAX = 0xffffffff;
const IMEI_BYTES = 15;

/** One record: what its subrecords say. */
export type EgtsRecord = {
  readonly number: number;
  readonly service: number;
  /** The object that it tells of, as a terminal or a passing-on platform names it. */
  readonly object_id?: string;
  readonly fixes: readonly Fix[];
  /** Who connects: a terminal by its IMEI or its number; a platform speaks for others; a password changes neither. */
  readonly login?: { readonly device_id: string } | "platform" | "password";
};

/** Reads records one after another; `whole` is false where the last one is cut off or badly built. */
export function readEgtsRecords(bytes: Uint8Array): { records: readonly EgtsRecord[]; whole: boolean } {
  const records: EgtsRecord[] = [];
  const cursor = openCursor(bytes, "little");
  while (cursor.left() > 0) {
    const length = cursor.u16();
    const number = cursor.u16();
    const flags = cursor.u8();
    const object_id = flags & 1 ? String(cursor.u32()) : undefined;
    // An event's number and the record's time.
    cursor.skip((flags & 2 ? 4 : 0) + (flags & 4 ? 4 : 0));
    const service = cursor.u8();
    cursor.skip(1);
    const said = readSubrecords(cursor.take(length), service);
    if (cursor.overrun()) return { records, whole: false };
    records.push({ number, service, ...(object_id !== undefined && { object_id }), ...said });
  }
  return { records, whole: true };
}

function readSubrecords(bytes: Uint8Array, service: number): Pick<EgtsRecord, "fixes" | "login"> {
  const fixes: Fix[] = [];
  let login: EgtsRecord["login"];
  const cursor = openCursor(bytes, "little");
  while (cursor.left() > 0) {
    const type = cursor.u8();
    const body = cursor.take(cursor.u16());
    if (cursor.overrun()) break;
    if (service === AUTH_SERVICE) login = findLogin(type, body) ?? login;
    else if (type === POS_DATA) fixes.push(...listPlace(body));
  }
  return { fixes, ...(login && { login }) };
}

function findLogin(type: number, body: Uint8Array): EgtsRecord["login"] {
  if (type === DISPATCHER_IDENTITY) return "platform";
  if (type === AUTH_INFO) return "password";
  if (type !== TERM_IDENTITY) return undefined;
  const cursor = openCursor(body, "little");
  const terminal = cursor.u32();
  const flags = cursor.u8();
  // The number of the platform that the terminal belongs to.
  if (flags & 1) cursor.skip(2);
  const imei = flags & 2 ? Buffer.from(cursor.take(IMEI_BYTES)).toString("latin1") : "";
  if (cursor.overrun()) return undefined;
  return { device_id: /^\d+/.exec(imei.trim())?.[0] ?? String(terminal) };
}

/** EGTS_SR_POS_DATA: one place, or none where it is cut off. */
function listPlace(body: Uint8Array): readonly Fix[] {
  const cursor = openCursor(body, "little");
  const at_ms = EPOCH_MS + cursor.u32() * 1000;
  const latitude = (cursor.u32() / UINT32_MAX) * 90;
  const longitude = (cursor.u32() / UINT32_MAX) * 180;
  const flags = cursor.u8();
  const speed = cursor.u16();
  const direction = cursor.u8();
  if (cursor.overrun()) return [];
  const fix = findFix({
    at_ms,
    latitude: flags & 0x20 ? -latitude : latitude,
    longitude: flags & 0x40 ? -longitude : longitude,
    // The two high bits are the height's sign and the course's ninth bit.
    speed_kmh: (speed & 0x3fff) / 10,
    course_deg: direction + (speed & 0x8000 ? 256 : 0),
    valid: (flags & 0x01) !== 0,
    buffered: (flags & 0x08) !== 0,
  });
  return fix ? [fix] : [];
}

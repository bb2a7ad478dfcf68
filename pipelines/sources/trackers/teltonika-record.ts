import type { ByteCursor } from "./byte-cursor.ts";
import type { Fix } from "./protocol.ts";
import { findFix } from "./reported-fix.ts";

/** "8 long" is codec 8 of devices that add values of 16 bytes to it. */
export type TeltonikaCodec = "7" | "8" | "8 long" | "8E" | "16";
type Codec8 = Exclude<TeltonikaCodec, "7">;

/** The kinds of values, in their order; "own" begins with its length. */
const VALUE_BYTES: Readonly<Record<Codec8, readonly (number | "own")[]>> = {
  "8": [1, 2, 4, 8],
  "8 long": [1, 2, 4, 8, 16],
  "8E": [1, 2, 4, 8, "own"],
  "16": [1, 2, 4, 8],
};
/** The value of two bytes that tells the speed in km/h. */
const SPEED = 24;
/** The value of four bytes that tells the metres driven in all. */
const ODOMETER = 16;
const DEGREES = 1e-7;
const UINT32 = 2 ** 32;
/** Codec 7 counts seconds from 2007-01-01T00:00:00Z, in 30 bits below the priority's two. */
const CODEC_7_EPOCH_MS = Date.UTC(2007, 0, 1);
const CODEC_7_SECONDS = 0x3fffffff;

/** Reads one record, which may have no place; whether it was whole, the cursor knows. Inputs and sensors are passed over. */
export function findTeltonikaFix(cursor: ByteCursor, codec: TeltonikaCodec): Fix | undefined {
  return codec === "7" ? readCodec7(cursor) : readCodec8(cursor, codec);
}

function readCodec8(cursor: ByteCursor, codec: Codec8): Fix | undefined {
  const at_ms = cursor.u32() * UINT32 + cursor.u32();
  // The priority.
  cursor.skip(1);
  const longitude = cursor.i32() * DEGREES;
  const latitude = cursor.i32() * DEGREES;
  // The height.
  cursor.skip(2);
  const course_deg = cursor.u16();
  const satellites = cursor.u8();
  const gps_kmh = cursor.u16();
  const { speed_kmh = gps_kmh, odometer_m } = readElements(cursor, codec);
  return findFix({
    ...{ at_ms, latitude, longitude, speed_kmh, course_deg, odometer_m },
    // Without satellites a device repeats its last place.
    valid: satellites > 0,
    buffered: false,
  });
}

/**
 * Values of 1, 2, 4 and 8 bytes, each kind with its count; in 8 Extended also of any length. All are passed over but the metres driven
 * and the speed: where a device is set to send it, it is the one that it reckons with.
 */
function readElements(cursor: ByteCursor, codec: Codec8): Told {
  const wide = codec === "8E" || codec === "16";
  const readId = () => (wide ? cursor.u16() : cursor.u8());
  const readCount = () => (codec === "8E" ? cursor.u16() : cursor.u8());
  let told: Told = {};
  // What caused the record, in codec 16 how, and the count of all values.
  readId();
  if (codec === "16") cursor.skip(1);
  readCount();
  for (const value_bytes of VALUE_BYTES[codec]) {
    for (let left = readCount(); left > 0 && !cursor.overrun(); left--) {
      told = { ...told, ...readElement(cursor, readId(), value_bytes) };
    }
  }
  return told;
}

type Told = { readonly speed_kmh?: number; readonly odometer_m?: number };

function readElement(cursor: ByteCursor, id: number, value_bytes: number | "own"): Told | undefined {
  if (id === SPEED && value_bytes === 2) return { speed_kmh: cursor.u16() };
  if (id === ODOMETER && value_bytes === 4) return { odometer_m: cursor.u32() };
  cursor.skip(value_bytes === "own" ? cursor.u16() : value_bytes);
  return undefined;
}

/** Codec 7 of the GH devices: each part is there only where its bit is set. */
function readCodec7(cursor: ByteCursor): Fix | undefined {
  const at_ms = CODEC_7_EPOCH_MS + (cursor.u32() & CODEC_7_SECONDS) * 1000;
  const parts = cursor.u8();
  const fix = parts & 1 ? readCodec7Place(cursor, at_ms) : undefined;
  for (const [bit, value_bytes] of [
    [2, 1],
    [4, 2],
    [8, 4],
  ] as const) {
    if (parts & bit) cursor.skip(cursor.u8() * (1 + value_bytes));
  }
  return fix;
}

function readCodec7Place(cursor: ByteCursor, at_ms: number): Fix | undefined {
  const parts = cursor.u8();
  const place = parts & 1 ? { latitude: cursor.f32(), longitude: cursor.f32() } : undefined;
  // The height.
  if (parts & 2) cursor.skip(2);
  const course_deg = parts & 4 ? (cursor.u8() * 360) / 256 : undefined;
  const speed_kmh = parts & 8 ? cursor.u8() : undefined;
  const satellites = parts & 16 ? cursor.u8() : undefined;
  // Cell, signal and operator of the telephone network.
  cursor.skip((parts & 32 ? 4 : 0) + (parts & 64 ? 1 : 0) + (parts & 128 ? 4 : 0));
  const valid = satellites === undefined ? undefined : satellites > 0;
  return place && findFix({ ...place, at_ms, speed_kmh, course_deg, valid, buffered: false });
}

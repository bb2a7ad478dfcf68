import type { EpochMs } from "@yardline/domain/time";
import type { Fix, TrackerProblem } from "../trackers/protocol.ts";
import { findFix } from "../trackers/reported-fix.ts";
import { definePositionFormat, type PositionData, type PositionSession } from "./position-format.ts";

/** How every universal label begins (SMPTE ST 336), and the one of the UAS datalink local set. */
const LABEL = Buffer.from("060e2b34", "hex");
const UAS_LOCAL_SET = Buffer.from("060e2b34020b01010e01030101000000", "hex");
const LABEL_BYTES = 16;
/** A set of a real system has a few hundred bytes. */
const SET_BYTES_MAX = 64 * 1024;
const LENGTH_BYTES_MAX = 9;

const TAG = { checksum: 1, time: 2, heading: 5, latitude: 13, longitude: 14, speed: 56 } as const;
const MPS_IN_KMH = 3.6;

/**
 * Key-length-value sets in MPEG-TS or RTP, of which the UAS datalink local set has the place of the camera: MISB ST 0601 (tags 2 time,
 * 13 and 14 sensor latitude and longitude, 56 speed, 5 heading, 1 checksum), framed as SMPTE ST 336. A set whose checksum is wrong, or
 * missing, places nobody. Sets of other kinds are passed over.
 * @see MISB ST 0601.8 and ST 0107
 */
export const klv = definePositionFormat({
  name: "klv",
  title: "MISB ST 0601 (KLV)",
  recognise: (packet) => LABEL.equals(packet.subarray(0, LABEL.length)),
  openSession,
});

const STRUCTURE: TrackerProblem = { code: "structure", text: "A set is cut short, or its length is wrong." };
const CHECKSUM: TrackerProblem = { code: "checksum", text: "A set's checksum is wrong or missing." };

function openSession(): PositionSession {
  let kept: Buffer = Buffer.alloc(0);
  return {
    take(packet) {
      const problems: TrackerProblem[] = [];
      // A packet begins with a set, or goes on with one: what was waited for did not come.
      const begins = kept.length > 0 && LABEL.equals(packet.subarray(0, LABEL.length));
      if (begins) problems.push(STRUCTURE);
      const { sets, rest, lost } = cutSets(begins ? Buffer.from(packet) : Buffer.concat([kept, packet]));
      kept = Buffer.from(rest);
      if (lost) problems.push(STRUCTURE);
      const fixes: Fix[] = [];
      for (const set of sets) {
        const read = readSet(set);
        if ("code" in read) problems.push(read);
        else if (read.fix) fixes.push(read.fix);
      }
      return { fixes: timed(fixes), problems };
    },
  };
}

/** Several sets in one packet are as far apart as their own times say. */
function timed(fixes: readonly Fix[]): PositionData["fixes"] {
  const [first] = fixes;
  return fixes.map((fix) => {
    const after_ms = (fix.at_ms ?? 0) - (first?.at_ms ?? 0);
    return { fix, after_ms: after_ms > 0 && after_ms < 60_000 ? after_ms : 0 };
  });
}

type Cut = { readonly sets: readonly Buffer[]; readonly rest: Buffer; readonly lost: boolean };

/** Sets of the one kind that we read. What stands between them is lost. */
function cutSets(bytes: Buffer): Cut {
  const sets: Buffer[] = [];
  let lost = false;
  for (let left = bytes; ; ) {
    const at = labelIn(left);
    lost ||= at > 0;
    left = left.subarray(at);
    const end = endOf(left);
    if (end === undefined || (end <= SET_BYTES_MAX && end > left.length)) return { sets, rest: left, lost };
    const set = left.subarray(0, end);
    const isOurs = left.subarray(0, LABEL_BYTES).equals(UAS_LOCAL_SET);
    const isLie = end > SET_BYTES_MAX;
    lost ||= isLie;
    if (isOurs && !isLie) sets.push(set);
    // A length that lies must not swallow the sets after it: unless the checksum holds, they are looked for inside, too.
    const passed = isLie || (isOurs && !isWhole(set)) ? LABEL.length : end;
    left = left.subarray(passed);
    if (passed < end) left = left.subarray(labelIn(left));
  }
}

/** Where the next label begins, or may begin with what is still to come. */
function labelIn(bytes: Buffer): number {
  const at = bytes.indexOf(LABEL);
  if (at >= 0) return at;
  const begins = [3, 2, 1].find((count) => bytes.subarray(-count).equals(LABEL.subarray(0, count)));
  return bytes.length - (begins ?? 0);
}

/** How many bytes the set has that begins here; undefined while they are too few to tell. */
function endOf(bytes: Buffer): number | undefined {
  const length = lengthAt(bytes, LABEL_BYTES);
  return length && length.begins + length.value;
}

/** A length as BER has it: one byte, or how many bytes it has. Undefined while they are too few. */
function lengthAt(
  bytes: Buffer,
  at: number,
): { readonly value: number; readonly begins: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, begins: at + 1 };
  const count = first & 0x7f;
  // Without a length of its own, or with one of more than four bytes, it is a lie.
  if (count === 0 || count > 4) return { value: Number.POSITIVE_INFINITY, begins: at + 1 };
  if (bytes.length < at + 1 + count) return undefined;
  return { value: bytes.readUIntBE(at + 1, count), begins: at + 1 + count };
}

/** The last item is the checksum: the bytes before its value, added up in pairs (ST 0601, 6.1). */
function isWhole(set: Buffer): boolean {
  const at = set.length - 4;
  if (at < LABEL_BYTES || set[at] !== TAG.checksum || set[at + 1] !== 2) return false;
  let sum = 0;
  for (let index = 0; index < set.length - 2; index++) {
    sum = (sum + ((set[index] ?? 0) << (index % 2 === 0 ? 8 : 0))) & 0xffff;
  }
  return sum === set.readUInt16BE(set.length - 2);
}

function readSet(set: Buffer): { readonly fix: Fix | undefined } | TrackerProblem {
  if (!isWhole(set)) return CHECKSUM;
  const items = itemsIn(set.subarray(lengthAt(set, LABEL_BYTES)?.begins ?? set.length));
  return items ? { fix: fixOf(items) } : STRUCTURE;
}

/** Values by their tags; undefined where a length leads beyond the end. */
function itemsIn(bytes: Buffer): ReadonlyMap<number, Buffer> | undefined {
  const items = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    let tag = 0;
    for (let more = true; more && at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      tag = tag * 128 + (byte & 0x7f);
      more = byte >= 0x80;
    }
    const length = lengthAt(bytes, at);
    if (!length || length.begins - at > LENGTH_BYTES_MAX) return undefined;
    at = length.begins + length.value;
    if (at > bytes.length) return undefined;
    items.set(tag, bytes.subarray(length.begins, at));
  }
  return items;
}

/** Undefined where the set tells no place, or says that it is beyond what can be told (−2^31). */
function fixOf(items: ReadonlyMap<number, Buffer>): Fix | undefined {
  const latitude = degreesOf(items.get(TAG.latitude), 90);
  const longitude = degreesOf(items.get(TAG.longitude), 180);
  if (latitude === undefined || longitude === undefined) return undefined;
  const heading = items.get(TAG.heading);
  const speed = items.get(TAG.speed);
  return findFix({
    latitude,
    longitude,
    at_ms: momentOf(items.get(TAG.time)),
    speed_kmh: speed?.length === 1 ? speed.readUInt8() * MPS_IN_KMH : undefined,
    // A bus goes where its nose points.
    course_deg: heading?.length === 2 ? (heading.readUInt16BE() * 360) / 0xffff : undefined,
    buffered: false,
  });
}

function degreesOf(value: Buffer | undefined, max_deg: number): number | undefined {
  if (value?.length !== 4) return undefined;
  const raw = value.readInt32BE();
  return raw === -0x8000_0000 ? undefined : (raw * max_deg) / 0x7fff_ffff;
}

/** Microseconds since 1970. */
function momentOf(value: Buffer | undefined): EpochMs | undefined {
  if (value?.length !== 8) return undefined;
  const at_ms = Number(value.readBigUInt64BE() / 1000n);
  return Number.isSafeInteger(at_ms) ? at_ms : undefined;
}

import { crc16Arc } from "./crc16-arc.ts";
import { exactly, type SentFix, type TrackerSpeaker } from "./speaker.ts";

const CODEC_8 = 0x08;
const DEGREES = 1e-7;
const UINT32 = 2 ** 32;
const RECORD_BYTES = 30;

/** Teltonika Codec 8 over TCP, from the device's side. */
export const teltonikaSpeaker: TrackerSpeaker = {
  protocol: "teltonika",
  fixes_max: 30,
  open: (device_id) => ({
    login: {
      sends: Buffer.concat([Uint8Array.of(0, device_id.length), Buffer.from(device_id)]),
      isHeard: exactly(Uint8Array.of(1)),
    },
    tell: (fixes) => ({
      sends: packet(fixes),
      isHeard: exactly(Uint8Array.of(0, 0, 0, fixes.length)),
    }),
  }),
};

/** Four zeros and a length, the records between two counts of them, and a checksum. */
function packet(fixes: readonly SentFix[]): Uint8Array {
  const data = Buffer.concat([
    Uint8Array.of(CODEC_8, fixes.length),
    ...fixes.map(recordOf),
    Uint8Array.of(fixes.length),
  ]);
  const [head, tail] = [Buffer.alloc(8), Buffer.alloc(4)];
  head.writeUInt32BE(data.length, 4);
  tail.writeUInt32BE(crc16Arc(data));
  return Buffer.concat([head, data, tail]);
}

/** Time, priority, longitude, latitude, height, course, satellites, speed; and no values of sensors. */
function recordOf(fix: SentFix): Uint8Array {
  const { at_ms, latitude, longitude, speed_mps = 0, course_deg = 0, satellites = 9 } = fix;
  const record = Buffer.alloc(RECORD_BYTES);
  record.writeUInt32BE(Math.floor(at_ms / UINT32), 0);
  record.writeUInt32BE(at_ms % UINT32, 4);
  record.writeInt32BE(Math.round(longitude / DEGREES), 9);
  record.writeInt32BE(Math.round(latitude / DEGREES), 13);
  record.writeUInt16BE(Math.round(course_deg) % 360, 19);
  record.writeUInt8(satellites, 21);
  record.writeUInt16BE(Math.round(speed_mps * 3.6), 22);
  return record;
}

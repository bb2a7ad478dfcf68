import { crc16X25 } from "./crc16-reflected.ts";
import { exactly, type SentFix, type TrackerSpeaker } from "./speaker.ts";

const LOGIN = 0x01;
const LOCATION = 0x12;
const DEGREE = 1_800_000;
const IS_FIX = 0x1000;
const IS_WEST = 0x0800;
const IS_NORTH = 0x0400;
/** That twelve bytes of a place follow, and how many satellites there are. */
const PLACE_MARK = 0xc0;
/** Country, network, area and cell of the telephone network. */
const CELL_BYTES = 8;

/** GT06 over TCP, from the device's side: one place a packet, each confirmed by its number. */
export const gt06Speaker: TrackerSpeaker = {
  protocol: "gt06",
  fixes_max: 1,
  open(device_id) {
    let number = 0;
    const say = (type: number, content: Uint8Array) => {
      number = (number + 1) & 0xffff;
      const counted = Uint8Array.of(number >> 8, number & 0xff);
      return {
        sends: packet(type, Buffer.concat([content, counted])),
        isHeard: exactly(packet(type, counted)),
      };
    };
    return {
      login: say(LOGIN, Buffer.from(device_id.padStart(16, "0"), "hex")),
      tell: (fixes) => say(LOCATION, Buffer.concat(fixes.map(placeOf))),
    };
  },
};

function packet(type: number, content: Uint8Array): Uint8Array {
  const body = Buffer.concat([Uint8Array.of(content.length + 3, type), content]);
  const checksum = crc16X25(body);
  return Buffer.concat([
    Uint8Array.of(0x78, 0x78),
    body,
    Uint8Array.of(checksum >> 8, checksum & 0xff, 0x0d, 0x0a),
  ]);
}

/** Date, satellites, latitude, longitude, speed, course with its bits, and an empty cell. */
function placeOf(fix: SentFix): Uint8Array {
  const { at_ms, latitude, longitude, speed_mps = 0, course_deg = 0, satellites = 9 } = fix;
  const at = new Date(at_ms);
  const bytes = Buffer.alloc(18 + CELL_BYTES);
  bytes.set([at.getUTCFullYear() - 2000, at.getUTCMonth() + 1, at.getUTCDate()], 0);
  bytes.set([at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()], 3);
  bytes.writeUInt8(PLACE_MARK | Math.min(satellites, 0x0f), 6);
  bytes.writeUInt32BE(Math.round(Math.abs(latitude) * DEGREE), 7);
  bytes.writeUInt32BE(Math.round(Math.abs(longitude) * DEGREE), 11);
  bytes.writeUInt8(Math.min(0xff, Math.round(speed_mps * 3.6)), 15);
  const sides = (latitude < 0 ? 0 : IS_NORTH) | (longitude < 0 ? IS_WEST : 0);
  bytes.writeUInt16BE(IS_FIX | sides | (Math.round(course_deg) % 360), 16);
  return bytes;
}

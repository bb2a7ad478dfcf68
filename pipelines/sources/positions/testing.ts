import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const LABEL = Buffer.from("060e2b34020b01010e01030101000000", "hex");

/** A UAS datalink local set of values in hex by their tags; its checksum is added, or `spoilt` by so much. */
export function localSet(items: Readonly<Record<number, string>>, spoilt = 0): Buffer {
  const values = Object.entries(items).map(([tag, hex]) =>
    Buffer.concat([Buffer.from([Number(tag), hex.length / 2]), Buffer.from(hex, "hex")]),
  );
  const content = Buffer.concat([...values, Buffer.from([1, 2])]);
  const unsummed = Buffer.concat([LABEL, Buffer.from([content.length + 2]), content]);
  const sum = unsummed.reduce((total, byte, at) => (total + byte * (at % 2 === 0 ? 256 : 1)) & 0xffff, 0);
  const check = Buffer.alloc(2);
  check.writeUInt16BE((sum + spoilt) & 0xffff);
  return Buffer.concat([unsummed, check]);
}

/** The set of a place at a time. */
export function placeSet(latitude: number, longitude: number, at_ms: number): Buffer {
  const hex = (value: number, max: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(Math.round((value / max) * 0x7fff_ffff));
    return bytes.toString("hex");
  };
  const time = (BigInt(at_ms) * 1000n).toString(16).padStart(16, "0");
  return localSet({ 2: time, 13: hex(latitude, 90), 14: hex(longitude, 180) });
}

const TS_BYTES = 188;
/** The second stream of what ffmpeg makes. */
const DATA_PID = 0x101;

/** An MPEG-TS of moving bars with one packet of data at the beginning of each second, made by the real ffmpeg. */
export function rideVideo(folder: string, packets: readonly Buffer[]): Buffer {
  const seconds = packets.map((packet, second) => {
    const data = join(folder, `second-${second}.data`);
    writeFileSync(data, packet);
    return execFileSync("ffmpeg", [
      ...["-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=1"],
      ...["-f", "data", "-raw_packet_size", String(packet.length), "-i", data, "-map", "0:v", "-map", "1:d"],
      ...[
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        "0",
        "-g",
        "10",
        "-pix_fmt",
        "yuv420p",
        "-c:d",
        "copy",
      ],
      ...["-output_ts_offset", String(second), "-f", "mpegts", "pipe:1"],
    ]);
  });
  return Buffer.concat(seconds);
}

/** Takes the presentation times out of the heads of its data packets (ISO/IEC 13818-1, 2.4.3.6): asynchronous metadata have none. */
export function withoutTimes(stream: Buffer): Buffer {
  const made = Buffer.from(stream);
  for (let at = 0; at < made.length; at += TS_BYTES) {
    const begins = (made.readUInt8(at + 1) & 0x40) !== 0;
    if (!begins || (made.readUInt16BE(at + 1) & 0x1fff) !== DATA_PID) continue;
    const adapted = (made.readUInt8(at + 3) & 0x20) !== 0;
    const head = at + 4 + (adapted ? 1 + made.readUInt8(at + 4) : 0);
    made.writeUInt8(made.readUInt8(head + 7) & 0x3f, head + 7);
    made.fill(0xff, head + 9, head + 9 + made.readUInt8(head + 8));
  }
  return made;
}

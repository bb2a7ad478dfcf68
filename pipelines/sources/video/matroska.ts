import { jpegSize } from "./jpeg-size.ts";

/** Element ids of Matroska (RFC 9559). */
const ID = {
  ebml: "1a45dfa3",
  docType: "4282",
  docTypeVersion: "4287",
  docTypeReadVersion: "4285",
  segment: "18538067",
  info: "1549a966",
  timestampScale: "2ad7b1",
  muxingApp: "4d80",
  writingApp: "5741",
  tracks: "1654ae6b",
  trackEntry: "ae",
  trackNumber: "d7",
  trackUid: "73c5",
  trackType: "83",
  codecId: "86",
  video: "e0",
  pixelWidth: "b0",
  pixelHeight: "ba",
  cluster: "1f43b675",
  timestamp: "e7",
  simpleBlock: "a3",
} as const;

const TIMESTAMP_NS = 1_000_000;
const VIDEO = 1;
const SIZE_UNKNOWN = Buffer.from("01ffffffffffffff", "hex");
/** Track 1, no time beside the cluster's, a key frame. */
const BLOCK_HEAD = Buffer.from([0x81, 0, 0, 0x80]);

/** What comes before the first picture: JPEG pictures of its size, times in milliseconds, no end. */
export function matroskaHead(jpeg: Uint8Array): Buffer {
  const { width_px = 0, height_px = 0 } = jpegSize(jpeg) ?? {};
  const track = element(
    ID.trackEntry,
    element(ID.trackNumber, unsigned(1)),
    element(ID.trackUid, unsigned(1)),
    element(ID.trackType, unsigned(VIDEO)),
    element(ID.codecId, Buffer.from("V_MJPEG")),
    element(
      ID.video,
      element(ID.pixelWidth, unsigned(width_px)),
      element(ID.pixelHeight, unsigned(height_px)),
    ),
  );
  return Buffer.concat([
    element(
      ID.ebml,
      element(ID.docType, Buffer.from("matroska")),
      element(ID.docTypeVersion, unsigned(4)),
      element(ID.docTypeReadVersion, unsigned(2)),
    ),
    Buffer.from(ID.segment, "hex"),
    SIZE_UNKNOWN,
    element(
      ID.info,
      element(ID.timestampScale, unsigned(TIMESTAMP_NS)),
      element(ID.muxingApp, Buffer.from("yardline")),
      element(ID.writingApp, Buffer.from("yardline")),
    ),
    element(ID.tracks, track),
  ]);
}

/** One picture in a cluster of its own, which ffmpeg hands on as soon as it has it. */
export function matroskaPicture(jpeg: Uint8Array, pts_ms: number): Buffer {
  return element(
    ID.cluster,
    element(ID.timestamp, unsigned(pts_ms)),
    element(ID.simpleBlock, BLOCK_HEAD, jpeg),
  );
}

function element(id: string, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, piece) => sum + piece.length, 0);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE((1n << 56n) | BigInt(length));
  return Buffer.concat([Buffer.from(id, "hex"), size, ...content]);
}

function unsigned(value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(Math.max(0, Math.round(value)), 0, 6);
  return bytes;
}

import { pictureBytes } from "@yardline/domain/picture";
import { createNutPacketReader, ELIDED_BYTES_MAX } from "./nut-packets.ts";
import { brokenNut, type StreamHeader } from "./nut-syntax.ts";

/** One packet of the stream: a raw picture as ffmpeg wrote it. */
export type RawPicture = {
  /** Presentation time in seconds of the stream's own timeline. */
  readonly pts_s: number;
  /** Size that the stream declared at its beginning; `data` of another length means that the pictures changed in size. */
  readonly width_px: number;
  readonly height_px: number;
  readonly data: Uint8Array;
};

/**
 * Reads raw yuv420p pictures with their times out of a NUT stream, chunk by chunk as a pipe gives them. Each picture's bytes
 * are copied once, into memory of its own; of a chunk nothing is kept.
 * @returns a function that takes the next chunk and gives the pictures it completed.
 * Throws AppError `VIDEO_UNREADABLE` for anything but one video stream in NUT; nothing may be pushed after that.
 */
export function createNutReader(): (chunk: Uint8Array) => RawPicture[] {
  const sizeOf = ({ size_px }: StreamHeader) => {
    if (!size_px) throw brokenNut("a stream that is not video");
    return size_px;
  };
  const read = createNutPacketReader({
    streams_max: 1,
    bytesMax(stream) {
      const { width_px, height_px } = sizeOf(stream);
      return 2 * pictureBytes(width_px, height_px, "yuv420p") + ELIDED_BYTES_MAX;
    },
  });
  return (chunk) => read(chunk).map(({ stream, pts_s, data }) => ({ pts_s, ...sizeOf(stream), data }));
}

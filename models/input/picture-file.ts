import { AppError, messageOf } from "@yardline/domain/errors";
import type { Picture } from "@yardline/domain/picture";
import sharp from "sharp";

/** A picture from disk, decoded, and how large it is there. */
export type PictureFile = {
  readonly picture: Picture;
  /** Size in the file; `picture` is a scaled-down one when that is very large. */
  readonly width_px: number;
  readonly height_px: number;
};

/** 100 megapixels: beyond any camera, and what a file of a few kilobytes may pretend to be. */
const PIXELS_MAX = 100_000_000;
/** Networks look at 512 to 1280 pixels; a larger picture is scaled down to this while it is decoded. */
const SIDE_PX_MAX = 2048;
/** sharp would also draw SVG and PDF; those are programs, not pictures. */
const FORMATS: ReadonlySet<string | undefined> = new Set(["jpeg", "png", "webp", "tiff", "gif", "heif"]);

/**
 * Decodes a picture file to `rgb24`. Pixels stay as they lie in the file: an EXIF orientation is not applied, since boxes are
 * told in the file's own pixels (and COCO's are).
 * @throws AppError `PICTURE_UNREADABLE` for what is no picture, is cut off, or is larger than 100 megapixels.
 */
export async function readPictureFile(path: string): Promise<PictureFile> {
  try {
    const file = sharp(path, { limitInputPixels: PIXELS_MAX, failOn: "error" });
    const { format, width, height } = await file.metadata();
    if (!FORMATS.has(format)) throw new Error(`${format} is not a format of photographs`);
    const { data, info } = await file
      .resize({ width: SIDE_PX_MAX, height: SIDE_PX_MAX, fit: "inside", withoutEnlargement: true })
      .flatten()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    const picture = {
      width_px: info.width,
      height_px: info.height,
      format: "rgb24",
      data: rgbOf(data, info.channels),
    } as const;
    return { picture, width_px: width, height_px: height };
  } catch (cause) {
    const [why = ""] = messageOf(cause).split("\n");
    throw new AppError("PICTURE_UNREADABLE", `${path} cannot be read as a picture: ${why}`, { cause });
  }
}

/** Grey pictures come with one channel. */
function rgbOf(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let at = 0; at < rgb.length; at++) rgb[at] = data[Math.floor(at / 3) * channels] ?? 0;
  return rgb;
}

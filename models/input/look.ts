import { PICTURE_SIDE_PX_MAX } from "@yardline/detection/detector";
import { suppress } from "@yardline/detection/suppress";
import { areaOf, type Box, WHOLE } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import { AppError } from "@yardline/domain/errors";
import type { Picture } from "@yardline/domain/picture";
import { type Crop, cropOf, cut, outOfRegion, regionOf, within } from "@yardline/frames/crop";

/** One look of a network, as it goes to a worker: pixels, which of them, and where they lie in the whole picture. */
export type Look = {
  readonly picture: Picture;
  /** The part of `picture` to look at. */
  readonly crop: Crop;
  /** Where that part lies in the picture that was asked about, in fractions: the region, outwards to whole pairs of pixels. */
  readonly at: Box;
  /** What was asked for: no box reaches out of it. */
  readonly region: Box;
  /** Whether fewer pixels than the network takes are made as many. */
  readonly enlarge: boolean;
};

/**
 * What has to go to a worker so that it can look at a region. A picture in shared memory goes as it is; of any other only the
 * region's pixels are taken, because it is copied on the way, with all the memory behind it.
 * @throws AppError `PICTURE_TOO_LARGE`.
 */
export function lookAt(picture: Picture, region: Box = WHOLE, enlarge = false): Look {
  const { width_px, height_px, data } = picture;
  if (Math.max(width_px, height_px) > PICTURE_SIDE_PX_MAX) {
    const message = `a picture of ${width_px} × ${height_px} pixels is larger than any camera's (${PICTURE_SIDE_PX_MAX})`;
    throw new AppError("PICTURE_TOO_LARGE", message);
  }
  const crop = cropOf(picture, region);
  const at = regionOf(crop, picture);
  const isWhole = crop.width_px === width_px && crop.height_px === height_px;
  const isAlone = data.byteLength === data.buffer.byteLength;
  if (data.buffer instanceof SharedArrayBuffer || (isWhole && isAlone))
    return { picture, crop, at, region, enlarge };
  const part = cut(picture, crop);
  return { picture: part, crop: cropOf(part, WHOLE), at, region, enlarge };
}

/** What a network found, in fractions of the looked-at part, as detections of the whole picture. */
export function found(detections: readonly Detection[], { at, region }: Look, overlap_max: number) {
  const placed = detections.map((each) => ({ ...each, box: within(outOfRegion(each.box, at), region) }));
  return suppress(
    placed.filter(({ box }) => areaOf(box) > 0),
    overlap_max,
  );
}

import type { Box } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import type { Picture } from "@yardline/domain/picture";

export type DetectOptions = {
  /** Gives up: a picture that waits is forgotten, of one that is looked at the answer is not waited for. */
  readonly signal?: AbortSignal;
  /**
   * The part of the picture to look at, in fractions of the whole; the whole where it is absent. A smaller part is seen larger, up to
   * its own pixels.
   */
  readonly region?: Box;
  /** The part is blown up to all that the network takes, for what is small in it. */
  readonly enlarge?: boolean;
};

/** Finds objects in one picture. The same picture always gives the same detections, whatever else the machine does. */
export interface Detector {
  /**
   * At most `DETECTIONS_MAX` objects of the class list, best score first; no two of one class (or of two vehicle classes) on
   * the same place. Boxes are fractions of the whole picture, also where only a region was looked at, and lie in that region.
   * Takes `picture.data` over: the caller must not change it any more, but may ask for another region of it.
   * @throws AppError `DETECTOR_BUSY` (retryable: too many pictures wait; live, this was the oldest), `DETECTOR_BROKEN`
   * (retryable: the worker is restarted), `DETECTOR_CLOSED`, `PICTURE_TOO_LARGE` (beyond `PICTURE_SIDE_PX_MAX`);
   * the signal's reason.
   */
  detect(picture: Picture, options?: DetectOptions): Promise<readonly Detection[]>;
  /** Pictures that wait or are looked at are rejected with `DETECTOR_CLOSED`. */
  close(): Promise<void>;
}

export const DETECTIONS_MAX = 100;
/** No camera makes larger pictures; a stream that claims so is broken or hostile. */
export const PICTURE_SIDE_PX_MAX = 16_384;

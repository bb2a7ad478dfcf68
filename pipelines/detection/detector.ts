import type { Detection } from "@yardline/domain/detection";
import type { Picture } from "@yardline/domain/picture";

/** Finds objects in one picture. The same picture always gives the same detections, whatever else the machine does. */
export interface Detector {
  /**
   * At most `DETECTIONS_MAX` objects of the class list, best score first; no two of one class (or of two vehicle classes) on
   * the same place. Takes `picture.data` over: the caller must not use it again.
   * @throws AppError `DETECTOR_BROKEN` (retryable: the worker is restarted); AbortError.
   */
  detect(picture: Picture, signal?: AbortSignal): Promise<readonly Detection[]>;
  close(): Promise<void>;
}

export const DETECTIONS_MAX = 100;

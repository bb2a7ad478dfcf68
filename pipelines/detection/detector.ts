import type { Detection } from "@yardline/domain/detection";
import type { Picture } from "@yardline/domain/picture";

/** Finds objects in one picture. The same picture always gives the same detections, whatever else the machine does. */
export interface Detector {
  /**
   * At most `DETECTIONS_MAX` objects of the class list, best score first; no two of one class (or of two vehicle classes) on
   * the same place. Takes `picture.data` over: the caller must not change it any more.
   * @throws AppError `DETECTOR_BUSY` (retryable: too many pictures wait; live, this was the oldest), `DETECTOR_BROKEN`
   * (retryable: the worker is restarted), `DETECTOR_CLOSED`; the signal's reason.
   */
  detect(picture: Picture, signal?: AbortSignal): Promise<readonly Detection[]>;
  /** Pictures that wait or are looked at are rejected with `DETECTOR_CLOSED`. */
  close(): Promise<void>;
}

export const DETECTIONS_MAX = 100;

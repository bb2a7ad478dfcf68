import type { CameraView } from "@yardline/api/camera-parts";
import type { PauseView } from "@yardline/api/privacy-parts";
import type { Clock } from "@yardline/domain/time";
import { endPause, pauseCamera } from "@yardline/records/pauses";
import type { Records } from "@yardline/records/records";

/** Pauses on record, heeded at once where the cameras are watched by this process, and within seconds where by another. */
export function pausesOf(
  records: Pick<Records, "find" | "write">,
  cameras: CameraView,
  clock: Pick<Clock, "now_ms">,
): PauseView {
  return {
    async pause(camera, pause) {
      await pauseCamera(records, camera, { ...pause, from_ms: clock.now_ms() });
      await cameras.heedPauses?.();
    },
    async resume(camera) {
      await endPause(records, camera);
      await cameras.heedPauses?.();
    },
  };
}

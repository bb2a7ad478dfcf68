import { AppError } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { cameraTurned } from "@yardline/events/camera-turned";
import type { CameraRecord } from "@yardline/privacy/camera-record";
import type { Producer } from "@yardline/records/open-occurrences";
import { type OnvifDevice, openOnvif } from "@yardline/sources/onvif/device";
import { listProfiles } from "@yardline/sources/onvif/media";
import { gotoPreset, listPresets, type Preset } from "@yardline/sources/onvif/ptz";
import type { CameraAddress } from "@yardline/sources/video/camera-address";
import { cameraTurnedTo } from "@yardline/telemetry/watching";
import type { Logger } from "pino";

/** A camera's motor gets one command in so long. */
export const TURN_EVERY_MS = 3_000;
/** A device that answers later is given up. */
const ANSWER_MS_MAX = 10_000;

type Camera = {
  readonly id: string;
  readonly record: Pick<CameraRecord, "mask">;
  readonly reports?: { readonly address: CameraAddress };
};

type Parts = {
  readonly producer: Pick<Producer, "state">;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told when a camera has taken a command, before it moves far. */
  turned(camera: string): void;
};

/** The views that are saved in cameras that turn, for a dispatcher. What was turned is told as an event. */
export class SavedViews {
  readonly #cameras: ReadonlyMap<string, Camera>;
  readonly #parts: Parts;
  /** By the monotonic clock: when each camera was last told to turn. */
  readonly #turned_ms = new Map<string, number>();

  constructor(cameras: readonly Camera[], parts: Parts) {
    this.#cameras = new Map(cameras.map((camera) => [camera.id, camera]));
    this.#parts = parts;
  }

  /** @throws AppError `CAMERA_UNKNOWN`, `PTZ_MISSING`, and what the device's own trouble is. */
  async list(id: string): Promise<readonly Preset[]> {
    const { device, profile } = await this.#open(this.#get(id));
    return viewsIn(device, profile);
  }

  /**
   * Turns a camera. @throws AppError as `list` does; `VIEW_UNKNOWN`, `PTZ_MASKED` (its mask holds for one view), `PTZ_BUSY` (it was
   * turned less than three seconds ago).
   */
  async turn(id: string, token: string): Promise<void> {
    const camera = this.#get(id);
    if (camera.record.mask.form !== "none-needed") throw masked();
    const { clock, producer, log, turned } = this.#parts;
    const now_ms = clock.monotonic_ms();
    if (now_ms - (this.#turned_ms.get(id) ?? Number.NEGATIVE_INFINITY) < TURN_EVERY_MS) throw busy();
    this.#turned_ms.set(id, now_ms);
    const { device, profile } = await this.#open(camera);
    const view = (await viewsIn(device, profile)).find((each) => each.token === token);
    if (!view) throw new AppError("VIEW_UNKNOWN", "The camera has no such view saved");
    turned(id);
    await gotoPreset(device, profile, token);
    const name = view.name === "" ? view.token : view.name;
    cameraTurnedTo(log, id, name);
    const data = { camera: id, view: name, at: isoOf(clock.now_ms()) };
    const said = { eventType: cameraTurned, source: `camera/${id}`, data };
    await producer.state([{ ...said, state: "closed", severity: "info" }]);
  }

  #get(id: string): Camera {
    const camera = this.#cameras.get(id);
    if (!camera) throw new AppError("CAMERA_UNKNOWN", "There is no such camera");
    return camera;
  }

  /** @returns the device and the profile that its views belong to. */
  async #open({ reports }: Camera): Promise<{ readonly device: OnvifDevice; readonly profile: string }> {
    if (!reports) throw missing("its settings name no ONVIF address");
    const { clock } = this.#parts;
    const device = await openOnvif(reports.address, { clock, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    if (!device.has("ptz")) throw missing("it has no PTZ");
    const [profile] = await listProfiles(device);
    if (!profile) throw missing("it has no profile");
    return { device, profile: profile.token };
  }
}

/** A device may announce a service that it does not carry out. */
async function viewsIn(device: OnvifDevice, profile: string): Promise<readonly Preset[]> {
  return listPresets(device, profile).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === "ONVIF_FAULT")
      throw missing("it will not tell its views");
    throw thrown;
  });
}

function missing(why: string): AppError {
  return new AppError("PTZ_MISSING", `The camera does not turn: ${why}`);
}

function masked(): AppError {
  return new AppError(
    "PTZ_MASKED",
    "The camera stays as it is: its mask is drawn for one view, and another would show what is covered",
  );
}

function busy(): AppError {
  return new AppError("PTZ_BUSY", "The camera is still turning; ask again in a few seconds", {
    retryable: true,
  });
}

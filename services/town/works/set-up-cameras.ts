import type { CameraSetUp } from "@yardline/api/settings-parts";
import { AppError } from "@yardline/domain/errors";
import { allowedAddress } from "@yardline/sources/http/address-policy";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { adviceOn } from "@yardline/sources/video/probe-advice";
import { probeCamera } from "@yardline/sources/video/probe-camera";
import { measureCost } from "@yardline/sources/video/probe-cost";
import { stillOf } from "@yardline/sources/video/still";
import type { CameraConfig } from "../camera-config.ts";
import { addressOf } from "../cameras.ts";
import type { SecretSite, Site } from "../site.ts";

const LISTEN_S = 5;
/** A still needs one key frame; cameras send one at least every few seconds. */
const STILL_LISTEN_S = 3;
/** As many pictures as are looked at while something moves. */
const RATE_FPS = 5;
const PROBE_MS_MAX = 45_000;

type SetUpSite = SecretSite & Pick<Site, "clock">;

/**
 * What the pages may ask of cameras that are being set up.
 * @param list the cameras of this town as they are set up now.
 */
export function setUpCameras(
  site: SetUpSite,
  list: () => Promise<readonly Pick<CameraConfig, "id" | "url_file" | "file">[]>,
  signal: AbortSignal,
): CameraSetUp {
  const listening = (listen_s: number) => ({
    clock: site.clock,
    listen_s,
    isTerse: true,
    signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS_MAX)]),
  });
  return {
    async probe(text) {
      const address = await typedAddress(text);
      const probed = await probeCamera(address, listening(LISTEN_S));
      const [jpeg, cost] = [await stillOf(probed), await measureCost(probed, RATE_FPS)];
      return { figures: probed.figures, cost, advice: adviceOn(probed.figures), jpeg };
    },
    async still(id) {
      const camera = (await list()).find((each) => each.id === id);
      if (!camera) throw new AppError("CAMERA_UNKNOWN", "There is no such camera");
      const probed = await probeCamera(await addressOf(camera, site), listening(STILL_LISTEN_S));
      return stillOf(probed);
    },
  };
}

/**
 * An address that somebody typed on a page: of a camera in a network, never of a file, of this machine or of its link. What is behind
 * these trusts whoever comes from here.
 * @throws AppError `CAMERA_ADDRESS`, `ADDRESS_FORBIDDEN`, `ADDRESS_UNKNOWN`; none repeats the address.
 */
export async function typedAddress(text: string): Promise<CameraAddress> {
  const address = CameraAddress.parse(text);
  if (address.scheme === "file") {
    throw new AppError(
      "CAMERA_ADDRESS",
      "The camera's address cannot be used: write it whole, as rtsp://user:password@192.168.1.20/stream",
    );
  }
  try {
    await allowedAddress(address.parts().url.hostname, "network");
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === "ADDRESS_FORBIDDEN")) throw thrown;
    throw new AppError(thrown.code, "The address leads to this machine, to its link or to a cloud's own", {
      cause: thrown,
    });
  }
  return address;
}

import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import { type DetectionSettings, detectionOf, settledIn } from "@yardline/edge/detection-settings";
import type { EdgeCamera, Ride } from "@yardline/edge/edge";
import { CONTINUOUS, type RecordingPlan } from "@yardline/edge/recording-plan";
import { REPORTED_KINDS } from "@yardline/events/yard-reported";
import { planScene } from "@yardline/rules/scene/scene-plan";
import type { Calendar } from "@yardline/rules/scene/schedule";
import { receiverOf } from "@yardline/sources/positions/receiver";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { checkBudget } from "./camera-budget.ts";
import { type CameraConfig, recordOf } from "./camera-config.ts";
import { readSecretText, type SecretSite, type Site } from "./site.ts";
import { whoseIn } from "./whose-settings.ts";

type CameraSite = SecretSite & Pick<Site, "config">;

/** A camera of the edge, before its detector is opened. */
export type TownCamera = Omit<EdgeCamera, "sight"> & { readonly detection: DetectionSettings };

/**
 * The cameras of the settings, their addresses read from their files.
 * @param site of which the town says whose clock and holidays their schedules go by (the machine's own zone where it names none), and
 * what is true of all its cameras.
 * @throws AppError `TOWN_CONFIG` that names every camera whose address cannot be used, never the address; `CAMERAS_OVER_BUDGET`.
 */
export async function readCameras(
  cameras: readonly CameraConfig[],
  site: CameraSite,
): Promise<readonly TownCamera[]> {
  checkBudget(cameras, availableParallelism());
  const folder = dirname(resolve(site.base));
  const { town, detection } = site.config;
  const { timezone = Temporal.Now.timeZoneId(), holidays = [] } = town;
  const whose = whoseIn(town);
  const read = await Promise.allSettled(
    cameras.map(async (camera) => ({
      ...(await readCamera(camera, site, { timezone, holidays })),
      ...whose(camera),
      detection: settledIn(folder, detectionOf(camera.detection, detection)),
    })),
  );
  const problems = read.flatMap((each) =>
    each.status === "rejected" ? [`  ${messageOf(each.reason)}`] : [],
  );
  if (problems.length > 0) {
    throw new AppError(
      "TOWN_CONFIG",
      `Some cameras cannot be started; nothing was started.\n${problems.join("\n")}`,
    );
  }
  return read.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

async function readCamera(
  camera: CameraConfig,
  site: CameraSite,
  calendar: Calendar,
): Promise<Omit<EdgeCamera, "sight">> {
  const { id, name, place, url_file, sub_url_file, onvif, file, zones, lines, schedules, rules } = camera;
  const scene = { ...(zones && { zones }), ...(lines && { lines }), ...(schedules && { schedules }) };
  try {
    const fileIn = (key: string, file: string) => addressIn(key, site, file);
    const sub = sub_url_file === undefined ? undefined : await fileIn("sub_url_file", sub_url_file);
    const device = onvif && (await fileIn("onvif url_file", onvif.url_file));
    return {
      id,
      name,
      ...(place && { place }),
      ...rideOf(camera),
      address: await addressOf(camera, site),
      ...(sub && { sub }),
      ...(device && { reports: { address: device, kinds: onvif?.reports ?? REPORTED_KINDS } }),
      recorded: file !== undefined,
      record: recordOf(camera),
      scene: planScene({ ...scene, ...(rules && { rules }) }, calendar),
      recording: recordingPlanOf(camera),
    };
  } catch (thrown) {
    const mend = thrown instanceof AppError ? messageOf(thrown) : `its url_file ${url_file} cannot be read`;
    throw new AppError("TOWN_CONFIG", `camera "${id}": ${mend}`, { cause: thrown });
  }
}

/**
 * Where a camera's pictures come from.
 * @throws AppError `TOWN_CONFIG`, `CAMERA_ADDRESS`, those of the secrets; what `readFile` throws.
 */
export async function addressOf(
  { url_file, file = "" }: Pick<CameraConfig, "url_file" | "file">,
  site: SecretSite,
): Promise<CameraAddress> {
  const folder = dirname(resolve(site.base));
  const text =
    url_file === undefined ? await recordingAt(resolve(folder, file)) : await readSecretText(site, url_file);
  return CameraAddress.parse(text);
}

/** What it rides on, if it does. */
function rideOf({ vehicle_id, nmea }: CameraConfig): { readonly ride?: Ride } {
  if (vehicle_id === undefined) return {};
  const receiver = nmea === undefined ? undefined : receiverOf(nmea);
  return { ride: { vehicle_id, ...(receiver && { receiver }) } };
}

async function addressIn(key: string, site: CameraSite, file: string): Promise<CameraAddress> {
  const text = await readSecretText(site, file).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw new AppError("TOWN_CONFIG", `its ${key} cannot be read`, { cause });
  });
  return CameraAddress.parse(text);
}

/** The path of a recording that is there. One that is empty or missing would be a camera that is lost for ever. */
async function recordingAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new AppError("TOWN_CONFIG", `its recording ${path} is not there; name a video`);
  if (found.size === 0) {
    throw new AppError("TOWN_CONFIG", `its recording ${path} has zero bytes; copy it again`);
  }
  return path;
}

function recordingPlanOf({
  recording,
  pre_roll_s,
  post_roll_s,
  plain_retention_h,
}: CameraConfig): RecordingPlan {
  const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);
  return {
    mode: recording ?? CONTINUOUS.mode,
    pre_roll_ms: ms(pre_roll_s) ?? CONTINUOUS.pre_roll_ms,
    post_roll_ms: ms(post_roll_s) ?? CONTINUOUS.post_roll_ms,
    plain_ms: plain_retention_h === undefined ? undefined : plain_retention_h * 3_600_000,
  };
}

import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { EdgeCamera } from "@yardline/edge/edge";
import { CONTINUOUS } from "@yardline/edge/recording-plan";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import type { CameraConfig } from "./config.ts";

/**
 * The cameras of the settings, their addresses read from their files.
 * @param base the file that the settings came from: paths in it are meant from its folder.
 * @throws AppError `TOWN_CONFIG` that names every camera whose address cannot be used, never the address.
 */
export async function readCameras(
  cameras: readonly CameraConfig[],
  base: string,
): Promise<readonly EdgeCamera[]> {
  const read = await Promise.allSettled(cameras.map((camera) => readCamera(camera, dirname(resolve(base)))));
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

async function readCamera(camera: CameraConfig, folder: string): Promise<EdgeCamera> {
  const {
    id,
    name,
    place,
    url_file,
    file,
    recording,
    pre_roll_s,
    post_roll_s,
    plain_retention_h,
    ...record
  } = camera;
  try {
    const text =
      url_file === undefined
        ? await recordingAt(resolve(folder, file ?? ""))
        : await readFile(resolve(folder, url_file), "utf8");
    return {
      id,
      name,
      ...(place && { place }),
      address: CameraAddress.parse(text),
      recorded: file !== undefined,
      record,
      recording: {
        mode: recording ?? CONTINUOUS.mode,
        pre_roll_ms: pre_roll_s === undefined ? CONTINUOUS.pre_roll_ms : pre_roll_s * 1000,
        post_roll_ms: post_roll_s === undefined ? CONTINUOUS.post_roll_ms : post_roll_s * 1000,
        plain_ms: plain_retention_h === undefined ? undefined : plain_retention_h * 3_600_000,
      },
    };
  } catch (thrown) {
    const mend = thrown instanceof AppError ? messageOf(thrown) : `its url_file ${url_file} cannot be read`;
    throw new AppError("TOWN_CONFIG", `camera "${id}": ${mend}`, { cause: thrown });
  }
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

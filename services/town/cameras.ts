import { readFile, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { EdgeCamera } from "@yardline/edge/edge";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { checkBudget } from "./camera-budget.ts";
import type { CameraConfig } from "./config.ts";

/**
 * The cameras of the settings, their addresses read from their files.
 * @param base the file that the settings came from: paths in it are meant from its folder.
 * @throws AppError `TOWN_CONFIG` that names every camera whose address cannot be used, never the address; `CAMERAS_OVER_BUDGET`.
 */
export async function readCameras(
  cameras: readonly CameraConfig[],
  base: string,
): Promise<readonly EdgeCamera[]> {
  checkBudget(cameras, availableParallelism());
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
  const { id, name, place, url_file, file, cost_ms: _cost, ...record } = camera;
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

import type { CameraStatus } from "@yardline/api/camera-parts";
import { ToldCamera } from "@yardline/api/told-camera";
import { Compile } from "typebox/compile";

/** The reason of a camera whose process is silent. */
export const BOX_SILENT = "Its box has not been heard of; is it running, and is the line to it up?";

const validator = Compile(ToldCamera);

/** A status out of a message; undefined for what is none. */
export function readCameraStatus(body: Uint8Array): CameraStatus | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return validator.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

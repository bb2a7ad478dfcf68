import type { ModelManifest } from "../manifest.ts";
import { centernet } from "./centernet.ts";
import type { Family } from "./family.ts";
import { nanodetPlus } from "./nanodet-plus.ts";
import { rtDetr } from "./rt-detr.ts";
import { yolox } from "./yolox.ts";

/** Every family of networks that we read. */
export const FAMILIES: Readonly<Record<ModelManifest["family"], Family>> = {
  centernet,
  yolox,
  "nanodet-plus": nanodetPlus,
  "rt-detr": rtDetr,
};

import type { ApiEvent } from "../api/types.ts";
import type { IconName } from "../elements/icon.tsx";
import { cameraGapOf, delayChangeOf, sceneOf, stopVisitOf } from "./kinds.ts";
import { LABEL_ICONS } from "./labels.ts";

/** The drawing of what an event is about. */
export function iconOf(event: ApiEvent): IconName {
  const scene = sceneOf(event);
  if (scene) return scene.label ? LABEL_ICONS[scene.label] : "camera";
  if (cameraGapOf(event)) return "camera-lost";
  if (delayChangeOf(event)) return "delay";
  return stopVisitOf(event) ? "bus" : "list";
}

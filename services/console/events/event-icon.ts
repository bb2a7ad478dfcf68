import type { ApiEvent } from "../api/types.ts";
import type { IconName } from "../elements/icon.tsx";
import { cameraGapOf, delayChangeOf, presenceOf, stopVisitOf } from "./kinds.ts";
import { LABEL_ICONS } from "./labels.ts";

/** The drawing of what an event is about. */
export function iconOf(event: ApiEvent): IconName {
  const presence = presenceOf(event);
  if (presence) return LABEL_ICONS[presence.label] ?? "camera";
  if (cameraGapOf(event)) return "camera-lost";
  if (delayChangeOf(event)) return "delay";
  return stopVisitOf(event) ? "bus" : "list";
}

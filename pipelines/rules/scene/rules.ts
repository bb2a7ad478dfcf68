import { cameraCovered } from "./camera-covered.ts";
import { cameraDark } from "./camera-dark.ts";
import { cameraDefocused } from "./camera-defocused.ts";
import { cameraMoved } from "./camera-moved.ts";
import { leftObject } from "./left-object.ts";
import { presence } from "./presence.ts";
import { removedObject } from "./removed-object.ts";

/** Every rule about a camera's tracks. A new one is one file and one line here. */
export const SCENE_RULES = [presence] as const;

/** Every rule about what a camera's pictures show beside tracks, and about the camera itself. */
export const VIEW_RULES = [
  leftObject,
  removedObject,
  cameraCovered,
  cameraMoved,
  cameraDefocused,
  cameraDark,
] as const;

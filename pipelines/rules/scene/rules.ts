import { cameraCovered } from "./camera-covered.ts";
import { cameraDark } from "./camera-dark.ts";
import { cameraDefocused } from "./camera-defocused.ts";
import { cameraMoved } from "./camera-moved.ts";
import { crowding } from "./crowding.ts";
import { fallLike } from "./fall-like.ts";
import { leftObject } from "./left-object.ts";
import { lineCrossing } from "./line-crossing.ts";
import { loitering } from "./loitering.ts";
import { occupancy } from "./occupancy.ts";
import { presence } from "./presence.ts";
import { removedObject } from "./removed-object.ts";
import { running } from "./running.ts";
import type { SceneRule } from "./scene-rule.ts";
import { vehicleAtNight } from "./vehicle-at-night.ts";
import { vehicleStopped } from "./vehicle-stopped.ts";
import { wrongWay } from "./wrong-way.ts";

/** Every rule about what a camera sees, and about the camera itself. A new one is one file and one line here. */
export const SCENE_RULES: readonly SceneRule[] = [
  presence,
  lineCrossing,
  loitering,
  leftObject,
  removedObject,
  cameraCovered,
  cameraMoved,
  cameraDefocused,
  cameraDark,
  crowding,
  wrongWay,
  vehicleStopped,
  vehicleAtNight,
  running,
  fallLike,
  occupancy,
];

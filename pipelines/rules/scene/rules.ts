import { crowding } from "./crowding.ts";
import { fallLike } from "./fall-like.ts";
import { lineCrossing } from "./line-crossing.ts";
import { loitering } from "./loitering.ts";
import { occupancy } from "./occupancy.ts";
import { presence } from "./presence.ts";
import { running } from "./running.ts";
import type { SceneRule } from "./scene-rule.ts";
import { vehicleAtNight } from "./vehicle-at-night.ts";
import { vehicleStopped } from "./vehicle-stopped.ts";
import { wrongWay } from "./wrong-way.ts";

/** Every rule about a camera's tracks. A new one is one file and one line here. */
export const SCENE_RULES: readonly SceneRule[] = [
  presence,
  lineCrossing,
  loitering,
  crowding,
  wrongWay,
  vehicleStopped,
  vehicleAtNight,
  running,
  fallLike,
  occupancy,
];

import { lineCrossing } from "./line-crossing.ts";
import { loitering } from "./loitering.ts";
import { presence } from "./presence.ts";
import type { SceneRule } from "./scene-rule.ts";

/** Every rule about a camera's tracks. A new one is one file and one line here. */
export const SCENE_RULES: readonly SceneRule[] = [presence, lineCrossing, loitering];

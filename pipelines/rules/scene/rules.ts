import { presence } from "./presence.ts";

/** Every rule about a camera's tracks. A new one is one file and one line here. */
export const SCENE_RULES = [presence] as const;

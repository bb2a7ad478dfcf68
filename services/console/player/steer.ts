import type { Side } from "./roll.ts";

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;
export type Speed = (typeof SPEEDS)[number];

/** The next speed up or down; the last one stays. */
export function speedAfter(speed: Speed, by: 1 | -1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + by] ?? speed;
}

/** What a key asks of the player. */
export type Wish =
  | { readonly do: "play" }
  | { readonly do: "step"; readonly by: 1 | -1 }
  | { readonly do: "speed"; readonly by: 1 | -1 }
  | { readonly do: "move"; readonly by_s: number }
  | { readonly do: "edge"; readonly at: "start" | "end" }
  /** More of what was recorded around it. */
  | { readonly do: "roll"; readonly side: Side };

const KEYS: Readonly<Record<string, Wish>> = {
  " ": { do: "play" },
  ",": { do: "step", by: -1 },
  ".": { do: "step", by: 1 },
  "<": { do: "speed", by: -1 },
  ">": { do: "speed", by: 1 },
  ArrowLeft: { do: "move", by_s: -1 },
  ArrowRight: { do: "move", by_s: 1 },
  PageDown: { do: "move", by_s: -10 },
  PageUp: { do: "move", by_s: 10 },
  Home: { do: "edge", at: "start" },
  End: { do: "edge", at: "end" },
  "[": { do: "roll", side: "before" },
  "]": { do: "roll", side: "after" },
};

/** Signs by their place on the keyboard: where somebody types Ukrainian or Russian there are letters on them. */
const PLACES: Readonly<Record<string, string>> = {
  ...{ Comma: ",", Period: ".", BracketLeft: "[", BracketRight: "]" },
  ...{ "Shift+Comma": "<", "Shift+Period": ">" },
};

/** @param code the key's place, as a browser says it. */
export function wishOf({
  key,
  code,
  shiftKey,
}: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): Wish | undefined {
  const sign = Object.hasOwn(KEYS, key) ? key : PLACES[shiftKey ? `Shift+${code}` : code];
  return sign === undefined ? undefined : KEYS[sign];
}

/** How another camera's clip keeps to the one clock: where it jumps, or how fast it runs until it is with it. */
export type Steering = { readonly seek_s?: number; readonly rate: number };

/** Farther off than this it jumps; nearer than that it is with it. Both grow with the speed: so much passes between two looks. */
const JUMP_S = 0.35;
const WITH_S = 0.03;
/** The share by which it runs faster or slower meanwhile. */
const CORRECTION = 0.06;

/** @param at_s where it is. @param wanted_s where it should be. @param speed of the one that leads; 0 while it stands. */
export function steeringOf(at_s: number, wanted_s: number, speed: number): Steering {
  const off_s = wanted_s - at_s;
  const scale = Math.max(1, speed);
  if (speed === 0) return Math.abs(off_s) > WITH_S ? { seek_s: wanted_s, rate: 1 } : { rate: 1 };
  if (Math.abs(off_s) > JUMP_S * scale) return { seek_s: wanted_s, rate: speed };
  if (Math.abs(off_s) <= WITH_S * scale) return { rate: speed };
  return { rate: speed * (1 + Math.sign(off_s) * CORRECTION) };
}

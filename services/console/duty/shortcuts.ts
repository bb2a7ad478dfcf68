import type { MessageKey } from "../messages/translate.ts";

/**
 * Every key of the duty desk: the help and the handlers both come from this list. Letters go by their place on the keyboard, so that they
 * work while somebody types Ukrainian or Russian; the sign is what is printed there on an English one.
 */
export const SHORTCUTS = [
  { does: "next", code: "KeyJ", sign: "j", says: "keys.next" },
  { does: "previous", code: "KeyK", sign: "k", says: "keys.previous" },
  { does: "arrivals", code: "KeyW", sign: "w", says: "keys.arrivals" },
  { does: "play", code: "Space", sign: "␣", says: "keys.play" },
  { does: "claim", code: "KeyC", sign: "c", says: "do.claim" },
  { does: "note", code: "KeyN", sign: "n", says: "incident.note" },
  { does: "escalate", code: "KeyX", sign: "x", says: "do.escalate" },
  { does: "hand-over", code: "KeyH", sign: "h", says: "do.hand-over" },
  { does: "close", code: "KeyD", sign: "d", says: "do.close" },
  { does: "export", code: "KeyE", sign: "e", says: "keys.export" },
  { does: "shift", code: "KeyS", sign: "s", says: "duty.shift" },
  { does: "help", code: "Slash", sign: "?", says: "keys" },
] as const satisfies readonly {
  readonly does: string;
  readonly code: string;
  readonly sign: string;
  readonly says: MessageKey;
}[];

export type Does = (typeof SHORTCUTS)[number]["does"];

/** The part of a browser's KeyboardEvent that decides. */
type Pressed = Pick<
  KeyboardEvent,
  | "code"
  | "key"
  | "ctrlKey"
  | "altKey"
  | "metaKey"
  | "shiftKey"
  | "repeat"
  | "defaultPrevented"
  | "isComposing"
>;

/** Where it was pressed. `form`: something that is typed into, or lies over the page. `control`: what the space bar presses. */
export type Where = "page" | "control" | "form";

/** What a key asks for; undefined for every key that is the browser's, or somebody's who is writing. */
export function findShortcut(pressed: Pressed, where: Where): Does | undefined {
  const { code, key, ctrlKey, altKey, metaKey, shiftKey, repeat, defaultPrevented, isComposing } = pressed;
  if (where === "form" || ctrlKey || altKey || metaKey || defaultPrevented || isComposing) return undefined;
  // The question mark is on another key of each keyboard.
  if (key === "?") return "help";
  if (shiftKey) return undefined;
  const found = SHORTCUTS.find((each) => each.code === code && each.does !== "help");
  if (!found || (found.does === "play" && where === "control")) return undefined;
  // Whoever holds a key down goes through the list; nothing else is done twice.
  return repeat && found.does !== "next" && found.does !== "previous" ? undefined : found.does;
}

import type { KeyboardEvent } from "react";
import type { MessageKey } from "../messages/translate.ts";
import type { Side } from "./roll.ts";
import { speedAfter, type Wish, wishOf } from "./steer.ts";
import type { Video } from "./use-video.ts";

/** What a player hears beside the space bar, for whoever wants to know. */
export const PLAYER_KEYS = [
  { signs: [",", "."], says: "keys.step" },
  { signs: ["<", ">"], says: "keys.speed" },
  { signs: ["←", "→"], says: "keys.second" },
  { signs: ["PgDn", "PgUp"], says: "keys.ten" },
  { signs: ["Home", "End"], says: "keys.edge" },
  { signs: ["[", "]"], says: "keys.roll" },
] as const satisfies readonly { readonly signs: readonly string[]; readonly says: MessageKey }[];

/**
 * Leads a recording by keys: what a player hears from anywhere within it.
 * @param end_s where it ends. @param onRoll asks for more around it, where there can be more.
 */
export function leadByKeys(
  event: KeyboardEvent,
  video: Video,
  end_s: number,
  onRoll?: (side: Side) => void,
): void {
  const wish = wishIn(event);
  if (!wish || (wish.do === "roll" && !onRoll)) return;
  event.preventDefault();
  event.stopPropagation();
  if (wish.do === "roll") onRoll?.(wish.side);
  else fulfil(wish, video, end_s);
}

/** Of a key that presses a button, or belongs to the browser, nothing is wished. */
function wishIn({ nativeEvent, target }: KeyboardEvent): Wish | undefined {
  const { key, ctrlKey, metaKey, altKey } = nativeEvent;
  const wish = ctrlKey || metaKey || altKey ? undefined : wishOf(nativeEvent);
  const field = target instanceof HTMLElement && target.closest("button, select");
  return field && (key === " " || field.tagName === "SELECT") ? undefined : wish;
}

function fulfil(wish: Exclude<Wish, { readonly do: "roll" }>, video: Video, end_s: number): void {
  if (wish.do === "play") video.toggle();
  if (wish.do === "step") video.step(wish.by);
  if (wish.do === "speed") video.hurry(speedAfter(video.speed, wish.by));
  if (wish.do === "move") video.seek(video.at_s + wish.by_s);
  if (wish.do === "edge") video.seek(wish.at === "start" ? 0 : end_s);
}

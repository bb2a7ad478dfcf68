import type { KeyboardEvent } from "react";
import { speedAfter, type Wish, wishOf } from "./steer.ts";
import type { Video } from "./use-video.ts";

/** Leads a recording by keys: what a player hears from anywhere within it. @param end_s where it ends. */
export function leadByKeys(event: KeyboardEvent, video: Video, end_s: number): void {
  const wish = wishIn(event);
  if (!wish) return;
  event.preventDefault();
  event.stopPropagation();
  fulfil(wish, video, end_s);
}

/** Of a key that presses a button, or belongs to the browser, nothing is wished. */
function wishIn({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): Wish | undefined {
  const wish = ctrlKey || metaKey || altKey ? undefined : wishOf(key);
  const field = target instanceof HTMLElement && target.closest("button, select");
  return field && (key === " " || field.tagName === "SELECT") ? undefined : wish;
}

function fulfil(wish: Wish, video: Video, end_s: number): void {
  if (wish.do === "play") video.toggle();
  if (wish.do === "step") video.step(wish.by);
  if (wish.do === "speed") video.hurry(speedAfter(video.speed, wish.by));
  if (wish.do === "move") video.seek(video.at_s + wish.by_s);
  if (wish.do === "edge") video.seek(wish.at === "start" ? 0 : end_s);
}

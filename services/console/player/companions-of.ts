import type { ApiEvent } from "../api/types.ts";
import { type AskedClip, clipOf } from "./clip-of.ts";
import type { Stretch } from "./clip-time.ts";

/** Another camera that recorded something at the same time. */
export type Companion = { readonly event: ApiEvent; readonly clip: AskedClip };

/** Shown beside a clip at once: more than these nobody follows, nor decodes. */
export const COMPANIONS_MAX = 3;

/** Of each other camera the event whose recording covers most of this one's time, most first. */
export function companionsOf(
  events: readonly ApiEvent[],
  { camera, span }: Pick<AskedClip, "camera" | "span">,
): readonly Companion[] {
  const found = events.flatMap((event) => {
    const clip = event.links.clip === undefined ? undefined : clipOf(event);
    return clip && clip.camera !== camera && sharedMs(clip.span, span) > 0 ? [{ event, clip }] : [];
  });
  const sorted = found.toSorted((a, b) => sharedMs(b.clip.span, span) - sharedMs(a.clip.span, span));
  return sorted.filter(({ clip }, at) => sorted.findIndex((each) => each.clip.camera === clip.camera) === at);
}

function sharedMs(one: Stretch, other: Stretch): number {
  return Math.min(one.to_ms, other.to_ms) - Math.max(one.from_ms, other.from_ms);
}

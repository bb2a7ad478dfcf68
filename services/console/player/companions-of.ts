import type { ApiEvent } from "../api/types.ts";
import { clipOf, type EventClip } from "./clip-of.ts";
import type { Stretch } from "./clip-time.ts";

/** Another camera that recorded something at the same time. */
export type Companion = { readonly event: ApiEvent; readonly clip: EventClip };

/** Shown beside a clip at once: more than these nobody follows, nor decodes. */
export const COMPANIONS_MAX = 3;

/** Of each other camera the event whose recording covers most of the time that one camera's clip is of, most first. */
export function companionsOf(
  events: readonly ApiEvent[],
  { camera, span }: { readonly camera: string; readonly span: Stretch },
): readonly Companion[] {
  const found = events.flatMap((event) => {
    const clip = clipOf(event);
    return clip && clip.camera !== camera && sharedMs(clip.own, span) > 0 ? [{ event, clip }] : [];
  });
  const sorted = found.toSorted((a, b) => sharedMs(b.clip.own, span) - sharedMs(a.clip.own, span));
  return sorted.filter(({ clip }, at) => sorted.findIndex((each) => each.clip.camera === clip.camera) === at);
}

function sharedMs(one: Stretch, other: Stretch): number {
  return Math.min(one.to_ms, other.to_ms) - Math.max(one.from_ms, other.from_ms);
}

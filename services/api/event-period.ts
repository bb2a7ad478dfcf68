import type { EpochMs } from "@yardline/domain/time";
import { mediaOf } from "./api-event.ts";
import { getEvent } from "./find-event.ts";
import type { Limits } from "./limits.ts";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import { getCamera } from "./recorded-period.ts";
import type { Visitor } from "./visitor.ts";

/** About the length of a segment: earlier than that nothing can have changed. */
const PENDING_RETRY_S = 4;

export type ClipPeriod = { readonly camera: string; readonly from_ms: EpochMs; readonly to_ms: EpochMs };

type Options = Pick<Parts, "index" | "town" | "cameras" | "media" | "clock"> & { readonly bounds: Limits };

/**
 * The recording that an event refers to, once all of it is there.
 * @throws Refusal 404; 409 while its end is still being recorded.
 */
export async function getClipPeriod(
  options: Options,
  occurrence: string,
  visitor: Visitor,
  occasion: { readonly incident: boolean },
): Promise<ClipPeriod> {
  const { clip } = mediaOf(await getEvent(options, occurrence, visitor));
  if (!clip) throw mediaGone();
  getCamera(options, clip.camera, visitor, ["archive"], occasion);
  const period = { ...clip, to_ms: Math.min(clip.to_ms, clip.from_ms + options.bounds.clip_ms_max) };
  await refuseUnfinished(options, period);
  return period;
}

export function mediaGone(): Refusal {
  return new Refusal(404, "MEDIA_GONE", "The recording has expired or never was made.");
}

/** The post-roll of an event that just happened is still being recorded, and the last segment still being closed. */
async function refuseUnfinished(
  { media, clock, bounds }: Options,
  { camera, from_ms, to_ms }: ClipPeriod,
): Promise<void> {
  if (clock.now_ms() >= to_ms + bounds.clip_settle_ms) return;
  const segments = await media.listSegments(camera, from_ms, to_ms);
  if (segments.some((segment) => segment.to_ms >= to_ms)) return;
  const message = "The recording of this event is not finished yet. Ask again in a few seconds.";
  throw new Refusal(409, "MEDIA_UNFINISHED", message, PENDING_RETRY_S);
}

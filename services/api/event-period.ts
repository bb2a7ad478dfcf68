import type { EpochMs } from "@yardline/domain/time";
import { Type } from "typebox";
import { mediaOf } from "./api-event.ts";
import { getEvent } from "./find-event.ts";
import type { Limits } from "./limits.ts";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import { getCamera } from "./recorded-period.ts";
import type { Visitor } from "./visitor.ts";

/** About the length of a segment: earlier than that nothing can have changed. */
const PENDING_RETRY_S = 4;

const ROLL_S_MAX = 120;
const RollSeconds = { minimum: 0, maximum: ROLL_S_MAX, default: 0 };

/** What of the recording is asked for beyond the event's own clip. */
export const RollQuery = {
  before_s: Type.Optional(
    Type.Integer({
      ...RollSeconds,
      description: "So much more of what was recorded before the event's clip.",
    }),
  ),
  after_s: Type.Optional(
    Type.Integer({ ...RollSeconds, description: "So much more of what was recorded after it." }),
  ),
};

type Roll = { readonly before_s?: number; readonly after_s?: number };

export type ClipPeriod = { readonly camera: string; readonly from_ms: EpochMs; readonly to_ms: EpochMs };

type Options = Pick<Parts, "index" | "town" | "cameras" | "media" | "clock"> & { readonly bounds: Limits };

/**
 * The recording that an event refers to, and what was asked for around it, once all of it is there.
 * @throws Refusal 400 `PERIOD_TOO_LONG`; 404; 409 while its end is still being recorded.
 */
export async function getClipPeriod(
  options: Options,
  occurrence: string,
  visitor: Visitor,
  asked: { readonly incident: boolean; readonly roll: Roll },
): Promise<ClipPeriod> {
  const { clip } = mediaOf(await getEvent(options, occurrence, visitor));
  if (!clip) throw mediaGone();
  getCamera(options, clip.camera, visitor, ["archive"], asked);
  const period = rolled(clip, asked.roll, options.bounds);
  await refuseUnfinished(options, period);
  return period;
}

/** A clip is held in memory whole, so what is asked for around a long one may be too much. */
function rolled(clip: ClipPeriod, { before_s = 0, after_s = 0 }: Roll, bounds: Limits): ClipPeriod {
  const own_to_ms = Math.min(clip.to_ms, clip.from_ms + bounds.clip_ms_max);
  const from_ms = Math.max(0, clip.from_ms - before_s * 1_000);
  const to_ms = own_to_ms + after_s * 1_000;
  if (to_ms - from_ms > bounds.clip_rolled_ms_max) {
    const seconds = bounds.clip_rolled_ms_max / 1_000;
    const message = `With what is before and after it a clip has at most ${seconds} seconds: ask for less.`;
    throw new Refusal(400, "PERIOD_TOO_LONG", message);
  }
  return { camera: clip.camera, from_ms, to_ms };
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

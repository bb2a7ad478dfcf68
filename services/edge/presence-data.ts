import type { Box } from "@yardline/domain/box";
import { isoOf } from "@yardline/domain/time";
import type { yardPresence } from "@yardline/events/yard-presence";
import type { Stay } from "@yardline/rules/scene/presence";
import type { Static } from "typebox";

export type PresenceData = Static<typeof yardPresence.data>;

/** The recording from before somebody comes until after they are gone. */
export const PRE_ROLL_MS = 5_000;
export const POST_ROLL_MS = 5_000;

const DIGITS = 4;

/** A stay as the catalogue's `yard.presence` has it; what is not known yet (snapshot, clip) is added by who has it. */
export function presenceData(camera: string, rule: string, stay: Stay): PresenceData {
  return {
    camera,
    rule,
    zone: stay.zone,
    track: stay.track,
    label: stay.label,
    since: isoOf(stay.since_ms),
    until: isoOf(stay.until_ms),
    score: rounded(stay.score),
    sightings: stay.sightings,
    box: tupleOf(stay.best.detection.box),
    ...(stay.ended && { ended: stay.ended }),
  };
}

/** The form of a box in events. */
export function tupleOf({ left, top, right, bottom }: Box): PresenceData["box"] {
  return [rounded(left), rounded(top), rounded(right), rounded(bottom)];
}

/** Times before the first picture of all do not exist. */
export function clipOf({ since_ms, until_ms }: Stay): NonNullable<PresenceData["clip"]> {
  return { from: isoOf(Math.max(0, since_ms - PRE_ROLL_MS)), to: isoOf(until_ms + POST_ROLL_MS) };
}

function rounded(share: number): number {
  return Math.min(1, Math.max(0, Number(share.toFixed(DIGITS))));
}

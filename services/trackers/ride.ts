import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Fix } from "@yardline/sources/trackers/protocol";
import { fixesHeld, positionsPublished, rideUnpublished } from "@yardline/telemetry/trackers";
import type { Logger } from "pino";
import type { Outbox } from "./outbox.ts";
import { positionOf, whyHeld } from "./plausibility.ts";

/** A camera tells up to 18 places a second; of a vehicle one is enough, and a tracker gives fewer. */
export const RIDE_EVERY_MS = 1_000;

type Parts = { readonly outbox: Outbox; readonly clock: Clock; readonly log: Logger };

/** Takes the fixes of one camera that rides. Nobody can be asked to send again: what the bus does not take is lost, and counted. */
export type RideFeed = (vehicle_id: string, fixes: readonly Fix[]) => void;

/** What a camera tells of its vehicle's places goes the way of a tracker's fixes: as plausible, in the same words, on the same topic. */
export function openRideFeed(camera: string, { outbox, clock, log }: Parts): RideFeed {
  const link = { protocol: "camera", address: camera };
  let newest_ms: EpochMs = Number.NEGATIVE_INFINITY;
  return (vehicle_id, fixes) => {
    const now_ms = clock.now_ms();
    const believed = fixes.filter((fix) => {
      const why = whyHeld(fix, now_ms);
      if (why) fixesHeld(log, link, why, 1);
      return why === undefined;
    });
    const due = believed.filter((fix) => {
      const at_ms = fix.at_ms ?? now_ms;
      if (at_ms - newest_ms < RIDE_EVERY_MS) return false;
      newest_ms = at_ms;
      return true;
    });
    if (due.length === 0) return;
    outbox.put(due.map((fix) => positionOf(fix, vehicle_id, now_ms))).then(
      () => positionsPublished(log, link, due.length),
      (thrown: unknown) => rideUnpublished(log, camera, due.length, codeOf(thrown)),
    );
  };
}

/** @throws what is a bug of ours. */
function codeOf(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.code;
  throw thrown;
}

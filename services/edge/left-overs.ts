import { cameraLost } from "@yardline/events/camera-lost";
import { cameraPaused } from "@yardline/events/camera-paused";
import { findEntryOf } from "@yardline/events/catalogue";
import type { YardlineEvent } from "@yardline/events/event";
import { dataOf } from "@yardline/events/event-type";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Said } from "@yardline/records/revise";
import type { GapData } from "./gap-teller.ts";

/** Sources of this edge begin so. */
const CAMERAS = "camera/";

/**
 * Settles what was open when the process ended: nobody knows when those in view left, so whatever happened then is closed as
 * lost, at the last time that it was seen. A camera's gap goes on, unless the camera is no longer ours.
 * @returns the gaps that go on.
 */
export async function closeLeftOvers(
  producer: Producer,
  cameras: readonly { readonly id: string; readonly sub?: unknown }[],
): Promise<readonly GapData[]> {
  const gaps: GapData[] = [];
  const closing: Said[] = [];
  for (const event of producer.listOpen().filter(({ source }) => source.startsWith(CAMERAS))) {
    const eventType = findEntryOf(event);
    // What a newer release said is left to it.
    if (!eventType) continue;
    const gap = dataOf(cameraLost, event);
    const paused = dataOf(cameraPaused, event);
    // Whether it goes on is on record: `PauseWatch` tells.
    if (paused && cameras.some(({ id }) => id === paused.camera)) continue;
    if (gap && cameras.some((camera) => goesOn(gap, camera))) gaps.push(gap);
    else closing.push(lost(event, eventType));
  }
  if (closing.length > 0) await producer.state(closing);
  return gaps;
}

/** A gap of one stream, where the camera now has two or the other way round, is nobody's any more. */
function goesOn({ camera, stream }: GapData, { id, sub }: { readonly id: string; readonly sub?: unknown }) {
  return camera === id && (stream === undefined) === (sub === undefined);
}

function lost({ source, severity, data }: YardlineEvent, eventType: Said["eventType"]): Said {
  return { eventType, source, severity, state: "closed", data: { ...data, ended: "lost" } };
}

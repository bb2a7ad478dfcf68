import { cameraLost } from "@yardline/events/camera-lost";
import type { YardlineEvent } from "@yardline/events/event";
import { yardPresence } from "@yardline/events/yard-presence";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Said } from "@yardline/records/revise";
import { Value } from "typebox/value";
import type { GapData } from "./gap-teller.ts";

/** Sources of this edge begin so. */
const CAMERAS = "camera/";

/**
 * Settles what was open when the process ended: nobody knows when those in view left, so their stays are closed as lost, at the last
 * time they were seen. A camera's gap goes on, unless the camera is no longer ours.
 * @returns the gaps that go on, by camera.
 */
export async function closeLeftOvers(
  producer: Producer,
  cameras: readonly string[],
): Promise<ReadonlyMap<string, GapData>> {
  const gaps = new Map<string, GapData>();
  const closing: Said[] = [];
  for (const event of producer.listOpen().filter(({ source }) => source.startsWith(CAMERAS))) {
    const { type, data } = event;
    if (type === yardPresence.type) closing.push(lost(event, yardPresence));
    if (type !== cameraLost.type || !Value.Check(cameraLost.data, data)) continue;
    if (cameras.includes(data.camera)) gaps.set(data.camera, data);
    else closing.push(lost(event, cameraLost));
  }
  if (closing.length > 0) await producer.state(closing);
  return gaps;
}

function lost({ source, severity, data }: YardlineEvent, eventType: Said["eventType"]): Said {
  return { eventType, source, severity, state: "closed", data: { ...data, ended: "lost" } };
}

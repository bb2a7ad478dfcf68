import { cameraLost } from "./camera-lost.ts";
import type { EventType } from "./event-type.ts";
import { transitDelayChanged } from "./transit-delay-changed.ts";
import { transitStopVisit } from "./transit-stop-visit.ts";
import { yardPresence } from "./yard-presence.ts";

/** Every kind of event there is, in the order of the flow. A new kind is one file and one line here. */
export const CATALOGUE: readonly EventType[] = [
  yardPresence,
  cameraLost,
  transitStopVisit,
  transitDelayChanged,
];

const byType = new Map(CATALOGUE.map((entry) => [entry.type, entry]));

/** The entry of a type, or undefined for one that a newer version may know: such events are kept by their envelope. */
export function findEventType(type: string): EventType | undefined {
  return byType.get(type);
}

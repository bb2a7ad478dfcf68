import type { BusRecord } from "@yardline/bus/event-bus";
import { isoOf } from "@yardline/domain/time";
import { cameraLost } from "@yardline/events/camera-lost";
import type { YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";

/** A statement of an invented edge box: its camera was lost at this moment. Revision 0 opens, 1 closes. */
export function lostAt(
  at_ms: number,
  revision: number,
  { camera = "north-1", tenant = "town" }: { camera?: string; tenant?: string } = {},
): YardlineEvent {
  const since = isoOf(at_ms);
  const opened = { camera, since, why: "silent", attempts: revision } as const;
  const data =
    revision === 0 ? opened : { ...opened, until: isoOf(at_ms + 60_000), ended: "returned" as const };
  const state = revision === 0 ? "open" : "closed";
  return stateEvent(cameraLost, data, {
    source: `camera/${camera}`,
    tenant,
    revision,
    state,
    severity: "notice",
  });
}

export function recordOf(event: YardlineEvent): BusRecord {
  const { occurrence: key, source } = event;
  return { key, source, body: new TextEncoder().encode(JSON.stringify(event)) };
}

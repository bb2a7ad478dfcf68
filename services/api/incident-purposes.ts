import { findIncident } from "@yardline/incidents/incident-log";
import { maySeeIncident } from "@yardline/incidents/reach";
import { findOpenShift } from "@yardline/incidents/shift-log";
import { askerOf, knownOf } from "./incident-desk.ts";
import type { Parts } from "./parts.ts";
import type { Purposes } from "./purpose.ts";

/** The purposes of shifts and incidents as they are at this moment: one that was closed a second ago opens nothing. */
export function purposesIn(parts: Pick<Parts, "records" | "town" | "cameras" | "clock">): Purposes {
  const { records, clock } = parts;
  return {
    findShift: (login) => findOpenShift(records, login, clock.now_ms()),
    async findIncident(id, visitor) {
      const incident = await findIncident(records, id);
      const isOpen = incident !== undefined && incident.state !== "closed";
      return isOpen && maySeeIncident(incident, askerOf(visitor), knownOf(parts)) ? incident : undefined;
    },
  };
}

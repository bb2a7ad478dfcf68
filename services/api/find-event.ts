import { OCCURRENCE_PATTERN, type YardlineEvent } from "@yardline/events/event";
import { Type } from "typebox";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import { maySee, type Visitor } from "./visitor.ts";

export const OccurrenceParams = Type.Object({
  occurrence: Type.String({ pattern: OCCURRENCE_PATTERN, description: "`occurrence` of an event." }),
});

/**
 * The event of an occurrence, if whoever asks may know of it. Every look at one goes through here, also at its pictures.
 * @throws Refusal 404
 */
export async function getEvent(
  { index, town, cameras }: Pick<Parts, "index" | "town" | "cameras">,
  occurrence: string,
  visitor: Visitor,
): Promise<YardlineEvent> {
  const event = await index.get(occurrence);
  const known = { tenant: town.tenant, cameras: cameras.listCameras() };
  if (!event || !maySee(event, visitor, "archive", known)) {
    throw new Refusal(404, "EVENT_UNKNOWN", "There is no such event, or its time of keeping is over.");
  }
  return event;
}

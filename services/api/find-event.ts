import { OCCURRENCE_PATTERN, type YardlineEvent } from "@yardline/events/event";
import { Type } from "typebox";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";

export const OccurrenceParams = Type.Object({
  occurrence: Type.String({ pattern: OCCURRENCE_PATTERN, description: "`occurrence` of an event." }),
});

/**
 * The event of an occurrence, if it is this town's. Every look at one goes through here, also at its pictures.
 * @throws Refusal 404
 */
export async function getEvent(
  { index, town }: Pick<Parts, "index" | "town">,
  occurrence: string,
): Promise<YardlineEvent> {
  const event = await index.get(occurrence);
  if (event?.tenant !== town.tenant) {
    throw new Refusal(404, "EVENT_UNKNOWN", "There is no such event, or its time of keeping is over.");
  }
  return event;
}

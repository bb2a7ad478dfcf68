import { OCCURRENCE_PATTERN, type YardlineEvent } from "@yardline/events/event";
import { Type } from "typebox";
import { refusePartner } from "./partner-camera.ts";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import { maySee, type Visitor } from "./visitor.ts";

export const OccurrenceParams = Type.Object({
  occurrence: Type.String({ pattern: OCCURRENCE_PATTERN, description: "`occurrence` of an event." }),
});

/**
 * An event whose pictures are asked for. Whoever may know of a partner's alarm may not therefore look back.
 * @throws Refusal 404; 403 where the camera is a partner's and the agreement gives no pictures of it now.
 */
export async function getPicturedEvent(
  parts: Pick<Parts, "index" | "town" | "cameras" | "clock">,
  occurrence: string,
  visitor: Visitor,
  { incident = false }: { readonly incident?: boolean } = {},
): Promise<YardlineEvent> {
  const event = await getEvent(parts, occurrence, visitor);
  const camera = parts.cameras.listCameras().find(({ id }) => event.source === `camera/${id}`);
  const occasion = { now_ms: parts.clock.now_ms(), incident };
  if (camera?.partner)
    refusePartner(visitor, camera, { tenant: parts.town.tenant, rights: ["archive"], occasion });
  return event;
}

/**
 * The event of an occurrence, if whoever asks may know of it. Every look at one goes through here, also at its pictures.
 * @throws Refusal 404
 */
export async function getEvent(
  { index, town, cameras, clock }: Pick<Parts, "index" | "town" | "cameras" | "clock">,
  occurrence: string,
  visitor: Visitor,
): Promise<YardlineEvent> {
  const event = await index.get(occurrence);
  const known = { tenant: town.tenant, cameras: cameras.listCameras(), now_ms: clock.now_ms() };
  if (!event || !maySee(event, visitor, "archive", known)) {
    throw new Refusal(404, "EVENT_UNKNOWN", "There is no such event, or its time of keeping is over.");
  }
  return event;
}

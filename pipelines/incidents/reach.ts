import type { EpochMs } from "@yardline/domain/time";
import { tellsTown } from "@yardline/permission/agreement";
import {
  type CameraPlace,
  type Holder,
  isAllowed,
  isTowns,
  isWithin,
  type Reach,
  reachOf,
} from "@yardline/permission/decide";
import type { EventRef, Incident } from "./incident.ts";

/** Whoever asks, with the name under which they act. */
export type Asker = Holder & { readonly login: string };
/** Whose incidents these are, and where its cameras stand. */
export type Known = { readonly tenant: string; readonly cameras: readonly CameraPlace[] };
type Seen = Pick<Incident, "tenant" | "cameras" | "events" | "opened_by" | "opened_at">;

/** Rights that let somebody know of what a camera saw. */
const PICTURES = ["live", "archive"] as const;
const CAMERA = /^camera\/(.+)$/;

/**
 * Whether somebody may know of an incident: of everything that is attached to it, so that no note tells of a yard that is not
 * theirs. One without anything attached is whoever's opened it, and of those who see all of the town. With something of a partner's it is the town's
 * people's if it was opened while the agreement told them of that camera.
 */
export function maySeeIncident(
  { tenant, cameras, events, opened_by, opened_at }: Seen,
  asker: Asker,
  known: Known,
): boolean {
  if (tenant !== known.tenant) return false;
  if (cameras.length === 0 && events.length === 0) {
    return opened_by === asker.login || reachesOf(asker, tenant).includes("all");
  }
  const at_ms = Date.parse(opened_at);
  const seesCameras = cameras.every((camera) => maySeeCamera(camera, asker, known, at_ms));
  return seesCameras && events.every((event) => maySeeEvent(event, asker, known, at_ms));
}

/** Whether somebody may know of an attached event, also when it is kept nowhere any more. @param at_ms as for `maySeeCamera`. */
export function maySeeEvent({ source, type }: EventRef, asker: Asker, known: Known, at_ms: EpochMs): boolean {
  const isBus = type.startsWith("transit.");
  if (isBus && isAllowed(asker, { right: "transit", tenant: known.tenant })) return true;
  const camera = CAMERA.exec(source)?.[1];
  if (camera !== undefined) return maySeeCamera(camera, asker, known, at_ms);
  return !isBus && reachesOf(asker, known.tenant).includes("all");
}

/** @param at_ms when it was written down: of a partner's camera it counts what the agreement told then. */
export function maySeeCamera(id: string, asker: Asker, { tenant, cameras }: Known, at_ms: EpochMs): boolean {
  // One that was taken away is in no district any more.
  const place: CameraPlace = cameras.find((each) => each.id === id) ?? { id };
  const isTold = place.partner !== undefined && tellsTown(place.partner, at_ms);
  return reachesOf(asker, tenant).some(
    (reach) => isWithin(reach, place) || (isTold && isTowns(reach, place)),
  );
}

/** Whether one sees at least what the other does: then nothing that was written for the other is news about a foreign yard. */
export function seesAllOf(asker: Asker, other: Holder, known: Known): boolean {
  const theirs = reachesOf(other, known.tenant);
  const own = reachesOf(asker, known.tenant);
  if (own.includes("all")) return true;
  if (theirs.includes("all")) return false;
  const seen = (reaches: readonly Reach[], camera: CameraPlace) =>
    reaches.some((reach) => isWithin(reach, camera));
  return own.length > 0 && known.cameras.every((camera) => !seen(theirs, camera) || seen(own, camera));
}

function reachesOf(holder: Holder, tenant: string): readonly Reach[] {
  return PICTURES.flatMap((right) => reachOf(holder, right, tenant) ?? []);
}

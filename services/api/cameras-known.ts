import type { Right } from "@yardline/permission/rights";
import type { CameraStatus } from "./camera-parts.ts";
import { mayKnow } from "./partner-camera.ts";
import type { Parts } from "./parts.ts";
import type { Visitor } from "./visitor.ts";

/** Any of them lets somebody know that a camera is there, and how it is. */
export const RIGHTS_TO_KNOW = [
  "live",
  "archive",
  "operate",
  "configure",
  "audit",
] as const satisfies readonly Right[];

/** The cameras that somebody may know of. */
export function camerasKnownTo(
  visitor: Visitor,
  { cameras, town, clock }: Pick<Parts, "cameras" | "town" | "clock">,
): readonly CameraStatus[] {
  const asked = { tenant: town.tenant, rights: RIGHTS_TO_KNOW, occasion: { now_ms: clock.now_ms() } };
  return cameras.listCameras().filter((camera) => mayKnow(visitor, camera, asked));
}

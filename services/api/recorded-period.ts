import type { EpochMs } from "@yardline/domain/time";
import type { Right } from "@yardline/permission/rights";
import { Type } from "typebox";
import type { CameraStatus } from "./camera-parts.ts";
import type { Limits } from "./limits.ts";
import { mayKnow, refusePartner } from "./partner-camera.ts";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import { NameParameter } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";

export const CameraParams = Type.Object({ camera: NameParameter });

export const PeriodQuery = Type.Object({
  from: Type.String({ format: "date-time", description: "Inclusive." }),
  to: Type.String({ format: "date-time", description: "Exclusive." }),
});

/**
 * The camera of this town by its id, if whoever asks has one of the rights to it: others do not even learn that it exists.
 * @param incident whether an open incident was named, for which partners may give recordings.
 * @throws Refusal 404; 403 for a partner's camera that the agreement does not give now.
 */
export function getCamera(
  { cameras, town, clock }: Pick<Parts, "cameras" | "town" | "clock">,
  id: string,
  visitor: Visitor,
  rights: readonly Right[],
  { incident = false }: { readonly incident?: boolean } = {},
): CameraStatus {
  const camera = cameras.listCameras().find((each) => each.id === id);
  const asked = { tenant: town.tenant, rights, occasion: { now_ms: clock.now_ms(), incident } };
  if (!camera || !mayKnow(visitor, camera, asked)) {
    throw new Refusal(404, "CAMERA_UNKNOWN", "There is no such camera.");
  }
  refusePartner(visitor, camera, asked);
  return camera;
}

/** A time that is asked for. @throws Refusal 400 where it ends before it begins, or is too long. */
export function periodOf(
  { from, to }: { readonly from: string; readonly to: string },
  { recordings_ms_max }: Pick<Limits, "recordings_ms_max">,
): { readonly from_ms: EpochMs; readonly to_ms: EpochMs } {
  const [from_ms, to_ms] = [Date.parse(from), Date.parse(to)];
  if (!(from_ms >= 0 && from_ms < to_ms)) {
    throw new Refusal(400, "PERIOD_WRONG", "`from` and `to` must be instants, and `to` the later one.");
  }
  if (to_ms - from_ms > recordings_ms_max) {
    const hours = recordings_ms_max / 3_600_000;
    throw new Refusal(400, "PERIOD_TOO_LONG", `Ask for at most ${hours} hours at once.`);
  }
  return { from_ms, to_ms };
}

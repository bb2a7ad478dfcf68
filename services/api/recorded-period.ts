import type { EpochMs } from "@yardline/domain/time";
import { isAllowed } from "@yardline/permission/decide";
import type { Right } from "@yardline/permission/rights";
import { Type } from "typebox";
import type { Limits } from "./limits.ts";
import type { CameraStatus, Parts } from "./parts.ts";
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
 * @throws Refusal 404
 */
export function getCamera(
  { cameras, town }: Pick<Parts, "cameras" | "town">,
  id: string,
  visitor: Visitor,
  rights: readonly Right[],
): CameraStatus {
  const camera = cameras.listCameras().find((each) => each.id === id);
  const may = rights.some((right) => isAllowed(visitor, { right, tenant: town.tenant, camera: { id } }));
  if (!camera || !may) throw new Refusal(404, "CAMERA_UNKNOWN", "There is no such camera.");
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

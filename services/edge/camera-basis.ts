import type { CameraStatus } from "@yardline/api/parts";
import type { EdgeCamera } from "./edge.ts";

/** What anybody may know of a camera whatever state it is in: its name and on what basis it runs. */
export function basisOf({ id, name, recorded, record, district, partner }: EdgeCamera) {
  const { purpose, legal_basis, controller, retention_h, mask } = record;
  return {
    ...{ id, name, purpose, legal_basis, controller, retention_h, recorded },
    mask_form: mask.form,
    ...(district !== undefined && { district }),
    ...(partner && { partner }),
  } satisfies Partial<CameraStatus>;
}

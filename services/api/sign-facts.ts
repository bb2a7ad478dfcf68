import { LEGAL_BASES, PURPOSES } from "@yardline/privacy/purposes";
import type { SignFacts } from "@yardline/privacy/sign";
import type { CameraStatus } from "./camera-parts.ts";
import type { TownView } from "./parts.ts";

/** What a camera's sign says; undefined for one whose words a newer release knows. */
export function signFactsOf(
  camera: CameraStatus,
  { privacy }: Pick<TownView, "privacy">,
): SignFacts | undefined {
  const purpose = PURPOSES.find((each) => each === camera.purpose);
  const legal_basis = LEGAL_BASES.find((each) => each === camera.legal_basis);
  const { id, controller, retention_h } = camera;
  return purpose && legal_basis && { camera: id, purpose, legal_basis, controller, retention_h, ...privacy };
}

import type { EdgeCamera, WantedSign } from "@yardline/edge/edge";
import type { CameraRecord } from "@yardline/privacy/camera-record";
import { type Contact, type SignFacts, signVersion } from "@yardline/privacy/sign";
import { noteSign } from "@yardline/records/signs";
import type { Site } from "../site.ts";

/** What a camera's sign has to say. */
export function factsOf(camera: string, record: CameraRecord, contact: Contact = {}): SignFacts {
  const { purpose, legal_basis, controller, retention_h } = record;
  return { camera, purpose, legal_basis, controller, retention_h, ...contact };
}

/** The sign that a camera should have by now. @throws AppError of Records. */
export async function wantedSign(
  { id, record }: Pick<EdgeCamera, "id" | "record">,
  { config, stores, clock }: Pick<Site, "config" | "stores" | "clock">,
): Promise<WantedSign> {
  const version = signVersion(factsOf(id, record, config.privacy));
  const changed_on = await noteSign(await stores.records(), { camera: id, version, now_ms: clock.now_ms() });
  return { version, changed_on };
}

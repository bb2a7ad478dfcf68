import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { CameraView } from "@yardline/api/camera-parts";
import type { Parts } from "@yardline/api/parts";
import type { Audit } from "@yardline/audit/audit";
import { readClockState } from "@yardline/evidence/clock-state";
import { EvidenceDesk } from "@yardline/evidence/desk";
import type { CameraFacts, EvidenceSources } from "@yardline/evidence/make-bundle";
import { openRequests } from "@yardline/evidence/request-register";
import type { MediaStore } from "@yardline/media/media-store";
import { evidenceFailed } from "@yardline/telemetry/evidence";
import { RELEASE } from "@yardline/upkeep/data-folder";
import type { Site } from "../site.ts";
import { custodyOf } from "./custody-of.ts";

/** Bundles whose time is over are looked for so often. */
const ROUND_MS = 10 * 60_000;
const KEEP_H = 72;

export type Evidence = NonNullable<Parts["evidence"]>;

type Given = {
  readonly media: MediaStore;
  readonly cameras: CameraView;
  /** Undefined for the invented town: nobody is written down. */
  readonly audit: Audit | undefined;
};

/** What leaves this town as evidence, and what people ask who were filmed. Closing it ends what is being made. */
export async function keepEvidence(site: Site, given: Given): Promise<Evidence & { close(): Promise<void> }> {
  const { stores, folder, clock, log } = site;
  const records = await stores.records();
  const desk = new EvidenceDesk({
    get two_person() {
      return site.now().evidence?.two_person ?? false;
    },
    get keep_h() {
      return site.now().evidence?.keep_h ?? KEEP_H;
    },
    ...{ records, folder: join(folder, "evidence"), newId: randomUUID },
    sources: sourcesOf(site, given),
    onFailure: (id, thrown) => evidenceFailed(log, id, thrown),
  });
  const requests = openRequests(records, clock, randomUUID);
  const round = async () => {
    await desk.expire();
    await requests.refresh();
  };
  await desk.resume();
  await requests.refresh();
  const timer = setInterval(
    () => void round().catch((thrown: unknown) => evidenceFailed(log, "round", thrown)),
    ROUND_MS,
  );
  return {
    desk,
    requests,
    async close() {
      clearInterval(timer);
      await desk.close();
    },
  };
}

function sourcesOf({ config, stores, clock }: Site, { media, cameras, audit }: Given): EvidenceSources {
  return {
    media,
    gaps: async (camera, from_ms, to_ms) => (await stores.media()).listGaps(camera, from_ms, to_ms),
    findEvent: async (occurrence) => (await stores.index()).get(occurrence),
    findCamera(id): CameraFacts | undefined {
      const status = cameras.listCameras().find((each) => each.id === id);
      if (!status) return undefined;
      // The polygons are in the settings of the box that has the camera.
      const mask = config.cameras?.find((each) => each.id === id)?.mask ?? { form: status.mask_form };
      const drift_ms = cameras.findStatistics?.(id)?.stream?.drift_ms;
      return { ...status, mask, ...(drift_ms !== undefined && { drift_ms }) };
    },
    readClock: async () => [await readClockState(clock)],
    custody: async (row) => (audit ? custodyOf(audit, config.town.tenant, row) : []),
    town: config.town,
    software: `yardline ${RELEASE}`,
    clock,
  };
}

import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { CameraView } from "@yardline/api/camera-parts";
import { startEdge } from "@yardline/edge/edge";
import { closeLeftOvers } from "@yardline/edge/left-overs";
import { openMaskFormats } from "@yardline/edge/mask-formats";
import { openDetectors } from "@yardline/edge/open-detector";
import { keepRetention } from "@yardline/edge/retention";
import type { MediaStore } from "@yardline/media/media-store";
import { findPauses } from "@yardline/records/pauses";
import { detectorTroubled } from "@yardline/telemetry/sharing";
import type { TownCamera } from "../cameras.ts";
import type { Site } from "../site.ts";
import { followRides } from "./follow-rides.ts";
import { keepRecordings } from "./keep-recordings.ts";
import { producerOf } from "./producer.ts";
import { wantedSign } from "./signs.ts";

/** One core is left to everything else. */
const DETECTOR_THREADS = Math.max(1, availableParallelism() - 1);

/** A thread of the detector that answers no longer blinds all cameras where it is the only one: it is replaced sooner than by default. */
const HANGS_AFTER_MS = 10_000;

type Watching = { readonly view: CameraView; readonly ended: Promise<void> };

/** Records the cameras and states what is seen. Without cameras no detector is loaded. */
export async function startWatching(
  site: Site,
  cameras: readonly TownCamera[],
  media: MediaStore,
  signal: AbortSignal,
): Promise<Watching> {
  const { parts, stores, root, report, clock, log } = site;
  if (cameras.length === 0) {
    // What cameras left that are no longer there has its time, too, and what they had open ends.
    const producer = await producerOf(site, "edge");
    await closeLeftOvers(producer, cameras);
    const settle = () => producer.state([]);
    const left = { media, keeping: await keepRecordings(site), clock, log, settle, isBehind: () => false };
    return { view: { listCameras: () => [] }, ended: keepRetention([], left, signal) };
  }
  const producer = await producerOf(site, "edge");
  const settings = cameras.map(({ detection }) => detection);
  const detectors = await openDetectors(settings, {
    root,
    report,
    workers: DETECTOR_THREADS,
    policy: "drop-oldest",
    timeout_ms: HANGS_AFTER_MS,
    onTrouble: (trouble) => detectorTroubled(log, trouble),
  });
  const keeping = await keepRecordings(site);
  const records = await stores.records();
  const masks = await openMaskFormats(cameras, { records, log, signal });
  const ridden = cameras.some(({ ride }) => ride) ? followRides(await stores.bus(), site) : undefined;
  const given = {
    ...(ridden && { ridden }),
    media,
    keeping,
    detector_lanes: DETECTOR_THREADS,
    producer,
    masks,
    findPauses: () => findPauses(records, clock.now_ms()),
    clock,
    log,
    random: Math.random,
    newId: randomUUID,
  };
  const seeing = await Promise.all(
    cameras.map(async (camera) => ({
      ...camera,
      sight: detectors.sightOf(camera.detection),
      sign: await wantedSign(camera, site),
    })),
  );
  const edge = await startEdge(seeing, given, signal);
  const ended = edge.ended.finally(() => detectors.close());
  parts.run("cameras", false, ended);
  return { view: edge, ended };
}

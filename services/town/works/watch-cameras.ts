import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { CameraView } from "@yardline/api/parts";
import { type EdgeCamera, startEdge } from "@yardline/edge/edge";
import { openMaskFormats } from "@yardline/edge/mask-formats";
import { openDetector } from "@yardline/edge/open-detector";
import type { MediaStore } from "@yardline/media/media-store";
import type { Site } from "../site.ts";
import { keepRecordings } from "./keep-recordings.ts";
import { producerOf } from "./producer.ts";

/** One core is left to everything else. */
const DETECTOR_THREADS = Math.max(1, availableParallelism() - 1);

type Watching = { readonly view: CameraView; readonly ended: Promise<void> };

/** Records the cameras and states what is seen. Without cameras no detector is loaded. */
export async function startWatching(
  site: Site,
  cameras: readonly EdgeCamera[],
  media: MediaStore,
  signal: AbortSignal,
): Promise<Watching> {
  if (cameras.length === 0) return { view: { listCameras: () => [] }, ended: Promise.resolve() };
  const { parts, stores, root, report, clock, log } = site;
  const producer = await producerOf(site, "edge");
  const detector = await openDetector({ root, report, workers: DETECTOR_THREADS, policy: "drop-oldest" });
  const keeping = await keepRecordings(site);
  const masks = await openMaskFormats(cameras, { records: await stores.records(), log, signal });
  const given = {
    media,
    keeping,
    detector,
    producer,
    masks,
    clock,
    log,
    random: Math.random,
    newId: randomUUID,
  };
  const edge = await startEdge(cameras, given, signal);
  const ended = edge.ended.finally(() => detector.close());
  parts.run("cameras", false, ended);
  return { view: edge, ended };
}

import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { CameraView } from "@yardline/api/parts";
import { type EdgeCamera, startEdge } from "@yardline/edge/edge";
import { openDetector } from "@yardline/edge/open-detector";
import type { MediaStore } from "@yardline/media/media-store";
import { snapshotOf } from "@yardline/media/snapshot";
import type { Site } from "../site.ts";
import { keepRecordings } from "./keep-recordings.ts";
import { producerOf } from "./producer.ts";

/** One core is left to everything else. */
const DETECTOR_THREADS = Math.max(1, availableParallelism() - 1);

/** A thread of the detector that answers no longer blinds all cameras where it is the only one: it is replaced sooner than by default. */
const HANGS_AFTER_MS = 10_000;

type Watching = { readonly view: CameraView; readonly ended: Promise<void> };

/** Records the cameras and states what is seen. Without cameras no detector is loaded. */
export async function startWatching(
  site: Site,
  cameras: readonly EdgeCamera[],
  media: MediaStore,
  signal: AbortSignal,
): Promise<Watching> {
  if (cameras.length === 0) return { view: { listCameras: () => [] }, ended: Promise.resolve() };
  const { parts, root, report, clock, log } = site;
  const producer = await producerOf(site, "edge");
  const detector = await openDetector({
    ...{ root, report, workers: DETECTOR_THREADS, policy: "drop-oldest", timeout_ms: HANGS_AFTER_MS },
  });
  const keeping = await keepRecordings(site);
  const given = {
    media,
    keeping,
    detector,
    detector_lanes: DETECTOR_THREADS,
    producer,
    snapshotOf,
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

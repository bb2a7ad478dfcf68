import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { CameraView, HealthView, TransitView } from "@yardline/api/parts";
import { type Edge, startEdge } from "@yardline/edge/edge";
import { openDetector } from "@yardline/edge/open-detector";
import { runIndexer } from "@yardline/indexer/indexer";
import { snapshotOf } from "@yardline/media/snapshot";
import { openProducer, type Producer } from "@yardline/records/open-occurrences";
import { openDeviceDirectory } from "@yardline/trackers/devices";
import { startGateway } from "@yardline/trackers/gateway";
import { startTransit, type Transit } from "@yardline/transit/transit";
import { readCameras } from "./cameras.ts";
import { loadFeed } from "./feed.ts";
import { Parts } from "./parts.ts";
import type { Stores } from "./stores.ts";
import type { TownOptions } from "./town.ts";

const DAY_MS = 86_400_000;
/** As late as a fix may come and still correct what was said. */
const REMEMBER_MS = 8 * DAY_MS;
/** One core is left to everything else. */
const DETECTOR_THREADS = Math.max(1, availableParallelism() - 1);

/** Everybody who works in the town. */
export type Works = {
  readonly transit: TransitView | undefined;
  readonly cameras: CameraView;
  readonly health: HealthView;
  /** Resolves when all have ended, after the signal; rejects when one dies of a fault of ours. */
  readonly ended: Promise<void>;
};

/**
 * Starts who works on the stores: first who reads, then who writes, so that nothing waits for its reader.
 * @throws AppError of whatever could not start; the signal must then be aborted to end those that did.
 */
export async function startWorks(options: TownOptions, stores: Stores, signal: AbortSignal): Promise<Works> {
  const parts = new Parts();
  // What can be refused is read before anything runs: settings, addresses, the timetable.
  const cameras = await readCameras(options.config.cameras ?? [], options.base);
  const timetable =
    options.config.gtfs && (await loadFeed(options.config.gtfs.from, options.config.gtfs.feed, options.base));
  const { clock, log } = options;
  const producerOf = (name: string): Promise<Producer> =>
    openProducer({ ...stores, name, tenant: options.config.town.tenant, clock, remember_ms: REMEMBER_MS });

  parts.run("indexer", true, runIndexer({ ...stores, clock, log, signal }));
  let transit: Transit | undefined;
  if (timetable) {
    const producer = await producerOf("transit");
    transit = await startTransit({ ...stores, timetables: [timetable], producer, clock, log }, signal);
    parts.run("transit", true, transit.stopped);
  }
  await openGateway(options, stores, parts, signal);
  let edge: Edge | undefined;
  if (cameras.length > 0) {
    const detector = await openDetector({
      root: options.root,
      report: options.report,
      workers: DETECTOR_THREADS,
      policy: "drop-oldest",
    });
    const producer = await producerOf("edge");
    const given = {
      ...stores,
      detector,
      producer,
      snapshotOf,
      clock,
      log,
      random: Math.random,
      newId: randomUUID,
    };
    edge = await startEdge(cameras, given, signal);
    parts.run(
      "cameras",
      false,
      edge.ended.finally(() => detector.close()),
    );
  }
  const listCameras = () => edge?.listCameras() ?? [];
  return {
    transit: transit?.view,
    cameras: { listCameras },
    health: { listParts: () => parts.list(listCameras()) },
    ended: parts.ended(),
  };
}

async function openGateway(
  { config, clock, log, drive }: TownOptions,
  { records, bus }: Stores,
  parts: Parts,
  signal: AbortSignal,
): Promise<void> {
  const { trackers = [], devices = [], unknown_devices: unknown = "quarantine" } = config;
  if (trackers.length === 0) return;
  const listen = trackers.map(({ protocol, port, host = "127.0.0.1" }) => ({ protocol, port, host }));
  const directory = openDeviceDirectory(records, clock, { devices, unknown });
  const gateway = await startGateway({ listen, devices: directory, bus, clock, log }, signal);
  parts.run("tracker gateway", true, gateway.stopped);
  const [first] = gateway.listening;
  if (first) drive?.(first.port, clock, log, signal);
}

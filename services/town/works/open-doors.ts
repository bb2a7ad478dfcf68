import { buildApp } from "@yardline/api/app";
import { listen } from "@yardline/api/listen";
import type { CameraView, ReviewView } from "@yardline/api/parts";
import { joinClip } from "@yardline/media/clip";
import type { Transit } from "@yardline/transit/transit";
import { register } from "prom-client";
import type { Site } from "../site.ts";
import { findMedia } from "./find-media.ts";
import { knowPeople } from "./know-people.ts";
import { trackerRegistry } from "./tracker-registry.ts";

export type DoorOptions = {
  readonly port: number;
  readonly pageDir: string;
  /** True for the invented town: the page says so on every screen, and everybody may see everything. */
  readonly simulated: boolean;
  readonly transit: Transit | undefined;
  readonly review: ReviewView | undefined;
  readonly cameras: CameraView;
};

/** Serves the API and the page. @returns the address to open, and how to close. */
export async function openDoors(
  site: Site,
  { port, pageDir, simulated, transit, review, cameras }: DoorOptions,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const { config, stores, parts, clock, log } = site;
  const opened = [stores.index(), stores.bus(), findMedia(site), stores.records()] as const;
  const [index, bus, media, records] = await Promise.all(opened);
  const { name, tenant } = config.town;
  const people = simulated ? undefined : await knowPeople(site);
  const app = await buildApp({
    index,
    bus,
    media,
    records,
    transit: transit?.view,
    dispatch: transit?.dispatch,
    trackers: trackerRegistry(records),
    review,
    cameras,
    town: { name, tenant, simulated },
    health: { listParts: () => parts.list(cameras.listCameras()) },
    clip: (camera, from_ms, to_ms) => joinClip(media, camera, from_ms, to_ms),
    // What is on an edge is dropped there, and nobody here would know.
    ...(people && { identity: people.identity }),
    ...(config.edges === undefined && { derived: await stores.media() }),
    gaps: async (camera, from_ms, to_ms) => (await stores.media()).listGaps(camera, from_ms, to_ms),
    log,
    clock,
    registry: register,
    pageDir,
  });
  const address = await listen(app, { port });
  await people?.tellFirst(address);
  return { address, close: () => app.close() };
}

import { isDeepStrictEqual } from "node:util";
import type { CameraView } from "@yardline/api/camera-parts";
import { AppError } from "@yardline/domain/errors";
import type { MediaStore } from "@yardline/media/media-store";
import { nameMedia } from "@yardline/relay/named-media";
import type { CameraConfig } from "../camera-config.ts";
import { ownerOfCameras } from "../camera-settings.ts";
import { readCameras } from "../cameras.ts";
import { readTownConfig, type TownConfig } from "../config.ts";
import type { Site } from "../site.ts";
import { followCameraSettings } from "./follow-camera-settings.ts";
import { readMembership, startMembership } from "./join-region.ts";
import { startTellingCameras } from "./tell-cameras.ts";
import { startWatching } from "./watch-cameras.ts";

type EdgeBox = {
  /** Where the region's settings are kept. */
  readonly folder: string;
  /** Whether other processes of the same town ask how the cameras are; a region always does. */
  readonly tell: boolean;
};

/** Watches the cameras of a box, and belongs to a region where the settings name one. */
export async function startEdgeBox(
  site: Site,
  { folder, tell }: EdgeBox,
  signal: AbortSignal,
): Promise<CameraView> {
  const membership = await readMembership(site);
  const own = await site.stores.media();
  const media = membership ? nameMedia(own, membership.own.edge) : own;
  const cameras = new CameraWork(site, media, signal);
  if (ownerOfCameras(site, false).by === "pages") {
    await followCameraSettings(site, (kept) => cameras.use(kept), signal);
  } else await cameras.use(site.config.cameras ?? []);
  if (tell || membership) await startTellingCameras(site, cameras, signal);
  if (membership) {
    const use = (settings: object) => cameras.use(camerasOf(settings, site.config));
    await startMembership(site, membership, own, { folder, use }, signal);
  }
  return cameras;
}

/** The region may change the cameras; everything else is the box's own. @throws AppError `TOWN_CONFIG` */
function camerasOf(settings: object, { town }: TownConfig): NonNullable<TownConfig["cameras"]> {
  const given = readTownConfig(JSON.stringify({ town, ...settings }), "The region's settings", {
    lines: false,
  });
  return given.cameras ?? [];
}

/** What is asked of cameras where there are none. */
const NO_CAMERAS: CameraView = { listCameras: () => [] };

async function noCamera(_id: string, _view?: string): Promise<never> {
  throw new AppError("CAMERA_UNKNOWN", "There is no such camera");
}

/** Watching, begun anew whenever the cameras are others. */
class CameraWork implements CameraView {
  readonly #site: Site;
  readonly #media: MediaStore;
  readonly #signal: AbortSignal;
  #cameras: readonly CameraConfig[] | undefined;
  #view: CameraView = NO_CAMERAS;
  #halt = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  constructor(site: Site, media: MediaStore, signal: AbortSignal) {
    this.#site = site;
    this.#media = media;
    this.#signal = signal;
  }

  listCameras() {
    return this.#view.listCameras();
  }

  findStatistics(id: string) {
    return this.#view.findStatistics?.(id);
  }

  findLive(...asked: Parameters<NonNullable<CameraView["findLive"]>>) {
    return this.#view.findLive?.(...asked);
  }

  async listViews(id: string) {
    return (this.#view.listViews ?? noCamera)(id);
  }

  async turnTo(id: string, view: string) {
    await (this.#view.turnTo ?? noCamera)(id, view);
  }

  async heedPauses() {
    await this.#view.heedPauses?.();
  }

  /** @throws AppError of settings that cannot be used; then those before stay in use. */
  async use(cameras: readonly CameraConfig[]): Promise<void> {
    if (isDeepStrictEqual(cameras, this.#cameras)) return;
    const read = await readCameras(cameras, this.#site);
    this.#halt.abort();
    await this.#ended;
    this.#halt = new AbortController();
    const signal = AbortSignal.any([this.#signal, this.#halt.signal]);
    const watching = await startWatching(this.#site, read, this.#media, signal);
    this.#view = watching.view;
    this.#ended = watching.ended;
    this.#cameras = cameras;
  }
}

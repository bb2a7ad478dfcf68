import { buildApp } from "@yardline/api/app";
import type { CameraView } from "@yardline/api/camera-parts";
import { identifier } from "@yardline/api/identify";
import { listen } from "@yardline/api/listen";
import { withNeighbours } from "@yardline/api/neighbours";
import type { PartHealth, Parts, PushView, ReviewView } from "@yardline/api/parts";
import { openTenantDoors } from "@yardline/api/tenant-doors";
import type { TimetableView } from "@yardline/api/timetable-parts";
import type { EventIndex } from "@yardline/index/event-index";
import { joinClip } from "@yardline/media/clip";
import type { Records } from "@yardline/records/records";
import { Shares } from "@yardline/tenancy/shares";
import type { Transit } from "@yardline/transit/transit";
import type { FastifyInstance } from "fastify";
import { Registry, register } from "prom-client";
import type { Site } from "../site.ts";
import { treeOf } from "../tenant-settings.ts";
import { findMedia } from "./find-media.ts";
import { holdsOf } from "./holds.ts";
import { keepAudit } from "./keep-audit.ts";
import { type Evidence, keepEvidence } from "./keep-evidence.ts";
import { knowPeople } from "./know-people.ts";
import { openPublic } from "./open-public.ts";
import { pausesOf } from "./pauses.ts";
import { publicCounts } from "./public-counts.ts";
import { trackerRegistry } from "./tracker-registry.ts";

export type DoorOptions = {
  readonly pageDir: string;
  /** True for the invented town: the page says so on every screen, and everybody may see everything. */
  readonly simulated: boolean;
  readonly transit: Transit | undefined;
  readonly review: ReviewView | undefined;
  readonly cameras: CameraView;
  /** Absent for a tenant of a region, whose settings are the region's. */
  readonly settingUp?: Pick<Parts, "settings" | "setUp">;
  /** What is followed of the timetables, where this process does. */
  readonly timetables?: TimetableView | undefined;
  /** What neighbours share with this town now. */
  readonly listShared?: Parameters<typeof withNeighbours>[1];
  /** How passengers' browsers are told of a bus. */
  readonly push?: PushView;
  /** Ends what goes on behind the doors: checkpoints of the audit log. */
  readonly signal: AbortSignal;
};

/** Serves the API and the page. @returns the address to open, and how to close. */
export async function openDoors(
  site: Site,
  options: DoorOptions & { readonly port: number; readonly tenants?: ReadonlyMap<string, FastifyInstance> },
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const { app, people, identify, shares } = await buildDoors(site, options);
  const { port, tenants } = options;
  if (tenants) await openTenantDoors({ own: app, doors: tenants, identify, shares, clock: site.clock });
  const here = await listen(app, { port });
  const outward = site.config.public && (await openOutward(site, app, site.config.public));
  const address = outward?.address() ?? here;
  await people?.tellFirst(address);
  return { address, close: () => app.close().finally(() => outward?.close()) };
}

/** What protects those who are filmed. Cameras and recordings on edges are paused and held there. */
function protections(
  { config, clock }: Site,
  { records, cameras, index }: { records: Records; cameras: CameraView; index: EventIndex },
) {
  const { edges, public_counts, town } = config;
  const at_cameras = { pauses: pausesOf(records, cameras, clock), holds: holdsOf(records, clock) };
  const counted = public_counts && publicCounts(public_counts, { index, records, tenant: town.tenant });
  return { ...(edges === undefined && at_cameras), ...(counted && { public_counts: counted }) };
}

/** The doors of one tenant, not yet listening. */
export async function buildDoors(
  site: Site,
  {
    pageDir,
    simulated,
    transit,
    review,
    cameras,
    settingUp,
    timetables,
    listShared,
    push,
    signal,
  }: DoorOptions,
) {
  const { config, stores, shared = stores, parts, clock, log } = site;
  const opened = [stores.index(), stores.bus(), findMedia(site), stores.records()] as const;
  const [index, bus, media, records] = await Promise.all(opened);
  const { name, tenant } = config.town;
  const people = simulated ? undefined : await knowPeople({ ...site, stores: shared });
  const audit = people && (await keepAudit(site, signal));
  const shares = new Shares(await shared.records());
  const tenants = config.tenants && treeOf(config.town, config.tenants);
  const { privacy } = config;
  const town = { name, tenant, simulated, ...(privacy && { privacy }), ...(tenants && { tenants }) };
  const evidence = await keepEvidence(site, { media, cameras, audit });
  const app = await buildApp({
    index,
    bus,
    media,
    records,
    transit:
      listShared && transit ? withNeighbours(transit.view, listShared, () => clock.now_ms()) : transit?.view,
    dispatch: transit?.dispatch,
    trackers: trackerRegistry(records),
    review,
    cameras,
    ...protections(site, { records, cameras, index }),
    ...settingUp,
    timetables,
    town,
    ...(!simulated && { shares }),
    health: { listParts: () => [...parts.list(cameras.listCameras()), ...remindersOf(evidence)] },
    evidence,
    clip: (camera, from_ms, to_ms) => joinClip(media, camera, from_ms, to_ms),
    // What is on an edge is dropped there, and nobody here would know.
    ...(people && { identity: people.identity }),
    ...(audit && { audit }),
    ...(push && { push }),
    ...(config.edges === undefined && { derived: await stores.media() }),
    gaps: async (camera, from_ms, to_ms) => (await stores.media()).listGaps(camera, from_ms, to_ms),
    log,
    clock,
    // What the process counts is of all its tenants.
    registry: site.shared ? new Registry() : register,
    pageDir,
    ...(config.public && { public_name: config.public.name }),
  });
  app.addHook("onClose", () => evidence.close());
  const identify = identifier({ ...(people && { identity: people.identity }), town, clock });
  return { app, people, identify, shares };
}

/** A door that cannot be opened closes the one that was. */
async function openOutward(...asked: Parameters<typeof openPublic>): ReturnType<typeof openPublic> {
  try {
    return await openPublic(...asked);
  } catch (thrown) {
    await asked[1].close();
    throw thrown;
  }
}

/** The privacy officer must not forget whoever waits for an answer. No name: anybody on this machine reads it. */
function remindersOf({ requests }: Pick<Evidence, "requests">): readonly PartHealth[] {
  const due = requests.reminder();
  if (!due) return [];
  const detail = `${due.overdue} overdue, ${due.soon} due soon; the first is due on ${due.date}`;
  const part = { name: "requests of people filmed", running: true, required: false, detail };
  return [{ ...part, code: "requests-due", values: due }];
}

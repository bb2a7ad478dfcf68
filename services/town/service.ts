import { join } from "node:path";
import { buildOpsApp } from "@yardline/api/app";
import { listen } from "@yardline/api/listen";
import { register } from "prom-client";
import { LiveSettings } from "./live-settings.ts";
import { lookLater, reviewOf } from "./look-later.ts";
import { Parts } from "./parts.ts";
import { ownerOfRest } from "./section-settings.ts";
import { settingsView } from "./settings-view.ts";
import type { Site } from "./site.ts";
import { Stores } from "./stores.ts";
import { timetableView } from "./timetables/timetable-view.ts";
import { stopWith, type Town, type TownOptions } from "./town.ts";
import { openTimetables, startFollowing, startStating } from "./works/follow-buses.ts";
import { followCameras } from "./works/follow-cameras.ts";
import { followNeighbours } from "./works/follow-neighbours.ts";
import { startFading, startIndexing } from "./works/index-events.ts";
import { leavingDeletions } from "./works/leave-deletions.ts";
import { openDoors } from "./works/open-doors.ts";
import { buildTenants } from "./works/open-tenants.ts";
import { startReceiving } from "./works/receive-edges.ts";
import { startReminding } from "./works/remind.ts";
import { FEEDING, NOTIFYING, startRenewed, TAKING } from "./works/renew.ts";
import { startEdgeBox } from "./works/run-edge.ts";

/** The doors of one service: how to shut them, and where they are. */
type Doors = { readonly address: string; close(): Promise<void> };
/** What a service runs on. */
type ServiceSite = Site & { readonly live: LiveSettings };
type Start = (site: ServiceSite, options: ServiceOptions, signal: AbortSignal) => Promise<Doors>;

export type ServiceOptions = Omit<TownOptions, "drive">;

/** What can run by itself, each talking to the others through bus, index and records only. */
const SERVICES = {
  edge: withOps(async (site, signal, { folder, servers }) => {
    const edge = { ...site, deletions: leavingDeletions(site, signal) };
    // On servers it is the indexer's to do, for all.
    if (servers.bus === undefined && servers.records === undefined) await startFading(edge, signal);
    await startEdgeBox(edge, { folder, tell: true }, signal);
  }),
  trackers: withOps(async (site, signal) => {
    await startRenewed(site, site.live, TAKING, signal);
    await startRenewed(site, site.live, FEEDING, signal);
  }),
  transit: withOps(async (site, signal) => {
    const timetables = await openTimetables(site, signal);
    if (timetables) await startStating(site, timetables, signal);
  }),
  indexer: withOps((site, signal) =>
    startIndexing({ ...site, deletions: leavingDeletions(site, signal) }, signal),
  ),
  notifier: withOps((site, signal) => startRenewed(site, site.live, NOTIFYING, signal)),
  receiver: withOps(startReceiving),
  async api(site, { port, pageDir, folder, clock }, signal) {
    const timetables = await openTimetables(site, signal);
    const transit = timetables && (await startFollowing(site, timetables, signal));
    const cameras = await followCameras(site, signal);
    const past = lookLater(join(folder, "history"), clock);
    const review = timetables && reviewOf(timetables, past.history, () => site.stores.records());
    const listShared = await followNeighbours(site, signal);
    const tenants = await buildTenants(site, pageDir, signal);
    // Where buses are followed for whoever asks; several of them tell each person once.
    const push = transit && (await startReminding(site, transit.view, signal));
    const beside = { ...(listShared && { listShared }), ...(tenants && { tenants }), ...(push && { push }) };
    const doors = await openDoors(site, {
      port,
      pageDir,
      simulated: false,
      settingUp: { settings: settingsView(site, site.live, false) },
      transit,
      timetables: timetables && timetableView(timetables, ownerOfRest(site, false)),
      review,
      cameras,
      ...beside,
      signal,
    });
    return { address: doors.address, close: () => doors.close().finally(past.close) };
  },
} as const satisfies Readonly<Record<string, Start>>;

export type ServiceName = keyof typeof SERVICES;
export const SERVICE_NAMES: readonly ServiceName[] = [
  "edge",
  "trackers",
  "transit",
  "indexer",
  "api",
  "notifier",
  "receiver",
];

/**
 * Runs one service of a town in this process. What it needs of the stores is opened, the rest is left alone.
 * @throws AppError of whatever could not start; then nothing is left running.
 */
export async function startService(
  name: ServiceName,
  options: ServiceOptions,
  signal: AbortSignal,
): Promise<Town> {
  const halt = new AbortController();
  const ending = AbortSignal.any([signal, halt.signal]);
  await using opening = new AsyncDisposableStack();
  // Opened whenever they are needed, and yet closed last: whoever works on them has ended by then.
  const keeping = opening.use(new AsyncDisposableStack());
  const parts = new Parts();
  const stores = new Stores({ ...options, signal: ending }, keeping);
  opening.defer(() => parts.settled());
  opening.defer(() => halt.abort());
  const live = await LiveSettings.open(options, await stores.records(), false);
  const site = { ...options, config: live.started, now: () => live.now(), live, parts, stores };
  const doors = await SERVICES[name](site, options, ending);
  opening.defer(() => doors.close());
  live.follow(site, ending);
  return { address: doors.address, stopped: stopWith(opening.move(), parts.ended(), ending) };
}

/** A service that people never open has doors only for whoever looks after it. */
function withOps(
  start: (site: ServiceSite, signal: AbortSignal, options: ServiceOptions) => Promise<void>,
): Start {
  return async (site, options, signal) => {
    await start(site, signal, options);
    const health = { listParts: () => site.parts.list([]) };
    const app = await buildOpsApp({ health, registry: register, log: site.log });
    return { address: await listen(app, { port: options.port }), close: () => app.close() };
  };
}

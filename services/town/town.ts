import type { Clock } from "@yardline/domain/time";
import type { KeySource } from "@yardline/secrets/secret-keys";
import type { Logger } from "pino";
import { readCameras } from "./cameras.ts";
import type { TownConfig } from "./config.ts";
import { Deletions } from "./deletions.ts";
import { LiveSettings } from "./live-settings.ts";
import { reviewOf } from "./look-later.ts";
import { Parts } from "./parts.ts";
import { ownerOfTimetables } from "./section-settings.ts";
import type { Servers } from "./servers.ts";
import { settingsView } from "./settings-view.ts";
import type { Site } from "./site.ts";
import { Stores } from "./stores.ts";
import { timetableView } from "./timetables/timetable-view.ts";
import { openOwnTimetables, startStating } from "./works/follow-buses.ts";
import { followNeighbours } from "./works/follow-neighbours.ts";
import { startIndexing } from "./works/index-events.ts";
import { openDoors } from "./works/open-doors.ts";
import { startReminding } from "./works/remind.ts";
import { FEEDING, NOTIFYING, startRenewed, TAKING } from "./works/renew.ts";
import { startEdgeBox } from "./works/run-edge.ts";
import { setUpCameras } from "./works/set-up-cameras.ts";

export type TownOptions = {
  readonly config: TownConfig;
  /** Of the page on this machine; 0 takes any free one. */
  readonly port: number;
  /** The file of the settings, or the folder's own name where there is none: paths in the settings are meant from there. */
  readonly base: string;
  /** Where everything is kept that is not on a server. */
  readonly folder: string;
  readonly servers: Servers;
  /** Gives the keys of the secrets that the settings name. */
  readonly keys: KeySource;
  /** The checkout: models and the built page are found from it. */
  readonly root: string;
  readonly pageDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** For the person who waits at the terminal. */
  readonly report: (line: string) => void;
  /** Set for the invented town: lets its buses drive, once the gateway listens. */
  readonly drive?: (port: number, clock: Clock, log: Logger, signal: AbortSignal) => void;
};

export type Town = {
  /** Where the page is. */
  readonly address: string;
  /** Resolves when all has ended, after `signal` aborted; rejects when a part died of a fault of ours. */
  readonly stopped: Promise<void>;
};

/**
 * A whole town in one process: first who reads, then who writes, so that nothing waits for its reader, then the doors. Stops in
 * the opposite order.
 * @throws AppError of whatever could not start; then nothing is left running.
 */
export async function startTown(options: TownOptions, signal: AbortSignal): Promise<Town> {
  const { folder, pageDir, port, clock, log, drive } = options;
  const simulated = drive !== undefined;
  const halt = new AbortController();
  const ending = AbortSignal.any([signal, halt.signal]);
  await using opening = new AsyncDisposableStack();
  // Opened whenever they are needed, and yet closed last: whoever works on them has ended by then.
  const keeping = opening.use(new AsyncDisposableStack());
  const parts = new Parts();
  const stores = new Stores({ ...options, signal: ending }, keeping);
  opening.defer(() => parts.settled());
  opening.defer(() => halt.abort());

  // One process at a time may have the records: the second one stops here, before it touches anything.
  const live = await LiveSettings.open(options, await stores.records(), simulated);
  const config = live.started;
  const now = () => live.now();
  const site: Site = {
    ...options,
    config,
    now,
    stores,
    parts,
    ...(!drive && { deletions: new Deletions() }),
  };
  // What can be refused is read before anything runs: settings, addresses, the timetable.
  await readCameras(config.cameras ?? [], site);
  const timetables = await openOwnTimetables(site, simulated, ending);
  await startIndexing(site, ending);
  await startRenewed(site, live, NOTIFYING, ending);
  const transit = timetables && (await startStating(site, timetables, ending));
  const [gateway] = await startRenewed(site, live, TAKING, ending);
  await startRenewed(site, live, FEEDING, ending);
  const cameras = await startEdgeBox(site, { folder, tell: false }, ending);
  if (gateway) drive?.(gateway.port, clock, log, ending);
  const review =
    timetables &&
    reviewOf(
      timetables,
      () => stores.history(),
      () => stores.records(),
    );
  const settings = settingsView(site, live, simulated);
  const listSetUp = async () => (await settings.cameras.list()).map((each) => each.settings);
  const settingUp = { settings, setUp: setUpCameras(site, listSetUp, ending) };
  const listShared = await followNeighbours(site, ending);
  const push = transit && (await startReminding(site, transit.view, ending));
  const known = {
    transit,
    timetables: timetables && timetableView(timetables, ownerOfTimetables(site, simulated)),
    review,
    cameras,
    settingUp,
    ...(listShared && { listShared }),
    ...(push && { push }),
  };
  const doors = await openDoors(site, { port, pageDir, simulated, ...known, signal: ending });
  opening.defer(() => doors.close());
  live.follow(site, ending);
  return { address: doors.address, stopped: stopWith(opening.move(), parts.ended(), ending) };
}

/** Waits until it is told to stop, or a part dies; then closes everything, the doors first. */
export async function stopWith(
  running: AsyncDisposableStack,
  ended: Promise<void>,
  ending: AbortSignal,
): Promise<void> {
  const told = new Promise<void>((resolve) => {
    if (ending.aborted) resolve();
    ending.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await Promise.race([told, ended]);
  } finally {
    await running.disposeAsync();
  }
}

import { buildApp } from "@yardline/api/app";
import { listen } from "@yardline/api/listen";
import type { TownView } from "@yardline/api/parts";
import type { Clock } from "@yardline/domain/time";
import { joinClip } from "@yardline/media/clip";
import type { Logger } from "pino";
import { register } from "prom-client";
import type { TownConfig } from "./config.ts";
import { openStores } from "./stores.ts";
import { startWorks } from "./works.ts";

export type TownOptions = {
  readonly config: TownConfig;
  /** Of the page on this machine; 0 takes any free one. */
  readonly port: number;
  /** The file of the settings, or the folder's own name where there is none: paths in the settings are meant from there. */
  readonly base: string;
  /** Where everything is kept. */
  readonly folder: string;
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
 * A whole town in one process: stores, then those who work on them, then the doors. Stops in the opposite order.
 * @throws AppError of whatever could not start; then nothing is left running.
 */
export async function startTown(options: TownOptions, signal: AbortSignal): Promise<Town> {
  const { port, folder, pageDir, clock, log } = options;
  const halt = new AbortController();
  const ending = AbortSignal.any([signal, halt.signal]);
  await using opening = new AsyncDisposableStack();
  const stores = await openStores(folder, { clock, log }, opening);
  opening.defer(() => halt.abort());
  const works = await startWorks(options, stores, ending);
  opening.defer(() => works.ended);
  opening.defer(() => halt.abort());
  const app = await buildApp({
    ...stores,
    transit: works.transit,
    cameras: works.cameras,
    town: viewOf(options),
    health: works.health,
    clip: (camera, from_ms, to_ms) => joinClip(stores.media, camera, from_ms, to_ms),
    log,
    clock,
    registry: register,
    pageDir,
  });
  opening.defer(() => app.close());
  const address = await listen(app, { port });
  const running = opening.move();
  return { address, stopped: stopWith(running, works.ended, ending) };
}

/** Waits until the town is told to stop, or a part dies; then closes everything, the doors first. */
async function stopWith(
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

function viewOf({ config, drive }: TownOptions): TownView {
  return { name: config.town.name, tenant: config.town.tenant, simulated: drive !== undefined };
}

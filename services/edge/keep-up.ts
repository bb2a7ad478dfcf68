import { setInterval } from "node:timers/promises";
import type { Clock } from "@yardline/domain/time";
import { watchingReduced } from "@yardline/telemetry/sharing";
import type { Logger } from "pino";
import { type Load, NOTHING_REDUCED, reduce, type WatchedCamera } from "./reduced-watching.ts";

/** How often the load is looked at. */
export const LOOK_EVERY_MS = 1_000;

type World = { readonly clock: Clock; readonly log: Logger };

/** What a camera that can be watched less has to offer. */
export type Reducible = {
  /** Undefined while it gives no pictures. */
  watched(): WatchedCamera | undefined;
  /** What became of its pictures since the last time that this was asked. */
  takeLoad(): Load;
  /** Watch by key frames only, or in full again; may be said again and again. */
  reduce(reduced: boolean): void;
};

/** @returns a look at the load, to be taken each `LOOK_EVERY_MS`: it reduces cameras, or gives them back (`reduced-watching.ts`). */
export function createLook(cameras: ReadonlyMap<string, Reducible>, { clock, log }: World): () => void {
  let state = NOTHING_REDUCED;
  return () => {
    const all = [...cameras.values()];
    const loads = all.map((camera) => camera.takeLoad());
    const load = {
      wanted: loads.reduce((sum, { wanted }) => sum + wanted, 0),
      missed: loads.reduce((sum, { missed }) => sum + missed, 0),
    };
    const watched = all.flatMap((camera) => camera.watched() ?? []);
    const before = state.reduced;
    state = reduce(state, load, watched, clock.monotonic_ms());
    for (const [id, camera] of cameras) camera.reduce(state.reduced.includes(id));
    watchingReduced(log, state.reduced, before);
  };
}

/** Looks whether the box keeps up with its cameras until `signal` aborts. */
export async function keepUp(
  cameras: ReadonlyMap<string, Reducible>,
  world: World,
  signal: AbortSignal,
): Promise<void> {
  const look = createLook(cameras, world);
  try {
    for await (const _ of setInterval(LOOK_EVERY_MS, undefined, { signal })) look();
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}

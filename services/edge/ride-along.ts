import type { Clock } from "@yardline/domain/time";
import type { CapturedFix } from "@yardline/sources/positions/carried-positions";
import { followReceiver } from "@yardline/sources/positions/receiver";
import { receiverNoted } from "@yardline/telemetry/video";
import type { Logger } from "pino";
import type { EdgeCamera, EdgeParts } from "./edge.ts";
import type { Whereabouts } from "./whereabouts.ts";

type Parts = Pick<EdgeParts, "ridden" | "random"> & { readonly clock: Clock; readonly log: Logger };

/** Where a camera's vehicle is, from wherever it tells that, to those who place its pictures and those who follow vehicles. */
export class RideAlong {
  readonly #camera: Pick<EdgeCamera, "id" | "ride">;
  readonly #whereabouts: Whereabouts;
  readonly #parts: Parts;

  constructor(camera: Pick<EdgeCamera, "id" | "ride">, whereabouts: Whereabouts, parts: Parts) {
    this.#camera = camera;
    this.#whereabouts = whereabouts;
    this.#parts = parts;
  }

  /** Whether the camera's own stream is to tell. */
  get carried(): boolean {
    const { ride } = this.#camera;
    return ride !== undefined && ride.receiver === undefined;
  }

  take(fixes: readonly CapturedFix[]): void {
    const { id, ride } = this.#camera;
    this.#whereabouts.take(fixes);
    const told = fixes.map(({ fix }) => fix);
    if (ride) this.#parts.ridden?.(id, ride.vehicle_id, told);
  }

  /** Asks the receiver, where one tells instead, until `signal` aborts. */
  async follow(signal: AbortSignal): Promise<void> {
    const { id, ride } = this.#camera;
    const { clock, random, log } = this.#parts;
    if (!ride?.receiver) return;
    const world = {
      clock,
      random,
      placed: (fixes: readonly CapturedFix[]) => this.take(fixes),
      note: (note: Parameters<typeof receiverNoted>[2]) => receiverNoted(log, id, note),
    };
    await followReceiver(ride.receiver, world, signal);
  }
}

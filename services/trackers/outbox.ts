import type { EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";

/** Positions in one publish. */
const BATCH_MAX = 1000;
/** Positions that wait for the bus; more are refused, and their devices send them again. */
const WAITING_MAX = 20_000;

/** The way to the bus: what arrives while the bus is busy with one batch goes together in the next. */
export type Outbox = {
  /**
   * Resolves once the bus has every one of them.
   * @throws AppError of the bus, or `OUTBOX_FULL` (both retryable): then none of them may be acknowledged.
   */
  put(positions: readonly VehiclePosition[]): Promise<void>;
};

type Waiting = {
  readonly positions: readonly VehiclePosition[];
  readonly done: PromiseWithResolvers<void>;
};

/** @param source the feed's name in the records' `source`, so that all positions of it stay in order. */
export function openOutbox(bus: Pick<EventBus, "publish">, source: string): Outbox {
  const waiting: Waiting[] = [];
  let waiting_positions = 0;
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) await publish(nextBatch());
    running = false;
  }

  function nextBatch(): readonly Waiting[] {
    let size = 0;
    let count = 0;
    for (const { positions } of waiting) {
      if (count > 0 && size + positions.length > BATCH_MAX) break;
      size += positions.length;
      count++;
    }
    waiting_positions -= size;
    return waiting.splice(0, count);
  }

  async function publish(batch: readonly Waiting[]): Promise<void> {
    const records = batch.flatMap(({ positions }) =>
      positions.map((position) => ({
        key: position.vehicle_id,
        source,
        body: Buffer.from(JSON.stringify(position)),
      })),
    );
    try {
      await bus.publish("positions", records);
      for (const { done } of batch) done.resolve();
    } catch (failure) {
      for (const { done } of batch) done.reject(failure);
    }
  }

  return {
    async put(positions) {
      if (positions.length === 0) return;
      if (waiting_positions + positions.length > WAITING_MAX) {
        throw new AppError("OUTBOX_FULL", "The bus is slower than the trackers; they will send again.", {
          retryable: true,
        });
      }
      const done = Promise.withResolvers<void>();
      waiting.push({ positions, done });
      waiting_positions += positions.length;
      if (!running) void run();
      await done.promise;
    },
  };
}

import type { BusRecord, EventBus } from "@yardline/bus/event-bus";
import type { Clock } from "@yardline/domain/time";

/** As many publishers as keep either bus busy. */
const PUBLISHERS = 8;
const BATCH = 500;
const BATCHES_A_ROUND = 10;
const SINGLES_A_ROUND = 1_000;
const BODY_BYTES = 1_000;

/** Records a second that one bus has acknowledged. */
export type PublishSpeed = {
  /** In calls of 500 records of 1 kB, 8 at a time. */
  readonly batches_per_s: number;
  /** In calls of one, 1,000 at a time. */
  readonly singles_per_s: number;
};

/** Publishes to several buses, turn by turn, so that whatever else the machine does meets all of them. In the order given. */
export async function busPublish(
  buses: readonly EventBus[],
  { rounds, clock }: { readonly rounds: number; readonly clock: Clock },
): Promise<readonly PublishSpeed[]> {
  const spent = buses.map(() => ({ batches_ms: 0, singles_ms: 0 }));
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const [at, bus] of buses.entries()) {
      const batches_ms = await timed(clock, () => inBatches(bus));
      const singles_ms = await timed(clock, () => singly(bus));
      const sum = spent[at];
      if (!sum || round === 0) continue;
      sum.batches_ms += batches_ms;
      sum.singles_ms += singles_ms;
    }
  }
  return spent.map(({ batches_ms, singles_ms }) => ({
    batches_per_s: (1000 * rounds * PUBLISHERS * BATCHES_A_ROUND * BATCH) / batches_ms,
    singles_per_s: (1000 * rounds * SINGLES_A_ROUND) / singles_ms,
  }));
}

async function timed(clock: Clock, work: () => Promise<unknown>): Promise<number> {
  const began_ms = clock.monotonic_ms();
  await work();
  return clock.monotonic_ms() - began_ms;
}

async function inBatches(bus: EventBus): Promise<void> {
  const batch = Array.from({ length: BATCH }, (_, n) => recordOf(n));
  const publisher = async () => {
    for (let n = 0; n < BATCHES_A_ROUND; n++) await bus.publish("events", batch);
  };
  await Promise.all(Array.from({ length: PUBLISHERS }, publisher));
}

async function singly(bus: EventBus): Promise<void> {
  await Promise.all(Array.from({ length: SINGLES_A_ROUND }, (_, n) => bus.publish("events", [recordOf(n)])));
}

function recordOf(n: number): BusRecord {
  return { key: `${n}`, source: `camera/yard-${n % 40}`, body: new Uint8Array(BODY_BYTES).fill(n) };
}

import { setTimeout as delay } from "node:timers/promises";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { SentFix, TrackerSpeaker } from "@yardline/sources/trackers/speaker";
import { wialonSpeaker } from "@yardline/sources/trackers/wialon-encode";
import type { Logger } from "pino";
import { openBodies, type Truth } from "./bodies.ts";
import type { DemoTown } from "./demo-town.ts";
import { openRandom } from "./random.ts";
import { openReceiver } from "./receiver.ts";
import type { Block } from "./timetable.ts";
import { startTracker } from "./tracker.ts";
import { openTrouble, type Trouble, type TroubleKind } from "./trouble.ts";

const FIX_EVERY_MS = 5000;

/** A simulated bus, in simulated time: ask it where it is, never earlier than any of them before. */
export type Bus = {
  readonly vehicle_id: string;
  /** What its receiver says at that time: nothing while it is at the depot, and more than once now and then. */
  locate(at_ms: EpochMs): readonly SentFix[];
  /** What it really does, for tests. */
  findTruth(): Truth | undefined;
};

/** One bus a block; they share streets, troubles and time. */
export function openBuses(
  blocks: readonly Block[],
  seed: string,
  trouble: Trouble,
  start_ms: EpochMs,
): readonly Bus[] {
  const bodies = openBodies(blocks, { seed, trouble, start_ms });
  return blocks.map(({ vehicle_id }, index) => {
    const receiver = openReceiver(index, trouble, openRandom(`${seed}:receiver:${vehicle_id}`));
    return {
      vehicle_id,
      findTruth: () => bodies.find(index),
      locate(at_ms) {
        bodies.advance(at_ms);
        const truth = bodies.find(index);
        return truth ? receiver.hear(truth, at_ms) : [];
      },
    };
  });
}

export type DemoBusesOptions = {
  readonly town: DemoTown;
  readonly host?: string;
  /** Of a gateway that listens for what the buses speak. */
  readonly port: number;
  /** Buses by day; those of the night line come on top. */
  readonly count?: number;
  readonly clock: Clock;
  readonly seed?: string;
  readonly troubles?: readonly TroubleKind[];
  /** What they speak, in turn; Wialon IPS where nothing is said. With several, the port must tell them apart. */
  readonly speakers?: readonly TrackerSpeaker[];
  readonly log: Logger;
  readonly fix_every_ms?: number;
};

/** How many of the buses have something that is not acknowledged yet, and how much. */
export type DemoBuses = { waiting(): number };

/**
 * Lets the invented town's buses drive from now on: each a real TCP client with its own tracker. They begin in mid-trip, so
 * that the map is alive at once. Runs until `signal` aborts.
 */
export function startDemoBuses(options: DemoBusesOptions, signal: AbortSignal): DemoBuses {
  const { town, host = "127.0.0.1", port, clock, seed = "demo", log, speakers = [wialonSpeaker] } = options;
  const blocks = town.listBlocks(options.count);
  const start_ms = clock.now_ms();
  const trouble = openTrouble({
    seed,
    start_ms,
    buses: blocks.length,
    ...(options.troubles && { kinds: options.troubles }),
  });
  const trackers = openBuses(blocks, seed, trouble, start_ms).map((bus, index) => {
    const { vehicle_id } = bus;
    const random = openRandom(`${seed}:tracker:${vehicle_id}`);
    const speaker = speakers[index % speakers.length] ?? wialonSpeaker;
    const device_id = options.speakers ? imeiOf(vehicle_id) : vehicle_id;
    const tracker = startTracker({ device_id, speaker, address: { host, port }, random, log }, signal);
    // Not all at once: real buses are not in step.
    const every_ms = options.fix_every_ms ?? FIX_EVERY_MS;
    void repeat(random() * every_ms, every_ms, signal, () => {
      const at_ms = clock.now_ms();
      tracker.setNetwork(!isCutOff(trouble, index, at_ms));
      // Most protocols know whole seconds.
      for (const fix of bus.locate(at_ms - (at_ms % 1000))) tracker.report(fix);
    });
    return tracker;
  });
  log.info({ buses: blocks.length, port }, "The simulated buses drive.");
  return { waiting: () => trackers.reduce((sum, tracker) => sum + tracker.waiting(), 0) };
}

/** Whether a bus has no network. */
export function isCutOff(trouble: Trouble, bus: number, at_ms: EpochMs): boolean {
  return trouble.hits("dead-spots", bus, at_ms) || trouble.hits("outages", bus, at_ms);
}

/** The number of a vehicle's device where the protocol wants an IMEI; fleet numbers have at most seven digits. */
export function imeiOf(vehicle_id: string): string {
  return `35000000${vehicle_id.padStart(7, "0")}`;
}

async function repeat(
  after_ms: number,
  every_ms: number,
  signal: AbortSignal,
  act: () => void,
): Promise<void> {
  await delay(after_ms, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    act();
    await delay(every_ms, undefined, { signal }).catch(() => {});
  }
}

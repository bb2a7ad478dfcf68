import type { BusRecord } from "@yardline/bus/event-bus";
import { readPosition } from "@yardline/bus/position-record";
import { assert } from "@yardline/domain/assert";
import { Network } from "@yardline/matching/network";
import { FeedPair } from "@yardline/publishing/realtime-check/feed-pair";
import { planOfTimetables } from "@yardline/publishing/realtime-check/plan";
import type { Breach } from "@yardline/publishing/realtime-check/rule";
import { findTrackerProtocol } from "@yardline/sources/trackers/protocols";
import { TRACKER_SPEAKERS } from "@yardline/sources/trackers/speakers";
import { handClock } from "@yardline/testkit/hand-clock";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { imeiOf, isCutOff, openBuses } from "@yardline/town/demo/buses";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { openTrouble, TROUBLES, type TroubleKind } from "@yardline/town/demo/trouble";
import { openCleaning } from "@yardline/trackers/cleaning";
import { openConversation } from "@yardline/trackers/conversation";
import type { DeviceDirectory } from "@yardline/trackers/devices";
import { openOutbox } from "@yardline/trackers/outbox";
import { Fleet } from "@yardline/transit/fleet";
import { transitView } from "@yardline/transit/view";
import { pino } from "pino";
import { FastDevice } from "./fast-device.ts";
import { newScore, type Score, score } from "./transit-score.ts";

const STEP_MS = 5_000;
const LOOK_MS = 30_000;

export type SimulatedDay = {
  readonly seed: string;
  readonly start_ms: number;
  readonly hours: number;
  readonly troubles?: readonly TroubleKind[];
  /** Told of each breach, with the moment. */
  readonly onBreach?: (breach: Breach, at_ms: number) => void;
};

export type DayReport = {
  readonly positions: number;
  /** Messages held against the rules. */
  readonly feeds: number;
  readonly breaches: ReadonlyMap<string, number>;
  /** What the fleet made of the positions. */
  readonly fates: ReadonlyMap<string, number>;
  readonly findings: ReadonlyMap<string, number>;
  readonly score: Score;
};

/**
 * The invented town's day with its troubles, in fast time: every bus's device speaks one of the protocols to the gateway's own
 * conversation; what comes out of it goes through the fleet; both feeds are made each 30 s and held against the rules.
 */
export async function simulateDay(day: SimulatedDay): Promise<DayReport> {
  const town = await openDay(day);
  const end_ms = day.start_ms + day.hours * 3_600_000;
  for (let at_ms = day.start_ms; at_ms < end_ms; at_ms += STEP_MS) {
    await town.drive(at_ms);
    if ((at_ms - day.start_ms) % LOOK_MS === 0) town.look(at_ms);
  }
  return town.report;
}

async function openDay({ seed, start_ms, troubles = TROUBLES, onBreach }: SimulatedDay) {
  const town = buildDemoTown();
  const blocks = town.listBlocks();
  const timetable = await loadTimetable(await town.buildGtfs(), "demo");
  const trouble = openTrouble({ seed, start_ms, buses: blocks.length, kinds: troubles });
  const clock = handClock(start_ms);
  const imeis = new Map(blocks.map(({ vehicle_id }) => [imeiOf(vehicle_id), vehicle_id]));
  const gateway = openGateway(clock, imeis);
  const buses = openBuses(blocks, seed, trouble, start_ms).map((bus, index) => {
    const speaker = TRACKER_SPEAKERS[index % TRACKER_SPEAKERS.length];
    assert(speaker !== undefined, "there are speakers");
    return { bus, index, device: new FastDevice(imeiOf(bus.vehicle_id), speaker, gateway.open) };
  });
  const network = new Network([timetable]);
  const fleet = new Fleet(network);
  const view = transitView(network, fleet, clock);
  const check = new FeedPair(planOfTimetables([timetable]));
  const counts = () => new Map<string, number>();
  const [breaches, fates, findings] = [counts(), counts(), counts()];
  const report = { positions: 0, feeds: 0, score: newScore(), breaches, fates, findings };
  return {
    report,
    /** What all devices say by then, taken in. */
    async drive(at_ms: number): Promise<void> {
      clock.setNow(at_ms);
      for (const { bus, index, device } of buses) {
        // Half of them now, the others with the next step: a fix each ten seconds.
        if ((at_ms / STEP_MS + index) % 2 !== 0) continue;
        await device.report(bus.locate(at_ms), !isCutOff(trouble, index, at_ms));
      }
      const positions = gateway.takePublished();
      report.positions += positions.length;
      const news = fleet.take(positions, false);
      for (const [fate, count] of news.fates) add(fates, fate, count);
      for (const { raises, state } of [...news.findings, ...fleet.hush(at_ms)])
        add(findings, `${raises} ${state}`);
    },
    /** Both feeds against the rules, and what is told against what is so. */
    look(at_ms: number): void {
      report.feeds += 2;
      const feeds = [view.tripUpdates(at_ms), view.vehiclePositions(at_ms)];
      for (const breach of check.look(feeds, at_ms)) {
        add(breaches, breach.rule);
        onBreach?.(breach, at_ms);
      }
      const told = new Map(view.listVehicles(at_ms).map((vehicle) => [vehicle.vehicle_id, vehicle]));
      for (const { bus, index } of buses) {
        const truth = bus.findTruth();
        if (truth) score(report.score, told.get(bus.vehicle_id), truth, { trouble, bus: index, at_ms });
      }
    },
  };
}

function add(counts: Map<string, number>, what: string, by = 1): void {
  counts.set(what, (counts.get(what) ?? 0) + by);
}

/** The gateway without its sockets; what it publishes is kept until it is taken. */
function openGateway(clock: ReturnType<typeof handClock>, vehicles: ReadonlyMap<string, string>) {
  const published: BusRecord[] = [];
  const bus = {
    publish: async (_topic: string, records: readonly BusRecord[]) => void published.push(...records),
  };
  const devices: DeviceDirectory = {
    async findDevice(_protocol, device_id) {
      const vehicle_id = vehicles.get(device_id);
      return vehicle_id === undefined ? undefined : { vehicle_id };
    },
    noteUnknown: async () => false,
  };
  const common = {
    ...{ devices, clock, cleaning: openCleaning(), outbox: openOutbox(bus, "feed/trackers") },
    log: pino({ level: "silent" }),
  };
  return {
    open(name: string) {
      const protocol = findTrackerProtocol(name);
      assert(protocol !== undefined, `${name} is a protocol`);
      return openConversation({ ...common, protocol, address: "day", onSpeaker() {} });
    },
    takePublished: () => published.splice(0).flatMap(({ body }) => readPosition(body) ?? []),
  };
}

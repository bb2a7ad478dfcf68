import type { BusRecord } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Change, Row } from "@yardline/records/records";
import type { Said } from "@yardline/records/revise";
import { FEED_FORMATS } from "@yardline/sources/feeds/feeds";
import { handClock } from "@yardline/testkit/hand-clock";
import type { DeviceDirectory } from "@yardline/trackers/devices";
import pino from "pino";
import { afterEach, beforeEach } from "vitest";
import type { Feed } from "./feed.ts";
import { startFeeds } from "./run-feeds.ts";

export const NOW = Date.parse("2026-11-30T09:00:00Z");

let abort = new AbortController();
let running: Promise<void>[] = [];
beforeEach(() => {
  abort = new AbortController();
  running = [];
});
afterEach(stopped);

/** Stops the feeds of this test. */
export async function stopped(): Promise<void> {
  abort.abort();
  await Promise.all(running);
}

export function feedOf(
  format: string,
  from: Feed["from"],
  more: Partial<Feed> & { settings?: object } = {},
): Feed {
  const found = FEED_FORMATS.find(({ name }) => name === format);
  if (!found) throw new Error(`no format ${format}`);
  const usual = { name: "oblast", ids: "fleet", every_ms: 20, stale_after_ms: 60_000 } as const;
  return { ...usual, format: found, settings: {}, from, ...more };
}

/** Feeds on a bus in memory, which can be down; all that they published, stated and logged. */
export async function run(feeds: readonly Feed[], { known = {} as Record<string, string> } = {}) {
  const published: BusRecord[] = [];
  const stated: Said[] = [];
  const rows = new Map<string, Row>();
  const noted: string[] = [];
  const lines: string[] = [];
  const clock = handClock(NOW);
  const bus = {
    down: false,
    async publish(_topic: string, records: readonly BusRecord[]) {
      if (bus.down) throw new AppError("BUS_UNAVAILABLE", "The disk is full.", { retryable: true });
      published.push(...records);
    },
  };
  const records = {
    find: async (kind: string, id: string) => rows.get(`${kind}/${id}`),
    async write(changes: readonly Change[]) {
      for (const { kind, id, value } of changes) rows.set(`${kind}/${id}`, { kind, id, value, revision: 1 });
    },
  };
  const devices: DeviceDirectory = {
    async findDevice(_protocol, device_id) {
      const vehicle_id = known[device_id];
      return vehicle_id === undefined ? undefined : { vehicle_id };
    },
    async noteUnknown(protocol, device_id) {
      noted.push(`${protocol} ${device_id}`);
      return true;
    },
  };
  const producer: Producer = {
    state: async (said) => void stated.push(...said),
    listOpen: () => [],
  };
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const options = { feeds, bus, records, devices, producer, clock, random: () => 0.5, log };
  const started = await startFeeds(options, abort.signal);
  running.push(...started.map((each) => each.stopped));
  const positions = (): VehiclePosition[] =>
    published.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
  const troubles = () => started.map((each) => each.findTrouble());
  return { published, positions, stated, noted, lines, clock, bus, troubles };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { servedApp } from "@yardline/api/testing/app";
import { testIdentity } from "@yardline/api/testing/people";
import { TENANT } from "@yardline/api/testing/scenes";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { Clock } from "@yardline/domain/time";
import { openProducer } from "@yardline/records/open-occurrences";
import { openSqliteRecords } from "@yardline/records/sqlite";
import type { SentFix } from "@yardline/sources/trackers/speaker";
import { wialonSpeaker } from "@yardline/sources/trackers/wialon-encode";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { placeBus, tripOf } from "@yardline/town/demo/drive";
import { openRandom } from "@yardline/town/demo/random";
import { latLonOf, placeAt } from "@yardline/town/demo/streets";
import type { Block } from "@yardline/town/demo/timetable";
import { startTracker } from "@yardline/town/demo/tracker";
import { trackerRegistry } from "@yardline/town/works/tracker-registry";
import { openDeviceDirectory } from "@yardline/trackers/devices";
import { startGateway } from "@yardline/trackers/gateway";
import { startTransit } from "@yardline/transit/transit";
import { pino } from "pino";
import { onTestFinished } from "vitest";

const FIX_EVERY_MS = 1_000;
/** What a tracker kept before it was let in: enough for its run to be known at once. */
const KEPT_FROM_MS = 4 * 60_000;
const KEPT_EVERY_MS = 5_000;
const DAY_MS = 86_400_000;

/** How a vehicle drives in a running town. */
export type Driven = {
  readonly device_id: string;
  /** Whose trips it drives, whatever anybody wrote down. */
  readonly block_id: string;
  readonly late_s: number;
};

/**
 * The invented town on an ordinary morning, as it runs: trackers that speak over TCP with the real gateway, the bus of records on the disk,
 * matching and prediction, orders in Records, and the real doors. No part is a stand-in; only the clock begins where a test wants it.
 * @param began_ms what its clock shows at first; it goes as fast as ours. @param fleet which device is on which vehicle.
 */
export async function runTown(
  pageDir: string,
  began_ms: number,
  fleet: readonly { readonly device_id: string; readonly vehicle_id: string }[],
) {
  const started_ms = performance.now();
  const clock: Clock = {
    now_ms: () => Math.round(began_ms + performance.now() - started_ms),
    monotonic_ms: () => performance.now(),
  };
  const log = pino({ level: "silent" });
  const town = buildDemoTown();
  const folder = await mkdtemp(join(tmpdir(), "yardline-running-"));
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const common = { tenant: TENANT, bus, records, clock } as const;
  const producer = await openProducer({ ...common, name: "transit", remember_ms: 8 * DAY_MS });
  const timetable = await loadTimetable(await town.buildGtfs(), "town");
  const stop = new AbortController();
  const transit = await startTransit({ ...common, timetables: [timetable], producer, log }, stop.signal);
  const listen = [{ protocol: wialonSpeaker.protocol, host: "127.0.0.1", port: 0 }];
  const devices = openDeviceDirectory(records, clock, { devices: fleet });
  const gateway = await startGateway({ listen, devices, bus, clock, log }, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await Promise.all([gateway.stopped, transit.stopped]);
    await records.close();
    await bus.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { identity } = await testIdentity();
  const { url, app } = await servedApp({
    ...{ identity, pageDir, clock, bus, records },
    ...{ transit: transit.view, dispatch: transit.dispatch, trackers: trackerRegistry(records) },
    town: { name: town.name, tenant: TENANT, simulated: false },
    cameras: { listCameras: () => [] },
  });
  // Pages take the town's time from there.
  app.server.prependListener("request", (_request, response) => {
    response.setHeader("date", new Date(clock.now_ms()).toUTCString());
  });

  /** A real TCP client in a vehicle that drives until the test ends. */
  function drive({ device_id, block_id, late_s }: Driven): void {
    const block = town.blocks.find((each) => each.block_id === block_id);
    if (!block) throw new Error(`There is no block ${block_id}.`);
    const address = { host: "127.0.0.1", port: gateway.listening[0]?.port ?? 0 };
    const parts = { device_id, speaker: wialonSpeaker, address, random: openRandom(device_id), log };
    const tracker = startTracker(parts, stop.signal);
    const tell = (at_ms: number) => tracker.report(fixOf(block, at_ms - (at_ms % 1_000), late_s));
    const now_ms = clock.now_ms();
    for (let at_ms = now_ms - KEPT_FROM_MS; at_ms < now_ms; at_ms += KEPT_EVERY_MS) tell(at_ms);
    void (async () => {
      while (!stop.signal.aborted) {
        tell(clock.now_ms());
        await sleep(FIX_EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    })();
  }
  return { url, clock, drive };
}

/** Where a bus is that keeps to its block, so many seconds late. */
function fixOf(block: Block, at_ms: number, late_s: number): SentFix {
  const [before, now] = [at_ms - 1_000, at_ms].map((ms) => placeBus(block, ms - late_s * 1_000, 0));
  if (!now) throw new Error(`Block ${block.block_id} is not under way.`);
  const { point, course_deg } = placeAt(tripOf(now).direction.way, now.along_m);
  const speed_mps = before && before.trip === now.trip ? Math.max(0, now.along_m - before.along_m) : 0;
  return { ...latLonOf(point), at_ms, course_deg, speed_mps, satellites: 9 };
}

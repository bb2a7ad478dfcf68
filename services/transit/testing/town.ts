import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "@yardline/api/app";
import type { Parts } from "@yardline/api/parts";
import { memoryIndex, memoryMedia } from "@yardline/api/testing/fakes";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { Fix } from "@yardline/matching/fix";
import { readMessage } from "@yardline/publishing/realtime-check/message";
import { memoryRecords } from "@yardline/records/memory";
import { openProducer } from "@yardline/records/open-occurrences";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { blockTownTimetable } from "@yardline/timetable/testing";
import { pino } from "pino";
import { Registry } from "prom-client";
import { expect, onTestFinished } from "vitest";
import { startTransit } from "../transit.ts";

/** The day of every test here. */
export const DAY = "20260601";
export const EIGHT_MS = Date.parse("2026-06-01T08:00:00+03:00");
export const timetable = await blockTownTimetable();

/** A whole transit side on real stores, for one test: buses report, dispatchers order, the doors are asked. */
export async function operatedTown(now_ms = EIGHT_MS) {
  const folder = await mkdtemp(join(tmpdir(), "yardline-operations-"));
  const clock = handClock(now_ms);
  const log = pino({ level: "silent" });
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const common = { tenant: "town", bus, records, clock } as const;
  const producer = await openProducer({ ...common, name: "transit", remember_ms: 7 * 86_400_000 });
  const stop = new AbortController();
  const transit = await startTransit({ ...common, timetables: [timetable], producer, log }, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await transit.stopped;
    await records.close();
    await bus.close();
    await rm(folder, { recursive: true });
  });
  const { view, dispatch, adopt } = transit;
  const app = await doorsOf({ bus, clock, log, dispatch, transit: view });
  return {
    ...{ clock, view, dispatch, adopt, records, bus, app },
    async report(vehicle_id: string, fixes: readonly Fix[]) {
      clock.setNow(Math.max(clock.now_ms(), fixes.at(-1)?.at_ms ?? 0));
      const records = fixes.map((fix) => {
        const position = { vehicle_id, received_at_ms: fix.at_ms, ...fix };
        return { key: vehicle_id, source: "tracker/town", body: Buffer.from(JSON.stringify(position)) };
      });
      await bus.publish("positions", records);
      // Boards and feeds are kept for a moment: whoever asks too early would be told the same again while the clock stands.
      const newest = () =>
        dispatch.listVehicles(clock.now_ms()).find((each) => each.vehicle_id === vehicle_id)?.at_ms;
      await eventually(() => expect(newest()).toBe(fixes.at(-1)?.at_ms), 20_000);
    },
    order: (what: Parameters<typeof dispatch.order>[0]["what"], more: object = {}) =>
      dispatch.order({ what, by: "Olha", why: "test", ...more }),
    /** What is to come of a board as `trip basis flags`, soonest first. */
    board: (stop_id: string, count = 2) =>
      view
        .listArrivals(stop_id, clock.now_ms())
        ?.filter(({ overdue }) => overdue === undefined)
        .slice(0, count)
        .map(({ run, basis, vehicle_id, cancelled, skipped, withheld }) =>
          [run.trip_id, vehicle_id ?? basis, cancelled && "cancelled", skipped, withheld && "withheld"]
            .filter(Boolean)
            .join(" "),
        ),
    /** What should have come, as `trip overdue`. */
    overdue: (stop_id: string) =>
      view
        .listArrivals(stop_id, clock.now_ms())
        ?.flatMap(({ run, overdue }) => (overdue ? `${run.trip_id} ${overdue}` : [])),
    drivenTrip: (vehicle_id: string) =>
      dispatch.listVehicles(clock.now_ms()).find((each) => each.vehicle_id === vehicle_id)?.run?.trip_id,
    /** The feed of trips as `trip relationship stop…`, passed stops with a minus. */
    updates: () =>
      (readMessage(view.tripUpdates(clock.now_ms())).entity ?? []).map(({ tripUpdate }) =>
        [
          tripUpdate?.trip?.tripId,
          tripUpdate?.trip?.scheduleRelationship,
          ...(tripUpdate?.stopTimeUpdate ?? []).map(
            ({ stopId, scheduleRelationship }) => `${scheduleRelationship === "SKIPPED" ? "-" : ""}${stopId}`,
          ),
        ].join(" "),
      ),
  };
}

async function doorsOf(own: Pick<Parts, "bus" | "clock" | "log" | "dispatch" | "transit">) {
  const app = await buildApp({
    ...own,
    index: memoryIndex(),
    media: memoryMedia(),
    records: memoryRecords(),
    trackers: { listUnknown: async () => [], adopt: async () => undefined },
    review: undefined,
    limits: { board_ms: 50 },
    cameras: { listCameras: () => [] },
    town: { name: "Town", tenant: "town", simulated: false },
    health: { listParts: () => [] },
    clip: async () => undefined,
    gaps: async () => [],
    registry: new Registry(),
  });
  onTestFinished(() => app.close());
  return app;
}

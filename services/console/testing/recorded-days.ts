import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TENANT } from "@yardline/api/testing/scenes";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { Delivered } from "@yardline/bus/event-bus";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import type { History } from "@yardline/history/history";
import { runHistoryFeed } from "@yardline/indexer/history-feed";
import { openProducer } from "@yardline/records/open-occurrences";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { eventually } from "@yardline/testkit/eventually";
import type { handClock } from "@yardline/testkit/hand-clock";
import type { Timetable } from "@yardline/timetable/timetable";
import { startTransit } from "@yardline/transit/transit";
import { pino } from "pino";
import { expect } from "vitest";

const DAY_MS = 86_400_000;
/** On a machine that does other things too. */
const TAKEN_MS_MAX = 240_000;

/** What a town's buses sent on one day, in the order of time. */
export type PositionDay = readonly VehiclePosition[];

/**
 * Records days as a town does, in fast time: positions on a bus on the disk, the worker that follows buses and states what they did, and the
 * feed that carries its statements into the history. No part is a stand-in; only the clock is moved by hand.
 */
export async function recordDays(
  days: readonly PositionDay[],
  {
    timetable,
    history,
    clock,
  }: {
    readonly timetable: Timetable;
    readonly history: Pick<History, "append">;
    readonly clock: ReturnType<typeof handClock>;
  },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-recorded-days-"));
  const log = pino({ level: "silent" });
  const begin_ms = days[0]?.[0]?.at_ms ?? 0;
  clock.setNow(begin_ms);
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const [driving, carrying] = [new AbortController(), new AbortController()];
  const count = { stated: 0, carried: 0 };
  const counted: Pick<typeof bus, "publish"> = {
    async publish(topic, stated) {
      await bus.publish(topic, stated);
      count.stated += stated.length;
    },
  };
  const producer = await openProducer({
    ...{ tenant: TENANT, records, clock, bus: counted, name: "transit", remember_ms: 8 * DAY_MS },
  });
  const transit = await startTransit(
    { tenant: TENANT, records, clock, bus, timetables: [timetable], producer, log },
    driving.signal,
  );
  const carried = runHistoryFeed({
    bus: {
      async *subscribe(...asked) {
        for await (const batch of bus.subscribe(...asked)) {
          yield batch;
          // Asked for the next one, it has done with this one.
          count.carried += batch.length;
        }
      },
    },
    ...{ history, timezone: timetable.timezone, log, signal: carrying.signal },
  });
  for (const day of days) {
    await bus.publish("positions", day.map(recordOf));
    const last = new Map(day.map(({ vehicle_id, at_ms }) => [vehicle_id, at_ms]));
    await eventually(() => {
      const heard = new Map(
        transit.dispatch.listVehicles(clock.now_ms()).map((each) => [each.vehicle_id, each.at_ms]),
      );
      expect([...last].filter(([vehicle_id, at_ms]) => heard.get(vehicle_id) !== at_ms)).toEqual([]);
    }, TAKEN_MS_MAX);
    // Moved only now: vehicles of an hour that is not read yet would be taken for silent.
    clock.setNow((day.at(-1)?.at_ms ?? 0) + 1_000);
  }
  driving.abort();
  await transit.stopped;
  await eventually(() => expect(count.carried).toBe(count.stated), TAKEN_MS_MAX);
  carrying.abort();
  await carried;
  await records.close();
  await bus.close();
  await rm(folder, { recursive: true, force: true });
}

function recordOf(position: VehiclePosition): Pick<Delivered, "key" | "source" | "body"> {
  const { vehicle_id } = position;
  return { key: vehicle_id, source: "tracker/town", body: Buffer.from(JSON.stringify(position)) };
}

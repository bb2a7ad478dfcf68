import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { readEvent } from "@yardline/events/read-event";
import type { Fix } from "@yardline/matching/fix";
import { drive, runOf, stay } from "@yardline/matching/testing";
import { openProducer } from "@yardline/records/open-occurrences";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { placeAt, smallTown, smallTownTimetable, zipOf } from "@yardline/timetable/testing";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTransit } from "./transit.ts";

const timetable = await smallTownTimetable();
const START_MS = Date.parse("2026-06-01T08:00:00+03:00");
const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;
const east = drive(runOf(timetable, "east-08:00", "20260601"), { noise_m: 4 });
const round = drive(runOf(timetable, "round-08:00", "20260601"), { every_s: 20, late_s: 300 });

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-transit-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** One process's worth of the town. Its stores stay in the folder for the next one. */
async function openTown(now_ms = START_MS) {
  const clock = handClock(now_ms);
  const log = pino({ level: "silent" });
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const producer = await openProducer({
    name: "transit",
    tenant: "town",
    bus,
    records,
    clock,
    remember_ms: WEEK_MS,
  });
  const stop = new AbortController();
  const settings = { tenant: "town", timetables: [timetable], bus, records, producer, clock, log } as const;
  const { view, stopped, adopt } = await startTransit(settings, stop.signal);
  const statements: string[] = [];
  const backfilled = new Set<boolean>();
  const reading = (async () => {
    for await (const batch of bus.subscribe("events", `test-${now_ms}`, stop.signal)) {
      for (const { body } of batch) {
        const { type, revision, state, data, backfilled: late = false } = readEvent(body);
        backfilled.add(late);
        const ended = data["ended"] === undefined ? "" : ` ${data["ended"]}`;
        statements.push(
          `${data["vehicle_id"]} ${type.slice(8)} ${data["stop_id"]} ${state} ${revision}${ended}`,
        );
      }
    }
  })();
  return {
    clock,
    view,
    adopt,
    statements,
    backfilled,
    async publish(vehicle_id: string, fixes: readonly Fix[]) {
      for (const fix of fixes) {
        clock.setNow(Math.max(clock.now_ms(), fix.at_ms));
        const position = { vehicle_id, received_at_ms: clock.now_ms(), ...fix };
        await bus.publish("positions", [recordOf(vehicle_id, JSON.stringify(position))]);
      }
    },
    publishText: (text: string) => bus.publish("positions", [recordOf("x", text)]),
    async end() {
      stop.abort();
      await Promise.all([stopped, reading]);
      await records.close();
      await bus.close();
    },
  };
}

function recordOf(key: string, text: string) {
  return { key, source: "tracker/test", body: Buffer.from(text) };
}

/** The last thing said of each occurrence. */
function standing(statements: readonly string[]): readonly string[] {
  const last = new Map(statements.map((line) => [line.split(" ").slice(0, 3).join(" "), line]));
  return [...last.values()].toSorted();
}

const EAST_VISITED = [
  "7 stop-visit east-0 closed 1 departed",
  "7 stop-visit east-1 closed 1 departed",
  "7 stop-visit east-2 closed 1 departed",
];

test("positions become stop visits, changes of delay, live vehicles and a board", async () => {
  const town = await openTown();
  try {
    await town.publishText("no position at all");
    await town.publish("7", east.slice(0, 35));
    await town.publish("8", round.slice(0, 14));
    const expected = [
      ...EAST_VISITED,
      "8 delay-changed circle-1 closed 0",
      "8 stop-visit circle-0 closed 0 departed",
      "8 stop-visit circle-1 closed 0 departed",
    ];
    await eventually(() => {
      const closed = standing(town.statements).map((line) => line.replace(/ closed \d/, " closed N"));
      expect(closed).toEqual(expected.map((line) => line.replace(/ closed \d/, " closed N")));
    });
    const now_ms = town.clock.now_ms();
    const seven = town.view.listVehicles(now_ms).find(({ vehicle_id }) => vehicle_id === "7");
    expect(seven).toMatchObject({ run: { trip_id: "east-08:00" }, stop_id: "east-3", stop_sequence: 40 });
    const board = town.view.listArrivals("circle-2", now_ms) ?? [];
    expect(board.slice(0, 2).map(({ run, basis, vehicle_id }) => [run.trip_id, basis, vehicle_id])).toEqual([
      ["round-08:00", "live", "8"],
      ["round-08:20", "timetable", undefined],
    ]);
    expect(town.view.tripUpdates(now_ms).length).toBeGreaterThan(100);
    expect(town.view.vehiclePositions(now_ms).length).toBeGreaterThan(50);
  } finally {
    await town.end();
  }
});

test("after a kill in mid-run no revision is said differently, and open visits go on", async () => {
  const before = await openTown();
  await before.publish("7", east.slice(0, 16));
  await eventually(() => expect(standing(before.statements).at(-1)).toMatch(/^7 stop-visit east-1 open/));
  const said = [...before.statements];
  await before.end();

  const after = await openTown(before.clock.now_ms() + 20_000);
  try {
    await after.publish("7", east.slice(16, 35));
    await eventually(() => expect(standing(after.statements)).toHaveLength(3));
    await eventually(() =>
      expect(standing(after.statements).map((line) => line.replace(/ closed \d/, " closed 1"))).toEqual(
        EAST_VISITED,
      ),
    );
    expect(after.statements.slice(0, said.length)).toEqual(said);
    // The producer may repeat itself word for word; a revision never stands for two statements.
    const revisions = new Set(after.statements.map((line) => line.replace(/(open|closed) (\d).*/, "$2")));
    expect(new Set(after.statements).size).toBe(revisions.size);
  } finally {
    await after.end();
  }
});

test("a vehicle that stops reporting: predictions are lost, then the visit is, then the vehicle is gone", async () => {
  const town = await openTown();
  try {
    await town.publish("7", east.slice(0, 16));
    await eventually(() => expect(standing(town.statements).at(-1)).toMatch(/^7 stop-visit east-1 open/));
    const board = (wait_ms: number) =>
      town.view.listArrivals("east-4", town.clock.now_ms() + wait_ms)?.[0]?.basis;
    expect([board(0), board(3 * MINUTE_MS), board(11 * MINUTE_MS)]).toEqual(["live", "lost", "timetable"]);
    town.clock.advance(11 * MINUTE_MS);
    await eventually(
      () => expect(standing(town.statements).at(-1)).toMatch(/^7 stop-visit east-1 closed \d lost$/),
      8_000,
    );
    expect(town.view.listVehicles(town.clock.now_ms())).toEqual([]);
  } finally {
    await town.end();
  }
});

test("fixes out of a black box, after newer ones, correct what was said by a revision", async () => {
  const town = await openTown();
  try {
    const whole = drive(runOf(timetable, "east-08:00", "20260601"), { trip_id: "east-08:00" });
    const atStop = stay(placeAt(1, 0), START_MS + 75_000, START_MS + 135_000);
    const later = whole.slice(16).map((fix) => ({ ...fix, at_ms: fix.at_ms + MINUTE_MS }));
    await town.publish("7", [...whole.slice(0, 15), ...later]);
    await eventually(() => expect(standing(town.statements)).toHaveLength(5));
    expect(town.backfilled).toEqual(new Set([false]));
    const said = town.statements.length;
    await town.publish(
      "7",
      atStop.map((fix) => ({ ...fix, trip_id: "east-08:00" })),
    );
    await eventually(() => expect(town.statements.length).toBeGreaterThan(said));
    expect(town.statements.slice(said).every((line) => line.includes(" east-1 closed "))).toBe(true);
  } finally {
    await town.end();
  }
});

test("what a black box tells hours later is marked, and so is all that follows from it", async () => {
  const town = await openTown();
  try {
    const { trip_id } = { trip_id: "east-08:00" };
    const whole = drive(runOf(timetable, trip_id, "20260601"), { trip_id });
    town.clock.setNow(START_MS + 3 * 60 * MINUTE_MS);
    await town.publish("7", whole.slice(0, 20));
    await eventually(() => expect(town.statements.length).toBeGreaterThan(2));
    await town.publish("7", whole.slice(20));
    await eventually(() => expect(standing(town.statements)).toHaveLength(5));
    expect(town.backfilled).toEqual(new Set([true]));
  } finally {
    await town.end();
  }
});

test("a timetable that is replaced under way: the bus keeps its run, its visits stay one each, boards and stops are the new ones", async () => {
  const old = await smallTownTimetable();
  const newer = await loadTimetable(
    await zipOf({
      ...smallTown(),
      "stops.txt": (smallTown()["stops.txt"] ?? "").replace("Stop east-4", "Harbour"),
      "stop_times.txt": (smallTown()["stop_times.txt"] ?? "").replaceAll(/(?<=^east-08:20,.*)08:2/gm, "08:3"),
    }),
    "town",
  );
  const town = await openTown();
  try {
    await town.adopt([old]);
    await town.publish("7", east.slice(0, 20));
    await eventually(() => expect(town.statements).toContain("7 stop-visit east-1 open 0"));
    old.confine((date) => date < "20260601");
    newer.confine((date) => date >= "20260601");
    await town.adopt([old, newer]);
    await town.publish("7", east.slice(20, 35));
    await eventually(() => {
      expect(standing(town.statements)).toEqual(
        expect.arrayContaining([
          "7 stop-visit east-1 closed 1 departed",
          "7 stop-visit east-2 closed 1 departed",
        ]),
      );
    });
    expect(town.statements.filter((line) => line.includes("withdrawn") || line.includes("lost"))).toEqual([]);
    const now_ms = town.clock.now_ms();
    const board = town.view.listArrivals("east-4", now_ms) ?? [];
    const said = board.slice(0, 2).map(({ run, basis, scheduled_at_ms }) => {
      return [run.trip_id, basis, new Date(scheduled_at_ms).toISOString().slice(11, 16)];
    });
    expect(said).toEqual([
      ["east-08:00", "live", "05:05"],
      ["east-08:20", "timetable", "05:35"],
    ]);
    const names = town.view.listStops().filter(({ stop_id }) => stop_id === "east-4");
    expect(names.map(({ stop_name }) => stop_name)).toEqual(["Harbour"]);
  } finally {
    await town.end();
  }
});

import { Network } from "@yardline/matching/network";
import { drive, runOf } from "@yardline/matching/testing";
import { inForce } from "@yardline/operations/in-force";
import { type Order, standingOf } from "@yardline/operations/order";
import { ALL_SHOWN } from "@yardline/privacy/public-positions";
import { tripUpdatesFeed, vehiclePositionsFeed } from "@yardline/publishing/gtfs-realtime";
import { FeedPair } from "@yardline/publishing/realtime-check/feed-pair";
import { planOfTimetables } from "@yardline/publishing/realtime-check/plan";
import { alertsFeed } from "@yardline/publishing/service-alerts";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { smallTown, smallTownTimetable, zipOf } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { pino } from "pino";
import { expect, test } from "vitest";
import { checkFeeds } from "./feed-check.ts";
import { Fleet } from "./fleet.ts";
import { transitView } from "./view.ts";

const timetable = await smallTownTimetable();
const [east, west, round] = ["east-08:00", "west-08:10", "round-08:00"].map((trip) =>
  runOf(timetable, trip, "20260601"),
);
const MINUTE_MS = 60_000;

const START_MS = Date.parse("2026-06-01T08:00:00+03:00");
const order = (id: string, what: Order["what"], until = "2026-06-01T06:00:00Z"): Order => ({
  ...{ id, what, until, at: "2026-06-01T05:00:00Z", from: "2026-06-01T05:00:00Z", by: "Olha", why: "test" },
});

test("with trips cancelled and added, a stop closed, a detour and alerts, what is served breaks no rule", () => {
  if (!east || !round) throw new Error("no runs");
  const day = { service_date: "20260601" };
  const log: readonly Order[] = [
    order("1", { order: "cancel", run: { ...day, trip_id: "west-08:10" } }),
    order("2", { order: "add", like: { ...day, trip_id: "east-08:20" }, start_time: "08:05:00" }),
    order("3", { order: "close-stop", stop_id: "circle-1" }),
    order("4", { order: "detour", route_id: "1", from_stop_id: "east-2", to_stop_id: "east-4" }),
  ];
  const network = new Network([timetable]);
  const orders = inForce(standingOf(log), [timetable]);
  network.heed(orders);
  const fleet = new Fleet(network);
  const operations = { orders, policy: ALL_SHOWN };
  const view = transitView(network, fleet, handClock(START_MS), { operations });
  const check = new FeedPair(planOfTimetables([timetable]));
  const fixes = [
    ...drive(east).map((fix) => ({ vehicle_id: "1", ...fix })),
    ...drive(east).map((fix) => ({ vehicle_id: "2", ...fix, at_ms: fix.at_ms + 5 * MINUTE_MS })),
    ...drive(round).map((fix) => ({ vehicle_id: "3", ...fix })),
  ].toSorted((a, b) => a.at_ms - b.at_ms);
  const breaches = [];
  for (let now_ms = START_MS; now_ms < START_MS + 14 * MINUTE_MS; now_ms += 30_000) {
    const heard = fixes.filter(({ at_ms }) => at_ms > now_ms - 30_000 && at_ms <= now_ms);
    fleet.take(
      heard.map((fix) => ({ ...fix, received_at_ms: now_ms })),
      false,
    );
    const feeds = [view.tripUpdates, view.vehiclePositions, view.alerts].map((feed) => feed(now_ms));
    breaches.push(...check.look(feeds, now_ms));
  }
  expect(breaches).toEqual([]);
});

/** A quarter of an hour with two buses, each on its run, and a third that seems to drive what another one drives. */
test("what is served breaks no rule, look after look, while vehicles come, double, and fall silent", () => {
  if (!east || !west || !round) throw new Error("no runs");
  const network = new Network([timetable]);
  const fleet = new Fleet(network);
  const clock = handClock(startOf(east));
  const view = transitView(network, fleet, clock);
  const check = new FeedPair(planOfTimetables([timetable]));
  const fixes = [
    ...drive(east, { late_s: 90, trip_id: "east-08:00" }).map((fix) => ({ vehicle_id: "1", ...fix })),
    ...drive(east, { late_s: 200, trip_id: "east-08:00" }).map((fix) => ({ vehicle_id: "2", ...fix })),
    ...drive(round, { noise_m: 10 }).map((fix) => ({ vehicle_id: "3", ...fix })),
    ...drive(west, { late_s: -30, trip_id: "west-08:10" }).map((fix) => ({ vehicle_id: "1", ...fix })),
  ].toSorted((a, b) => a.at_ms - b.at_ms);
  const start_ms = fixes[0]?.at_ms ?? 0;
  const found = [];
  for (let now_ms = start_ms; now_ms < start_ms + 16 * MINUTE_MS; now_ms += 30_000) {
    const heard = fixes.filter(({ at_ms }) => at_ms > now_ms - 30_000 && at_ms <= now_ms);
    fleet.take(
      heard.map((fix) => ({ ...fix, received_at_ms: now_ms })),
      false,
    );
    fleet.hush(now_ms);
    found.push(
      ...check
        .look([view.tripUpdates(now_ms), view.vehiclePositions(now_ms)], now_ms)
        .map((breach) => ({ at_s: (now_ms - start_ms) / 1000, ...breach })),
    );
  }
  expect(found).toEqual([]);
});

test("the thread that looks says in the log what a feed breaks, and knows the timetables that are followed", async () => {
  const lines: { readonly rule?: string; readonly entity?: string }[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  if (!east) throw new Error("no run");
  const now_ms = startOf(east);
  const run = { feed: "town", service_date: "20260601", trip_id: "ghost", route_id: "1" };
  const call = { run, stop_id: "east-1", stop_sequence: 20, basis: "live", vehicle_id: "17" } as const;
  const bytes = tripUpdatesFeed(
    [{ ...call, scheduled_at_ms: now_ms, predicted_at_ms: now_ms + 60_000, signal_at_ms: now_ms }],
    now_ms,
  );
  const view = {
    tripUpdates: () => bytes,
    vehiclePositions: () => vehiclePositionsFeed([], now_ms),
    alerts: () => alertsFeed([], now_ms),
  };
  const stop = new AbortController();
  const checks = checkFeeds([timetable], view, { clock: handClock(now_ms), log, every_ms: 20 }, stop.signal);
  await eventually(() => expect(lines[0]).toMatchObject({ rule: "E003", entity: "town:20260601:ghost" }));
  const ghosts = { ...smallTown() };
  for (const file of ["trips.txt", "stop_times.txt"])
    ghosts[file] = (ghosts[file] ?? "").replaceAll("east-08:00", "ghost");
  checks.follow([await loadTimetable(await zipOf(ghosts), "town")]);
  await eventually(async () => {
    lines.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lines).toEqual([]);
  });
  stop.abort();
});

test("on the night after a newer version came, runs of yesterday are held against the version before", async () => {
  const [old, newer] = [await smallTownTimetable(), await loadTimetable(await zipOf(withoutEast3()), "town")];
  old.confine((date) => date < "20260602");
  newer.confine((date) => date >= "20260602");
  const both = new Network([old, newer]);
  const fleet = new Fleet(both);
  const night = runOf(old, "east-24:40", "20260601");
  const now_ms = startOf(night) + 60_000;
  const fixes = drive(night, { trip_id: "east-24:40" }).filter(({ at_ms }) => at_ms <= now_ms);
  fleet.take(
    fixes.map((fix) => ({ vehicle_id: "1", received_at_ms: fix.at_ms, ...fix })),
    false,
  );
  const view = transitView(both, fleet, handClock(now_ms));
  const feeds = [view.tripUpdates(now_ms), view.vehiclePositions(now_ms)];
  const told = new FeedPair(planOfTimetables([old, newer], ["20260601", "20260602"])).look(feeds, now_ms);
  const untold = new FeedPair(planOfTimetables([old, newer])).look(feeds, now_ms);
  expect(told).toEqual([]);
  expect(untold.map(({ rule }) => rule)).toEqual(["E051"]);
});

/** The small town without the fourth stop of its line east. */
function withoutEast3() {
  const times = (smallTown()["stop_times.txt"] ?? "").replaceAll(/^east-.*,east-3,40\n/gm, "");
  return { ...smallTown(), "stop_times.txt": times };
}

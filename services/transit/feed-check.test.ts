import { Network } from "@yardline/matching/network";
import { drive, runOf } from "@yardline/matching/testing";
import { inForce } from "@yardline/operations/in-force";
import { type Order, standingOf } from "@yardline/operations/order";
import { ALL_SHOWN } from "@yardline/privacy/public-positions";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { FeedCheck } from "./feed-check.ts";
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
  const view = transitView([timetable], fleet, { orders, policy: ALL_SHOWN });
  const check = new FeedCheck([timetable], view);
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
    breaches.push(...check.look(now_ms));
  }
  expect(breaches).toEqual([]);
});

/** A quarter of an hour with two buses, each on its run, and a third that seems to drive what another one drives. */
test("what is served breaks no rule, look after look, while vehicles come, double, and fall silent", () => {
  if (!east || !west || !round) throw new Error("no runs");
  const fleet = new Fleet(new Network([timetable]));
  const check = new FeedCheck([timetable], transitView([timetable], fleet));
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
    found.push(...check.look(now_ms).map((breach) => ({ at_s: (now_ms - start_ms) / 1000, ...breach })));
  }
  expect(found).toEqual([]);
});

import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { withNeighbours } from "./neighbours.ts";
import type { TransitView } from "./parts.ts";
import { cutOf, SharedLines } from "./shared-lines.ts";
import { testApp } from "./testing/app.ts";
import { NOON_MS, TRANSIT } from "./testing/scenes.ts";
import { findStop } from "./transit.ts";

const [LINE] = TRANSIT.listLines();
const THEIRS = { ...TRANSIT, listLines: () => (LINE ? [{ ...LINE, stop_ids: ["market"] }] : []) };
const SHARE = {
  from: { tenant: "lypivka", name: "Липівка", signed_by: "І. Мороз" },
  ...{ route_ids: ["r3"], what: ["vehicles" as const, "arrivals" as const], purpose: "line 3" },
};
/** A timetable that knows its own stops only. */
const OURS: TransitView = {
  ...TRANSIT,
  listArrivals: (stop_id, now_ms) =>
    stop_id.includes("~") ? undefined : TRANSIT.listArrivals(stop_id, now_ms),
};
const SHARED = cutOf(THEIRS, SHARE, NOON_MS);

test("what one town cuts out is what the other believes, and no more", () => {
  expect(Value.Check(SharedLines, JSON.parse(JSON.stringify(SHARED)))).toBe(true);
  for (const more of [{ cameras: [] }, { events: [] }, { stops: [{ ...SHARED.stops[0], camera: "yard" }] }]) {
    expect(Value.Check(SharedLines, { ...SHARED, ...more })).toBe(false);
  }
});

test("what only arrivals were agreed for has no vehicles, and the other way round", () => {
  const only = (what: (typeof SHARE.what)[number]) => cutOf(THEIRS, { ...SHARE, what: [what] }, NOON_MS);
  expect([only("arrivals").vehicles, only("vehicles").arrivals]).toEqual([[], []]);
});

test("the public side shows a neighbour's line as the neighbour's, beside its own, and not a moment longer than it is shared", async () => {
  let shared = [SHARED];
  const view = withNeighbours(
    OURS,
    () => shared,
    () => NOON_MS,
  );
  const app = await testApp({ transit: view });
  const ask = async (url: string) => (await app.inject(url)).json();
  const stop = encodeURIComponent("lypivka~market");
  const marks = async (url: string) => {
    const { features } = await ask(url);
    return features.map(
      ({ properties }: { properties: Record<string, string> }) => properties["shared_by"] ?? "ours",
    );
  };
  expect(await marks("/v1/lines")).toEqual(["ours", "Липівка"]);
  expect(await marks("/v1/stops")).toEqual(["ours", "ours", "Липівка"]);
  expect(await marks("/v1/vehicles")).toEqual(["ours", "ours", "Липівка"]);
  expect(await ask(`/v1/stops/${stop}/arrivals`)).toMatchObject({
    stop: { stop_id: "lypivka~market", shared_by: "Липівка" },
    arrivals: [
      { route_id: "lypivka~r3", route_short_name: "3", vehicle_id: "lypivka~7", shared_by: "Липівка" },
    ],
  });
  // The neighbour's own feed has it already.
  expect((await app.inject("/gtfs-realtime/vehicle-positions.pb")).rawPayload).toEqual(Buffer.of(10, 2, 2));
  expect(
    cutOf(view, { ...SHARE, route_ids: ["r3", "lypivka~r3"] }, NOON_MS).vehicles.map(
      ({ vehicle_id }) => vehicle_id,
    ),
  ).toEqual(["7"]);
  shared = [];
  expect(await marks("/v1/lines")).toEqual(["ours"]);
  expect(findStop(view, "lypivka~market")).toBeUndefined();
  expect(view.listArrivals("lypivka~market", NOON_MS)).toBeUndefined();
});

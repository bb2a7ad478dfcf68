import { expect, test } from "vitest";
import type { Block } from "../api/types.ts";
import { byNeed, dutyOf } from "./duty.ts";

const NOW = Date.parse("2026-10-05T08:10:00Z");
const at = (time: string) => `2026-10-05T${time}:00.000Z`;
const run = (from: string, to: string, cancelled = false) => ({
  ...{ trip_id: from, route_id: "r1", starts_at: at(from), ends_at: at(to), cancelled, added: false },
});

function block(over: Partial<Block>): Block {
  const runs = [run("07:00", "07:40"), run("08:00", "08:40"), run("09:00", "09:40")];
  return {
    feed: "town",
    service_date: "20261005",
    block_id: "1",
    runs,
    assigned: [],
    driven_by: [],
    ...over,
  };
}
const driven = (vehicle_id: string) => [{ vehicle_id, trip_id: "08:00", confidence: 0.9 }];

test.for<[string, Partial<Block>, object]>([
  ["nobody drives what should run", {}, { state: "running", uncovered: true, unlike: false }],
  ["somebody does", { driven_by: driven("12") }, { state: "running", uncovered: false, unlike: false }],
  ["another one does", { assigned: ["7"], driven_by: driven("12") }, { unlike: true }],
  ["just begun", { runs: [run("08:08", "08:40")] }, { state: "running", uncovered: false }],
  ["not yet", { runs: [run("08:20", "08:40")] }, { state: "coming", uncovered: false }],
  ["over", { runs: [run("07:00", "07:40")] }, { state: "over", uncovered: false }],
  ["cancelled", { runs: [run("08:00", "08:40", true)] }, { state: "cancelled", uncovered: false }],
])("%s", ([, over, expected]) => {
  expect(dutyOf(block(over), NOW)).toMatchObject(expected);
});

test("what needs somebody comes first", () => {
  const blocks = [
    block({ block_id: "over", runs: [run("07:00", "07:40")] }),
    block({ block_id: "fine", driven_by: driven("12") }),
    block({ block_id: "coming", runs: [run("08:20", "08:40")] }),
    block({ block_id: "bare" }),
  ];
  expect(byNeed(blocks, NOW).map((each) => each.block.block_id)).toEqual(["bare", "fine", "coming", "over"]);
});

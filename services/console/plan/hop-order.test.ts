import { expect, test } from "vitest";
import { hopsInOrder } from "./hop-order.ts";

const hop = (way: string, over: object = {}) => {
  const [stop_id = "", next_stop_id = ""] = way.split(" ");
  return { feed: "town", route_id: "7", direction_id: 0, stop_id, next_stop_id, planned_s: 60, ...over };
};
const told = (...rows: ReturnType<typeof hop>[]) =>
  hopsInOrder(rows)?.map(({ stop_id, next_stop_id }) => `${stop_id}${next_stop_id}`);

test("one way's hops follow each other, whatever order they come in", () => {
  expect(told(hop("c d"), hop("a b"), hop("b c"))).toEqual(["ab", "bc", "cd"]);
  expect(told(hop("b a"), hop("a b"))).toEqual(["ba", "ab"]);
});

test("a stop that was passed unseen makes a hop that is on no way; a piece that lost one follows", () => {
  expect(told(hop("a c", { planned_s: undefined }), hop("c d"), hop("a b"))).toEqual(["cd", "ab"]);
});

test("several ways, or hours, have no one order", () => {
  expect(told(hop("a b"), hop("b c", { direction_id: 1 }))).toBeUndefined();
  expect(told(hop("a b"), hop("a b"))).toBeUndefined();
  expect(told()).toBeUndefined();
});

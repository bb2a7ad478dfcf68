import { AppError } from "@yardline/domain/errors";
import type { Order, Standing } from "@yardline/operations/order";
import type { Decided, DispatchView } from "../parts.ts";
import { NOON_MS } from "./scenes.ts";

const RUN = { feed: "demo", service_date: "20261122", trip_id: "t1", route_id: "r3" };

export const CANCELLED: Order = {
  id: "1",
  at: "2026-11-22T11:00:00.000Z",
  by: "Olha",
  why: "no driver",
  from: "2026-11-22T11:00:00.000Z",
  until: "2026-11-22T16:00:00.000Z",
  what: { order: "cancel", run: { service_date: "20261122", trip_id: "t1" } },
};

/** Dispatchers of one line: bus 7 drives its block, nothing can be ordered but an undo of order 1. */
export function fakeDispatch(): DispatchView {
  let policy: { revision: number; decided: Decided | undefined } = { revision: 0, decided: undefined };
  const standing: Standing = {
    order: CANCELLED,
    what: { order: "cancel", run: { service_date: "20261122", trip_id: "t1" } },
    from_ms: NOON_MS - 3_600_000,
    until_ms: NOON_MS + 4 * 3_600_000,
  };
  return {
    listVehicles: (now_ms) => [
      {
        vehicle_id: "7",
        at_ms: now_ms - 4_000,
        latitude: 49.845,
        longitude: 24.02,
        run: RUN,
        confidence: 0.9,
        parked: false,
      },
    ],
    listPassages: () => ({ since_ms: undefined, passages: [] }),
    listBlocks: (service_date = "20261122") => [
      {
        feed: "demo",
        service_date,
        block_id: "b1",
        runs: [{ ...RUN, starts_ms: NOON_MS, ends_ms: NOON_MS + 1_800_000, cancelled: true }],
        assigned: ["8"],
        driven_by: [{ vehicle_id: "7", confidence: 0.9, trip_id: "t1" }],
      },
    ],
    listOrders: () => ({ revision: 1, orders: [standing] }),
    async order({ what, by, why }) {
      if (what.order !== "undo")
        throw new AppError("ORDER_UNKNOWN_RUN", "The timetable has no trip t9 on 20261122.");
      if (what.of !== "1") throw new AppError("ORDER_UNDONE", "Order 2 was undone already, by Ivan.");
      return { id: "3", at: CANCELLED.at, from: CANCELLED.at, by, why, what };
    },
    readPolicy: () => policy,
    async decide(decided, seen_revision) {
      if (seen_revision !== policy.revision)
        throw new AppError("POLICY_CHANGED", "Somebody decided meanwhile.");
      policy = { revision: seen_revision + 1, decided: { ...decided, at: "2026-11-22T12:00:00.000Z" } };
      return policy;
    },
  };
}

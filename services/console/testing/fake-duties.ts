import type { AskedOrder, Block, OrderList } from "../api/types.ts";

const MINUTE_MS = 60_000;

/** A day of three blocks: one is driven, one nobody is seen on, one is still to come. */
export function fakeBlocks(now_ms: number): readonly Block[] {
  const run = (trip_id: string, route_id: string, from_min: number, to_min: number) => ({
    ...{ trip_id, route_id, headsign: "Вокзал", cancelled: false, added: false },
    starts_at: new Date(now_ms + from_min * MINUTE_MS).toISOString(),
    ends_at: new Date(now_ms + to_min * MINUTE_MS).toISOString(),
  });
  const block = (block_id: string, runs: Block["runs"]): Block => ({
    ...{ feed: "town", service_date: "20261005", block_id, runs, assigned: [], driven_by: [] },
  });
  return [
    {
      ...block("101", [run("r1-a", "r1", -70, -40), run("r1-b", "r1", -20, 20), run("r1-c", "r1", 30, 70)]),
      driven_by: [{ vehicle_id: "12", trip_id: "r1-b", confidence: 0.97 }],
      assigned: ["12"],
    },
    block("102", [run("r2-a", "r2", -15, 25), run("r2-b", "r2", 40, 80)]),
    block("103", [run("r3-a", "r3", 45, 85)]),
  ];
}

/** What was ordered, with what a test orders on top. */
export function fakeOrders(given: readonly AskedOrder[], now_ms: number): OrderList {
  const at = new Date(now_ms).toISOString();
  return {
    revision: given.length,
    orders: given.toReversed().map((asked, i) => ({
      order: { id: String(given.length - i), at, from: at, by: asked.by, why: asked.why, what: asked.what },
      state: "in-force" as const,
      ...(asked.until !== undefined && { ends_at: asked.until }),
    })),
  };
}

import type { AskedOrder, Block, OrderList } from "../api/types.ts";

/** What a dispatcher may order here, and about what: the form asks for the rest. */
export type Wish =
  | { readonly order: "assign"; readonly block: Block }
  | { readonly order: "swap"; readonly vehicle_id: string }
  | { readonly order: "cancel"; readonly block: Block; readonly run: Block["runs"][number] }
  | { readonly order: "add"; readonly block: Block; readonly run: Block["runs"][number] }
  | { readonly order: "detour" }
  | { readonly order: "close-stop" }
  | { readonly order: "alert" };

/** What was typed, by the names of the fields. */
export type Typed = (name: string) => string;

type What = AskedOrder["what"];
type Order = OrderList["orders"][number]["order"];

/** Whoever gave the wrong order sees it by then. */
const MISTAKE_MS = 3_600_000;

/** The order that a filled-in form means. */
export function whatOf(wish: Wish, typed: Typed): What {
  switch (wish.order) {
    case "assign":
      return { order: "assign", vehicle_id: typed("vehicle_id"), duty: dutyOf(wish.block) };
    case "swap":
      return { order: "swap", vehicle_id: wish.vehicle_id, with_vehicle_id: typed("vehicle_id") };
    case "cancel":
      return { order: "cancel", run: runOf(wish.block, wish.run) };
    case "add":
      return { order: "add", like: runOf(wish.block, wish.run), start_time: `${typed("start_time")}:00` };
    case "detour":
      return {
        order: "detour",
        ...{
          route_id: typed("route_id"),
          from_stop_id: typed("from_stop_id"),
          to_stop_id: typed("to_stop_id"),
        },
      };
    case "close-stop":
      return { order: "close-stop", stop_id: typed("stop_id") };
    case "alert": {
      const route_id = typed("route_id");
      const texts = (part: string) => ({
        ...{ uk: typed(`${part}_uk`), ru: typed(`${part}_ru`), en: typed(`${part}_en`) },
      });
      return {
        order: "alert",
        concerns: [route_id ? { route_id } : { stop_id: typed("stop_id") }],
        text: { header: texts("header"), effect: "OTHER_EFFECT" },
      };
    }
  }
}

/**
 * From when an order is undone. What is known of a vehicle rests on whom it was given to, so an assignment that is taken back soon
 * is one that was never right; what was in force for longer was, and only ends.
 * @returns undefined: from now on.
 */
export function undoneFrom(order: Pick<Order, "what" | "at" | "from">, now_ms: number): string | undefined {
  const { what, at, from } = order;
  const places = what.order === "assign" || what.order === "swap";
  return places && now_ms - Date.parse(at) < MISTAKE_MS ? from : undefined;
}

/** Whether it lasts until somebody says so; what is about runs ends with them. */
export function needsEnd({ order }: Wish): boolean {
  return order === "detour" || order === "close-stop" || order === "alert";
}

function dutyOf(block: Block) {
  const { feed, service_date, block_id, runs } = block;
  if (block_id !== undefined) return { feed, service_date, block_id };
  const [first] = runs;
  if (!first) throw new Error("A block without runs is none.");
  return runOf(block, first);
}

function runOf({ feed, service_date }: Block, { trip_id, start_time }: Block["runs"][number]) {
  return { feed, service_date, trip_id, ...(start_time !== undefined && { start_time }) };
}

import type { EpochMs } from "@yardline/domain/time";
import { vehiclesOf } from "./in-force.ts";
import type { Standing } from "./order.ts";

/** Since when orders say something else of what vehicles drive, and of which vehicles: undefined for any. */
export type OrderChange = { readonly since_ms: EpochMs; readonly vehicles?: readonly string[] };

/** Kinds of orders that say nothing of what vehicles drive. */
const FOR_PASSENGERS: ReadonlySet<string> = new Set(["alert", "close-stop"]);

/** What is different after an order was given or undone, for whoever went by the orders before. */
export function changesBetween(
  before: readonly Standing[],
  after: readonly Standing[],
): readonly OrderChange[] {
  const known = new Map(before.map((each) => [each.order.id, each]));
  return after.flatMap((each) => {
    if (FOR_PASSENGERS.has(each.what.order)) return [];
    const was = known.get(each.order.id);
    if (was?.until_ms === each.until_ms) return [];
    const since_ms = was ? Math.min(was.until_ms, each.until_ms) : each.from_ms;
    const vehicles = vehiclesOf(each);
    return [{ since_ms, ...(vehicles.length > 0 && { vehicles }) }];
  });
}

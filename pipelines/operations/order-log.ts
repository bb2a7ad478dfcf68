import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Change, Records } from "@yardline/records/records";
import { Value } from "typebox/value";
import { cancellationsOf } from "./cancelled-runs.ts";
import { Order } from "./order.ts";

const KIND = "transit-order";
/** Rows that say which revision the whole is at: whoever watches reads one small row. */
export const HEADS_KIND = "transit-operations";
export const LOG_ID = "orders";

/** Ids sort as text. */
const ID_DIGITS = 10;
/** Orders that are kept; more than a town gives in a year. */
export const ORDERS_MAX = 5_000;
/** Ended so long ago an order changes nothing that is still thought of: fixes are kept for eight days. */
const KEPT_MS = 9 * 86_400_000;
/** Old ones that one new one clears away. */
const CLEARED_MAX = 50;

/** All orders that are kept, oldest first. `revision` grows by one with each. */
export type OrderLog = { readonly revision: number; readonly orders: readonly Order[] };

type Store = Pick<Records, "find" | "list" | "write">;

export async function readOrderLog(records: Pick<Store, "find" | "list">): Promise<OrderLog> {
  const revision = (await records.find(HEADS_KIND, LOG_ID))?.revision ?? 0;
  const rows = await records.list(KIND);
  return { revision, orders: rows.flatMap(({ value }) => (Value.Check(Order, value) ? [value] : [])) };
}

/**
 * Writes the order that follows a log.
 * @throws AppError `RECORDS_CONFLICT` when another one came first, `ORDERS_FULL`; those of Records.
 */
export async function appendOrder(
  records: Pick<Store, "write">,
  { revision, orders }: OrderLog,
  order: Omit<Order, "id">,
  now_ms: EpochMs,
): Promise<Order> {
  const cleared = orders.filter((each) => isOver(each, orders, now_ms)).slice(0, CLEARED_MAX);
  if (orders.length - cleared.length >= ORDERS_MAX) {
    throw new AppError("ORDERS_FULL", `${ORDERS_MAX} orders are kept; undo some that have no end.`);
  }
  const id = String(revision + 1);
  const written: Order = { ...order, id };
  const drops: readonly Change[] = cleared.map((each) => ({
    kind: KIND,
    id: rowId(each.id),
    value: undefined,
  }));
  await records.write([
    { kind: HEADS_KIND, id: LOG_ID, expected: revision, value: { newest: id } },
    { kind: KIND, id: rowId(id), expected: 0, value: written },
    ...cancellationsOf(written, orders),
    ...drops,
  ]);
  return written;
}

/** An undo goes with what it undid. */
function isOver(order: Order, orders: readonly Order[], now_ms: EpochMs): boolean {
  const { what } = order;
  const ends = (each: Order) =>
    orders.find((undo) => undo.what.order === "undo" && undo.what.of === each.id)?.from ?? each.until;
  const of = what.order === "undo" ? orders.find(({ id }) => id === what.of) : order;
  const ended = of ? ends(of) : order.at;
  return ended !== undefined && Date.parse(ended) < now_ms - KEPT_MS;
}

function rowId(id: string): string {
  return id.padStart(ID_DIGITS, "0");
}

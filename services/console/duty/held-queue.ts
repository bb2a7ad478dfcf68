import { type HeldOrder, holdOrder, NOTHING } from "./held-order.ts";
import type { QueueGroup } from "./queue-groups.ts";

/** The queue as somebody reads it. */
export type HeldQueue = {
  readonly order: HeldOrder;
  /** What each shown group was made of: events that became an incident's are found by it. */
  readonly made: ReadonlyMap<string, readonly string[]>;
  readonly all: boolean;
  readonly arrived: number;
};

export const emptyHeld = (all: boolean): HeldQueue => ({ order: NOTHING, made: new Map(), all, arrived: 0 });

/** The same object where nothing has changed. */
export function nextHeld(
  held: HeldQueue,
  current: readonly QueueGroup[],
  all: boolean,
  reading: boolean,
): HeldQueue {
  const keys = current.map(({ key }) => key);
  const before = held.all === all ? held.order : NOTHING;
  const moved = movesOf(held.made, current);
  const order = holdOrder(before, keys, { reading, moved });
  const known = new Set([...held.order.shown, ...held.order.waiting, ...moved.values()]);
  const fresh = before === NOTHING ? 0 : keys.filter((key) => !known.has(key)).length;
  const made = new Map(current.map(({ key, events }) => [key, events.map(({ occurrence }) => occurrence)]));
  const same =
    held.all === all &&
    isSame(order.shown, held.order.shown) &&
    isSame(order.waiting, held.order.waiting) &&
    made.size === held.made.size &&
    [...made].every(([key, occurrences]) => isSame(occurrences, held.made.get(key) ?? []));
  if (same) return held;
  return { order, made, all, arrived: held.arrived + fresh };
}

/** Where the events of groups that are no more have gone. */
function movesOf(
  made: ReadonlyMap<string, readonly string[]>,
  current: readonly QueueGroup[],
): ReadonlyMap<string, string> {
  const there = new Set(current.map(({ key }) => key));
  const holder = new Map(
    current.flatMap(({ key, events }) => events.map(({ occurrence }) => [occurrence, key])),
  );
  const gone = [...made].filter(([key]) => !there.has(key));
  return new Map(
    gone.flatMap(([key, occurrences]) => {
      const to = occurrences.map((each) => holder.get(each)).find((each) => each !== undefined);
      return to === undefined ? [] : [[key, to] as const];
    }),
  );
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, at) => each === other[at]);
}

import { setImmediate as nextTurn } from "node:timers/promises";

/** Things between two moments in which everybody else in the process gets a turn: some milliseconds of work. */
const TURN = 4_000;

/**
 * Goes through many things without keeping the process from others: a review of a year may not stop the doors.
 * @throws what the signal says when it aborts.
 */
export async function unhurried<Thing>(
  things: Iterable<Thing>,
  take: (thing: Thing) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let count = 0;
  for (const thing of things) {
    take(thing);
    count += 1;
    if (count % TURN > 0) continue;
    await nextTurn();
    signal?.throwIfAborted();
  }
}

/** The order that somebody reads the queue in. What is new waits above it, so that nothing moves under their eyes. */
export type HeldOrder = {
  /** Keys of what is shown, in turn. */
  readonly shown: readonly string[];
  /** Keys of what came since, and is not shown yet. */
  readonly waiting: readonly string[];
};

export const NOTHING: HeldOrder = { shown: [], waiting: [] };

/**
 * The next order. What is gone leaves its place; what is there keeps it, whatever has happened to it; what is new waits, but while nobody reads.
 * @param current keys as they would stand if nobody had looked yet.
 * @param moved the new key of something that is shown under another: events that became an incident stay where they were.
 */
export function holdOrder(
  before: HeldOrder,
  current: readonly string[],
  { reading, moved = new Map() }: { readonly reading: boolean; readonly moved?: ReadonlyMap<string, string> },
): HeldOrder {
  if (!reading || before.shown.length === 0) return { shown: current, waiting: [] };
  const there = new Set(current);
  const kept = before.shown.map((key) => (there.has(key) ? key : (moved.get(key) ?? key)));
  const shown = [...new Set(kept)].filter((key) => there.has(key));
  const known = new Set(shown);
  return { shown, waiting: current.filter((key) => !known.has(key)) };
}

/** The neighbour of what is chosen, `step` places on; the first where nothing is. Stays at the ends. */
export function neighbourOf(
  keys: readonly string[],
  chosen: string | undefined,
  step: 1 | -1,
): string | undefined {
  const at = chosen === undefined ? -1 : keys.indexOf(chosen);
  if (at < 0) return keys[0];
  return keys[Math.max(0, Math.min(keys.length - 1, at + step))];
}

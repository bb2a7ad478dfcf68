/** Stretches of time that a clip holds one after the other, in epoch ms. */
export type Stretch = { readonly from_ms: number; readonly to_ms: number };

/** Shorter holes are the seam between two segments. */
const GAP_MS_MIN = 500;
const STRETCHES_MAX = 200;

/**
 * Reads what the server says that a clip holds, as `2026-11-22T12:00:00.000Z/2026-11-22T12:00:04.000Z, …`. Where that makes no sense, what was asked for.
 */
export function stretchesOf(header: string | null, asked: Stretch): readonly Stretch[] {
  const found = (header ?? "").split(",", STRETCHES_MAX).map((each) => {
    const [from_ms = Number.NaN, to_ms = Number.NaN] = each.trim().split("/").map(Date.parse);
    return { from_ms, to_ms };
  });
  const whole = found.every(
    ({ from_ms, to_ms }, at) => from_ms < to_ms && from_ms >= (found[at - 1]?.to_ms ?? 0),
  );
  return whole ? found : [asked];
}

/** When it was that the clip shows at this second of it. Past its end it is its end. */
export function timeAt(stretches: readonly Stretch[], offset_s: number): number {
  let left_ms = Math.max(0, offset_s * 1000);
  for (const { from_ms, to_ms } of stretches) {
    if (left_ms < to_ms - from_ms) return from_ms + left_ms;
    left_ms -= to_ms - from_ms;
  }
  return stretches.at(-1)?.to_ms ?? 0;
}

/** Where in the clip a time is; where nothing is recorded of it, where the next stretch begins, and that it is a gap. */
export function offsetAt(
  stretches: readonly Stretch[],
  at_ms: number,
): { readonly offset_s: number; readonly recorded: boolean } {
  let before_ms = 0;
  for (const { from_ms, to_ms } of stretches) {
    if (at_ms < from_ms) return { offset_s: before_ms / 1000, recorded: false };
    if (at_ms < to_ms) return { offset_s: (before_ms + at_ms - from_ms) / 1000, recorded: true };
    before_ms += to_ms - from_ms;
  }
  return { offset_s: before_ms / 1000, recorded: false };
}

/** The times that were asked for and are not in the clip: its beginning or end that has gone, and gaps within. */
export function missingIn(stretches: readonly Stretch[], asked: Stretch): readonly Stretch[] {
  const edges = [asked.from_ms, ...stretches.flatMap(({ from_ms, to_ms }) => [from_ms, to_ms]), asked.to_ms];
  const missing: Stretch[] = [];
  for (let at = 0; at < edges.length; at += 2) {
    const [from_ms = 0, to_ms = 0] = [edges[at], edges[at + 1]];
    if (to_ms - from_ms >= GAP_MS_MIN) missing.push({ from_ms, to_ms });
  }
  return missing;
}

export type Missing = Stretch & {
  /** `before` and `after`: of what was asked for around the event's own time. `beginning`: of that too, which goes first when its time is over. */
  readonly what: "before" | "beginning" | "gap" | "after";
};

/** The same, and what of the event and of what is around it that was. @param own the event's own time. */
export function missingOf(stretches: readonly Stretch[], span: Stretch, own: Stretch): readonly Missing[] {
  return missingIn(stretches, span).map((missing) => {
    const { from_ms, to_ms } = missing;
    if (from_ms <= span.from_ms) {
      const isAround = span.from_ms < own.from_ms && to_ms <= own.from_ms + GAP_MS_MIN;
      return { ...missing, what: isAround ? "before" : "beginning" };
    }
    const isAfter = to_ms >= span.to_ms && from_ms >= own.to_ms - GAP_MS_MIN;
    return { ...missing, what: isAfter ? "after" : "gap" };
  });
}

/** What the timeline reaches over: all that was asked for, and what is recorded beyond it. */
export function reachOf(stretches: readonly Stretch[], asked: Stretch): Stretch {
  return {
    from_ms: Math.min(asked.from_ms, stretches[0]?.from_ms ?? asked.from_ms),
    to_ms: Math.max(asked.to_ms, stretches.at(-1)?.to_ms ?? asked.to_ms),
  };
}

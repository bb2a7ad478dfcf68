import { join } from "node:path";
import { openFileStore } from "@yardline/media/files";

/** A gap begins and ends with an arrival, recording with a capture: pictures are under way for at most so long. */
const UNDER_WAY_MS = 500;

/** Times without a recording, in milliseconds. */
export type Gaps = {
  /** The longest of all. */
  readonly longest_ms: number;
  /** The longest for which the town gives no reason: a camera that was lost is one. */
  readonly untold_ms: number;
};

/** What cameras have no recording of within [from, to). The town must have ended. */
export async function gapsOf(
  data: string,
  cameras: readonly string[],
  from_ms: number,
  to_ms: number,
): Promise<Gaps> {
  const store = await openFileStore({ folder: join(data, "media") });
  const gaps = { longest_ms: 0, untold_ms: 0 };
  for (const camera of cameras) {
    const recorded = await store.listSegments(camera, from_ms, to_ms);
    const told = (await store.listGaps(camera, from_ms, to_ms)).map((gap) => ({
      from_ms: gap.from_ms - UNDER_WAY_MS,
      to_ms: gap.to_ms + UNDER_WAY_MS,
    }));
    gaps.longest_ms = Math.max(gaps.longest_ms, longestBetween(recorded, from_ms, to_ms));
    gaps.untold_ms = Math.max(gaps.untold_ms, longestBetween([...recorded, ...told], from_ms, to_ms));
  }
  await store.close();
  return gaps;
}

type Stretch = { readonly from_ms: number; readonly to_ms: number };

function longestBetween(stretches: readonly Stretch[], from_ms: number, to_ms: number): number {
  let longest_ms = 0;
  let covered_ms = from_ms;
  for (const stretch of stretches.toSorted((a, b) => a.from_ms - b.from_ms)) {
    longest_ms = Math.max(longest_ms, stretch.from_ms - covered_ms);
    covered_ms = Math.max(covered_ms, stretch.to_ms);
  }
  return Math.max(longest_ms, to_ms - covered_ms);
}

import type { LatLon } from "@yardline/domain/geo";
import { EARTH_RADIUS_M } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";

/** Between two fixes farther apart nobody knows where a vehicle was: feeds report every two minutes at the slowest. */
const JOINED_MS_MAX = 150_000;

export type Around = { readonly center: LatLon; readonly radius_m: number };

/** A vehicle within a circle for a while. */
export type Passage = {
  readonly from_ms: EpochMs;
  readonly to_ms: EpochMs;
  /** When it was nearest, and how near. */
  readonly nearest_at_ms: EpochMs;
  readonly nearest_m: number;
};

/** A place in metres east and north of a circle's middle, and when. */
type Step = { readonly at_ms: EpochMs; readonly x_m: number; readonly y_m: number };

/**
 * When a vehicle was within a circle, going straight and evenly from one fix to the next. A circle of kilometres is flat enough:
 * the error at 5 km is less than that of a receiver.
 * @param fixes by time; each counts until the next one, if that came soon.
 */
export function passagesOf(
  fixes: readonly (LatLon & { readonly at_ms: EpochMs })[],
  { center, radius_m }: Around,
): readonly Passage[] {
  const steps = fixes.map((fix) => stepOf(fix, center));
  const found: Passage[] = [];
  for (const [at, step] of steps.entries()) {
    const next = steps[at + 1];
    const end = next && next.at_ms - step.at_ms <= JOINED_MS_MAX ? next : step;
    const piece = pieceWithin(step, end, radius_m);
    if (!piece) continue;
    const last = found.at(-1);
    if (last && last.to_ms >= piece.from_ms) found.splice(-1, 1, joined(last, piece));
    else found.push(piece);
  }
  return found;
}

function stepOf({ latitude, longitude, at_ms }: LatLon & { at_ms: EpochMs }, center: LatLon): Step {
  const metres = (degrees: number) => (degrees * Math.PI * EARTH_RADIUS_M) / 180;
  const x_m = metres(longitude - center.longitude) * Math.cos((center.latitude * Math.PI) / 180);
  return { at_ms, x_m, y_m: metres(latitude - center.latitude) };
}

/** The part of a straight way that lies within the circle around 0, 0: between the two ends of a chord, as shares of the way. */
function pieceWithin(a: Step, b: Step, radius_m: number): Passage | undefined {
  const [dx, dy] = [b.x_m - a.x_m, b.y_m - a.y_m];
  const length2 = dx * dx + dy * dy;
  const along = a.x_m * dx + a.y_m * dy;
  const nearest = length2 === 0 ? 0 : Math.min(1, Math.max(0, -along / length2));
  const nearest_m = Math.hypot(a.x_m + nearest * dx, a.y_m + nearest * dy);
  if (nearest_m > radius_m) return undefined;
  const at = (share: number): EpochMs => Math.round(a.at_ms + share * (b.at_ms - a.at_ms));
  const inside = a.x_m * a.x_m + a.y_m * a.y_m - radius_m * radius_m;
  const half = length2 === 0 ? 0 : Math.sqrt(Math.max(0, along * along - length2 * inside)) / length2;
  const middle = length2 === 0 ? 0 : -along / length2;
  // Of one that stands, all of the time.
  const [enters, leaves] = length2 === 0 ? [0, 1] : [middle - half, middle + half];
  const nearest_at_ms = at(nearest);
  return {
    from_ms: Math.min(nearest_at_ms, at(Math.max(0, enters))),
    to_ms: Math.max(nearest_at_ms, at(Math.min(1, leaves))),
    nearest_at_ms,
    nearest_m,
  };
}

function joined(a: Passage, b: Passage): Passage {
  return { ...(b.nearest_m < a.nearest_m ? b : a), from_ms: a.from_ms, to_ms: Math.max(a.to_ms, b.to_ms) };
}

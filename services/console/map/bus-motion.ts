/** Where the map shows a bus between two polls: from where it was shown to where it was last seen. */
export type Motion = {
  readonly from: Pose;
  readonly to: Pose;
  readonly start_ms: number;
  readonly end_ms: number;
};

export type Pose = {
  readonly longitude: number;
  readonly latitude: number;
  /** Clockwise from north; absent while it is not known. */
  readonly course_deg?: number;
};

/** A glide lasts as long as the bus took to report anew, so that it drives evenly instead of hopping; within these. */
export const GLIDE_MS_MIN = 2_400;
export const GLIDE_MS_MAX = 10_000;
/** Farther than this, in degrees, is no driving but a jump: it is not drawn as a flight across the town. */
const JUMP_DEG = 0.02;

/** Goes on from where it is shown now to the newly seen place. */
export function retarget(motion: Motion | undefined, seen: Pose, now_ms: number): Motion {
  if (!motion) return { from: seen, to: seen, start_ms: now_ms, end_ms: now_ms };
  if (samePose(motion.to, seen)) return motion;
  const shown = poseAt(motion, now_ms);
  const jump =
    Math.abs(shown.latitude - seen.latitude) > JUMP_DEG ||
    Math.abs(shown.longitude - seen.longitude) > JUMP_DEG;
  if (jump) return { from: seen, to: seen, start_ms: now_ms, end_ms: now_ms };
  const glide_ms = Math.min(GLIDE_MS_MAX, Math.max(GLIDE_MS_MIN, now_ms - motion.start_ms));
  return { from: shown, to: seen, start_ms: now_ms, end_ms: now_ms + glide_ms };
}

export function poseAt({ from, to, start_ms, end_ms }: Motion, now_ms: number): Pose {
  const part = end_ms > start_ms ? Math.min(1, Math.max(0, (now_ms - start_ms) / (end_ms - start_ms))) : 1;
  const course_deg = courseBetween(from.course_deg, to.course_deg, part);
  return {
    longitude: from.longitude + (to.longitude - from.longitude) * part,
    latitude: from.latitude + (to.latitude - from.latitude) * part,
    ...(course_deg !== undefined && { course_deg }),
  };
}

export const isMoving = ({ end_ms }: Motion, now_ms: number) => now_ms < end_ms;

/** Turns the shorter way round. The result may leave [0, 360): only its direction counts. */
function courseBetween(from: number | undefined, to: number | undefined, part: number): number | undefined {
  if (from === undefined || to === undefined) return to;
  const turn_deg = ((((to - from) % 360) + 540) % 360) - 180;
  return from + turn_deg * part;
}

const samePose = (a: Pose, b: Pose) =>
  a.longitude === b.longitude && a.latitude === b.latitude && a.course_deg === b.course_deg;

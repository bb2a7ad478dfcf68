import type { Box } from "@yardline/domain/box";

/** Position and velocity of one coordinate with the covariance of both: a Kalman filter of constant velocity. */
type Axis = {
  readonly at: number;
  /** A second. */
  readonly speed: number;
  readonly at_at: number;
  readonly at_speed: number;
  readonly speed_speed: number;
};

/** Where an object is believed to be and how it moves. Sizes are logarithms, so that noise is a share of the size. */
export type Motion = {
  readonly x: Axis;
  readonly y: Axis;
  readonly width: Axis;
  readonly height: Axis;
};

/** Standard deviations, as shares of the box's own size so that near and far objects are judged alike. */
const MEASURED = { across: 0.05, down: 0.04, size: 0.1 };
/** A box that the picture's edge cuts off says little about where the object ends on that axis, and grows as it comes in. */
const CUT_OFF = { within: 0.01, times: 2 };
/** What an object that was seen once may be doing, a second. */
const FIRST_SPEED = { place: 1, size: 0.2 };
/**
 * Square root of the spectral density of the acceleration, in sizes/s^1.5: people start, stop and turn within about two seconds, and
 * most of it sideways.
 */
const UNREST = { across: 0.4, down: 0.28, size: 0.05 };
/** A detector's box is never narrower: keeps logarithms and shares finite. */
const SIZE_MIN = 1e-4;

/** The belief after a single sighting. */
export function motionOf(box: Box): Motion {
  const { x, y, width, height } = measured(box);
  const start = ({ at, noise }: Measure, speed: number): Axis => ({
    at,
    speed: 0,
    at_at: noise ** 2,
    at_speed: 0,
    speed_speed: speed ** 2,
  });
  const { across, down } = scaleOf(Math.exp(width.at), Math.exp(height.at));
  return {
    x: start(x, FIRST_SPEED.place * across),
    y: start(y, FIRST_SPEED.place * down),
    width: start(width, FIRST_SPEED.size),
    height: start(height, FIRST_SPEED.size),
  };
}

/** The belief `dt_s` later without looking: uncertainty grows with the time, whatever the frame rate. */
export function predict(motion: Motion, dt_s: number): Motion {
  const { across, down } = scaleOf(Math.exp(motion.width.at), Math.exp(motion.height.at));
  const size = UNREST.size ** 2;
  return {
    x: drift(motion.x, dt_s, (UNREST.across * across) ** 2),
    y: drift(motion.y, dt_s, (UNREST.down * down) ** 2),
    width: drift(motion.width, dt_s, size),
    height: drift(motion.height, dt_s, size),
  };
}

/** The belief when nothing in the picture has changed since the last sighting: there it is, and it stands still. */
export function atRest({ x, y, width, height }: Motion): Motion {
  const stopped = (axis: Axis): Axis => ({ ...axis, speed: 0, at_speed: 0 });
  return { x: stopped(x), y: stopped(y), width: stopped(width), height: stopped(height) };
}

/** The belief after a sighting at the predicted time. */
export function correct(motion: Motion, box: Box): Motion {
  const { x, y, width, height } = measured(box);
  return {
    x: pull(motion.x, x),
    y: pull(motion.y, y),
    width: pull(motion.width, width),
    height: pull(motion.height, height),
  };
}

/**
 * How badly a box fits the belief: squared Mahalanobis distance over the four coordinates plus the logarithm of how vague the
 * belief is, so that a precise belief wins a box over a vague one. About 4 for a good fit of a well-known object.
 */
export function surprise(motion: Motion, box: Box): number {
  const { x, y, width, height } = measured(box);
  return (
    surpriseOf(motion.x, x) +
    surpriseOf(motion.y, y) +
    surpriseOf(motion.width, width) +
    surpriseOf(motion.height, height)
  );
}

/** The believed box, as far as it is in the picture. */
export function boxOf({ x, y, width, height }: Motion): Box {
  const [across, down] = [Math.exp(width.at) / 2, Math.exp(height.at) / 2];
  return {
    left: within(x.at - across),
    top: within(y.at - down),
    right: within(x.at + across),
    bottom: within(y.at + down),
  };
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** How vague the believed place is: the standard deviation on the vaguer axis, as a share of the object's size. */
export function spreadOf({ x, y, width, height }: Motion): number {
  const { across, down } = scaleOf(Math.exp(width.at), Math.exp(height.at));
  return Math.sqrt(Math.max(x.at_at / across ** 2, y.at_at / down ** 2));
}

/** Whether the middle of the object is believed to be out of the picture. */
export function isOutside({ x, y }: Motion): boolean {
  return x.at < 0 || x.at > 1 || y.at < 0 || y.at > 1;
}

function drift(axis: Axis, dt_s: number, unrest: number): Axis {
  return {
    at: axis.at + axis.speed * dt_s,
    speed: axis.speed,
    at_at: axis.at_at + 2 * axis.at_speed * dt_s + axis.speed_speed * dt_s ** 2 + (unrest * dt_s ** 3) / 3,
    at_speed: axis.at_speed + axis.speed_speed * dt_s + (unrest * dt_s ** 2) / 2,
    speed_speed: axis.speed_speed + unrest * dt_s,
  };
}

function pull(axis: Axis, { at, noise }: Measure): Axis {
  const spread = axis.at_at + noise ** 2;
  const off = at - axis.at;
  const [gainAt, gainSpeed] = [axis.at_at / spread, axis.at_speed / spread];
  return {
    at: axis.at + gainAt * off,
    speed: axis.speed + gainSpeed * off,
    at_at: (1 - gainAt) * axis.at_at,
    at_speed: (1 - gainAt) * axis.at_speed,
    speed_speed: axis.speed_speed - gainSpeed * axis.at_speed,
  };
}

function surpriseOf(axis: Axis, { at, noise }: Measure): number {
  const spread = axis.at_at + noise ** 2;
  return (at - axis.at) ** 2 / spread + Math.log(spread / noise ** 2);
}

/** One coordinate as the detector gives it, with its standard deviation. */
type Measure = { readonly at: number; readonly noise: number };

function measured({ left, top, right, bottom }: Box): Record<keyof Motion, Measure> {
  const width = Math.max(SIZE_MIN, right - left);
  const height = Math.max(SIZE_MIN, bottom - top);
  const { across, down } = scaleOf(width, height);
  const [x, y] = [cutOff(left, right), cutOff(top, bottom)];
  return {
    x: { at: (left + right) / 2, noise: MEASURED.across * across * x },
    y: { at: (top + bottom) / 2, noise: MEASURED.down * down * y },
    width: { at: Math.log(width), noise: MEASURED.size * x },
    height: { at: Math.log(height), noise: MEASURED.size * y },
  };
}

/** How many times less sure the detector is on an axis on which the picture's edge cuts the box off. */
function cutOff(from: number, to: number): number {
  return from < CUT_OFF.within || to > 1 - CUT_OFF.within ? CUT_OFF.times : 1;
}

/** A standing person's width says little about how far it moves sideways: the longer side counts for half at least. */
function scaleOf(width: number, height: number) {
  return { across: Math.max(width, height / 2), down: Math.max(height, width / 2) };
}

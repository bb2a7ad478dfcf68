import fc from "fast-check";
import { expect, test } from "vitest";
import {
  GLIDE_MS_MAX,
  GLIDE_MS_MIN,
  isMoving,
  type Motion,
  type Pose,
  poseAt,
  retarget,
} from "./bus-motion.ts";

const A: Pose = { longitude: 30, latitude: 50, course_deg: 350 };
const B: Pose = { longitude: 30.002, latitude: 50.001, course_deg: 20 };

test("a bus seen for the first time stands where it was seen", () => {
  const motion = retarget(undefined, A, 0);
  expect([poseAt(motion, 5), isMoving(motion, 0)]).toEqual([A, false]);
});

test("it glides to where it is seen next, in the time that it took to report, turning the shorter way", () => {
  const motion = retarget(retarget(undefined, A, 0), B, 4_000);
  expect(motion.end_ms).toBe(8_000);
  const half = poseAt(motion, 6_000);
  expect(half.longitude).toBeCloseTo(30.001, 9);
  expect(half.latitude).toBeCloseTo(50.0005, 9);
  expect(half.course_deg).toBe(365);
  expect(poseAt(motion, 8_000)).toEqual({ ...B, course_deg: 380 });
});

test("the same answer again does not stop the glide", () => {
  const motion = retarget(retarget(undefined, A, 0), B, 4_000);
  expect(retarget(motion, { ...B }, 6_000)).toBe(motion);
});

test("glides are neither hectic nor endless, and nobody flies across the town", () => {
  const standing = retarget(undefined, A, 0);
  expect(retarget(standing, B, 100).end_ms).toBe(100 + GLIDE_MS_MIN);
  expect(retarget(standing, B, 600_000).end_ms).toBe(600_000 + GLIDE_MS_MAX);
  const far = { longitude: 30.5, latitude: 50 };
  expect(poseAt(retarget(standing, far, 100), 100)).toEqual(far);
});

test("wherever it goes, a bus never hops while it glides and is in the end where it was seen last", () => {
  const pose = fc.record({
    longitude: fc.double({ min: 30, max: 30.019, noNaN: true }),
    latitude: fc.double({ min: 50, max: 50.019, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(pose, fc.nat(20_000)), { minLength: 1 }), (seen) => {
      let now_ms = 0;
      let motion: Motion | undefined;
      for (const [next, after_ms] of seen) {
        now_ms += after_ms;
        const before = motion && poseAt(motion, now_ms);
        motion = retarget(motion, next, now_ms);
        if (before) {
          expect(poseAt(motion, now_ms).longitude).toBeCloseTo(before.longitude, 9);
          expect(poseAt(motion, now_ms).latitude).toBeCloseTo(before.latitude, 9);
        }
      }
      const last = seen.at(-1)?.[0];
      const end = motion && poseAt(motion, now_ms + GLIDE_MS_MAX);
      expect(end?.longitude).toBeCloseTo(last?.longitude ?? 0, 9);
      expect(end?.latitude).toBeCloseTo(last?.latitude ?? 0, 9);
    }),
  );
});

import { expect, test } from "vitest";
import { createStepper } from "./stepper.ts";

/** A clip of pictures at these seconds, as an element shows them. */
function clipOf(pictures: readonly number[], saw: (media_s: number) => void) {
  let at_s = 0;
  const heard: (() => void)[] = [];
  return {
    duration: (pictures.at(-1) ?? 0) + 0.2,
    get currentTime() {
      return at_s;
    },
    set currentTime(to_s: number) {
      const before = pictures.findLast((each) => each <= at_s);
      at_s = to_s;
      const now = pictures.findLast((each) => each <= at_s + 1e-9);
      if (now !== undefined && now !== before) saw(now);
      queueMicrotask(() => {
        for (const done of heard.splice(0)) done();
      });
    },
    addEventListener: (_: string, done: unknown) => void heard.push(done as () => void),
  };
}

const every = (s: number, count: number) => Array.from({ length: count }, (_, at) => at * s);

test.for([
  ["25 a second", every(0.04, 50)],
  ["10 a second", every(0.1, 20)],
  ["8 a second", every(0.125, 20)],
  ["now and then", [0, 0.1, 0.5, 0.6, 1.9, 2]],
] as const)(
  "pictures that come %s: each step shows the next one, and back the one before",
  async ([, pictures]) => {
    const seen: number[] = [0];
    const stepper = createStepper(async () => undefined);
    const clip = clipOf(pictures, (media_s) => {
      seen.push(media_s);
      stepper.saw(media_s);
    });
    stepper.saw(0);
    for (let n = 0; n < 4; n++) await stepper.step(clip as never, 1);
    expect(seen).toEqual(pictures.slice(0, 5));
    for (let n = 0; n < 2; n++) await stepper.step(clip as never, -1);
    expect(seen.slice(5)).toEqual([pictures[3], pictures[2]]);
  },
);

test("at the ends it stays", async () => {
  const seen: number[] = [];
  const stepper = createStepper(async () => undefined);
  const clip = clipOf([0, 0.1], (media_s) => stepper.saw(media_s));
  stepper.saw(0);
  await stepper.step(clip as never, -1);
  expect([clip.currentTime, seen]).toEqual([0, []]);
});

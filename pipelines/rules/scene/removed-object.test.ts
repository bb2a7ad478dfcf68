import { expect, test } from "vitest";
import { removedObject } from "./removed-object.ts";
import { EVERYWHERE, standingOf, trackAt, watch } from "./testing/views.ts";

const gap = standingOf({ what: "vanished", since_ms: 60_000, whole_ms: 60_000, settles_ms: 300_000 });
const use = () => removedObject.use(removedObject.defaults, EVERYWHERE);
const gapFrom = (from_s: number) => (t_s: number) => ({ view: { standing: t_s >= from_s ? [gap] : [] } });

test("opened when the place was empty for half a minute, dated from the first picture without it", () => {
  expect(watch(use(), 100, gapFrom(62))).toMatchObject([
    { state: "opened", at_ms: 90_000, data: { since_ms: 60_000 } },
    { state: "closed", data: { ended: "lost" } },
  ]);
});

test("a car that was followed since the scene was learnt and drives off leaves a gap that is explained", () => {
  const momentAt = (t_s: number) => ({
    ...gapFrom(62)(t_s),
    tracks: t_s < 59 ? [trackAt(t_s * 1000, gap.box, 2_000)] : [],
  });
  expect(watch(use(), 100, momentAt)).toEqual([]);
});

test("somebody who came later and took it explains nothing", () => {
  const momentAt = (t_s: number) => ({
    ...gapFrom(62)(t_s),
    tracks:
      t_s > 50 && t_s < 61
        ? [trackAt(t_s * 1000, { left: 0.45, top: 0.3, right: 0.6, bottom: 0.6 }, 50_000)]
        : [],
  });
  expect(watch(use(), 100, momentAt)[0]).toMatchObject({ state: "opened" });
});

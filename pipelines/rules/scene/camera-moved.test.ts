import { expect, test } from "vitest";
import { cameraMoved } from "./camera-moved.ts";
import { EVERYWHERE, watch } from "./testing/views.ts";

const use = () => cameraMoved.use(cameraMoved.defaults, EVERYWHERE);

test("a shift is told with its length, also a small one that loses few edges", () => {
  const shift = { across: -0.1, down: 0.05 };
  const [opened] = watch(use(), 30, (t_s) => ({ view: t_s >= 10 ? { lost: 0.3, shift } : {} }));
  expect(opened).toMatchObject({
    state: "opened",
    at_ms: 15_000,
    data: { since_ms: 10_000, facts: { kind: "moved", shift: [-0.1, 0.05] } },
  });
});

test("turned too far to find anything again: other edges, as sharp", () => {
  const away = { lost: 0.95, energy: 0.8, sharpness: 0.7 };
  expect(watch(use(), 30, () => ({ view: away }))[0]).toMatchObject({ state: "opened" });
});

test("when what it looks at has become its scene, it has settled", () => {
  const momentAt = (t_s: number) => ({
    view: t_s >= 10 && t_s < 40 ? { lost: 0.95 } : { scene_ms: t_s >= 40 ? 40_000 : 0 },
  });
  expect(watch(use(), 60, momentAt).at(-1)).toMatchObject({ state: "closed", data: { ended: "settled" } });
});

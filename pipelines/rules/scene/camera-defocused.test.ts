import { expect, test } from "vitest";
import { cameraDefocused } from "./camera-defocused.ts";
import { EVERYWHERE, watch } from "./testing/views.ts";

const use = () => cameraDefocused.use(cameraDefocused.defaults, EVERYWHERE);

test("the scene where it was, its fine edges gone for ten seconds", () => {
  const [opened, closed] = watch(use(), 60, (t_s) => ({
    view: t_s >= 10 && t_s < 40 ? { sharpness: 0.1 } : {},
  }));
  expect(opened).toMatchObject({
    state: "opened",
    at_ms: 20_000,
    data: { facts: { kind: "defocused", sharpness: 0.1 } },
  });
  expect(closed).toMatchObject({ state: "closed", data: { ended: "cleared" } });
});

test("an autofocus that searches, and a covered lens, are not", () => {
  expect(watch(use(), 60, (t_s) => ({ view: t_s % 12 < 6 ? { sharpness: 0.1 } : {} }))).toEqual([]);
  expect(watch(use(), 60, () => ({ view: { sharpness: 0.01, lost: 1, energy: 0 } }))).toEqual([]);
});

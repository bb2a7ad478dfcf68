import { expect, test } from "vitest";
import { cameraDark } from "./camera-dark.ts";
import { EVERYWHERE, watch } from "./testing/views.ts";

const use = () => cameraDark.use(cameraDark.defaults, EVERYWHERE);

test("dark and flat for ten seconds, with the brightness", () => {
  const [opened] = watch(use(), 60, (t_s) => ({ view: t_s >= 10 ? { brightness: 19, contrast: 2 } : {} }));
  expect(opened).toMatchObject({
    state: "opened",
    at_ms: 20_000,
    data: { facts: { kind: "dark", brightness: 19 } },
  });
});

test("a night with a lamp in it is not, nor what turned black at once", () => {
  expect(watch(use(), 60, () => ({ view: { brightness: 25, contrast: 30 } }))).toEqual([]);
  expect(watch(use(), 60, () => ({ view: { brightness: 17, contrast: 1, black_at_once: true } }))).toEqual(
    [],
  );
});

import { expect, test } from "vitest";
import { leftObject } from "./left-object.ts";
import { EVERYWHERE, standingOf, trackAt, watch } from "./testing/views.ts";

const bag = standingOf();
const use = () => leftObject.use(leftObject.defaults, EVERYWHERE);
const bagFrom = (from_s: number, to_s: number) => (t_s: number) => ({
  view: { standing: t_s >= from_s && t_s <= to_s ? [bag] : [] },
});

test("opened when it stood whole for ten seconds, dated from its first picture, closed when it is taken", () => {
  const { id, box, area, since_ms } = bag;
  const best = { at_ms: 31_000, box, score: 1 };
  const thing = { since_ms, facts: { region: id, area }, shown: { best, last: best } };
  const shown = { best, last: { ...best, at_ms: 40_000 } };
  expect(watch(use(), 60, bagFrom(22, 40))).toEqual([
    { state: "opened", at_ms: 31_000, key: id, data: { ...thing, until_ms: 31_000 } },
    { state: "closed", at_ms: 41_000, key: id, data: { ...thing, shown, until_ms: 40_000, ended: "undone" } },
  ]);
});

test("what stays until it is the scene has settled, and what stays to the end is lost from sight", () => {
  expect(watch(use(), 400, bagFrom(22, 320)).at(-1)?.data.ended).toBe("settled");
  expect(watch(use(), 40, bagFrom(22, 320)).at(-1)?.data.ended).toBe("lost");
});

test.each([
  { name: "vanished", different: { what: "vanished" } },
  { name: "only lit otherwise", different: { what: "lit" } },
  { name: "too small", different: { area: 0.0003 } },
  { name: "too large", different: { area: 0.2 } },
  { name: "in a scene that nobody knows yet", different: { settles_ms: 26_000 } },
] as const)("$name: nothing", ({ different }) => {
  expect(watch(use(), 60, () => ({ view: { standing: [standingOf(different)] } }))).toEqual([]);
});

test("a parked car is no left object, also when it is lost from sight later", () => {
  const car = standingOf({ area: 0.012, box: { left: 0.4, top: 0.5, right: 0.5, bottom: 0.62 } });
  const momentAt = (t_s: number) => ({
    tracks: t_s < 40 ? [trackAt(t_s * 1000, { left: 0.39, top: 0.49, right: 0.51, bottom: 0.63 })] : [],
    view: { standing: t_s >= 22 ? [car] : [] },
  });
  expect(watch(use(), 80, momentAt)).toEqual([]);
});

test("while somebody stands before it nothing is said; three seconds after they went it is", () => {
  const person = { left: 0.47, top: 0.3, right: 0.55, bottom: 0.6 };
  const momentAt = (t_s: number) => ({
    tracks: t_s <= 45 ? [trackAt(t_s * 1000, person)] : [],
    view: { standing: t_s >= 22 ? [bag] : [] },
  });
  expect(watch(use(), 60, momentAt)[0]).toMatchObject({
    state: "opened",
    at_ms: 48_000,
    data: { since_ms: 20_000 },
  });
});

test("one that turns out to be followed is closed as known, and a blind camera says nothing about it", () => {
  const momentAt = (t_s: number) => ({
    tracks: t_s >= 50 ? [trackAt(t_s * 1000, bag.box)] : [],
    view: { standing: t_s >= 22 ? [bag] : [], blind: t_s > 35 && t_s < 45 },
  });
  expect(watch(use(), 60, momentAt).map(({ at_ms, data }) => [at_ms, data.ended])).toEqual([
    [31_000, undefined],
    [50_000, "known"],
  ]);
});

test("only what stands in the zone counts", () => {
  const polygon: [number, number][] = [
    [0, 0],
    [0.4, 0],
    [0.4, 1],
    [0, 1],
  ];
  const inZone = leftObject.use(leftObject.defaults, { ...EVERYWHERE, zone: "gate", polygon });
  expect(watch(inZone, 60, bagFrom(22, 40))).toEqual([]);
});

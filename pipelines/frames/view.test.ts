import { expect, test } from "vitest";
import { lumaOf } from "./luma.ts";
import { noise, pictureOf, type Scene, withBox, yard } from "./testing/drawn-yard.ts";
import { type View, ViewWatch } from "./view.ts";

const STEP_MS = 800;

/** Shows what a yard looks like over time, as often as it is examined. @returns the views. */
function show(sceneAt: (t_s: number) => Scene, until_s: number): readonly View[] {
  const watch = new ViewWatch();
  const views: View[] = [];
  for (let at_ms = 0; at_ms <= until_s * 1000; at_ms += STEP_MS) {
    const picture = pictureOf(sceneAt(at_ms / 1000));
    views.push(watch.take(picture, lumaOf(picture), at_ms));
  }
  return views;
}

const standingAt = (views: readonly View[], t_s: number) =>
  views.findLast(({ at_ms }) => at_ms <= t_s * 1000)?.standing ?? [];

/** The whole picture brighter or darker. */
const lit =
  (scene: Scene, gain: number, offset = 0): Scene =>
  (x, y) =>
    gain * scene(x, y) + offset;

const BAG = [200, 100, 218, 114] as const;

test("a bag is dated from the first examined picture that shows it, and gone when it is", () => {
  const views = show((t_s) => (t_s >= 20 && t_s < 30 ? withBox(yard, BAG, 230) : yard), 34);
  expect(standingAt(views, 19)).toEqual([]);
  const [bag, ...others] = standingAt(views, 25);
  expect(others).toEqual([]);
  expect(bag).toMatchObject({ what: "appeared", since_ms: 20_000, whole_ms: 20_000, scene_ms: 0 });
  expect(bag?.box).toEqual({ left: 200 / 320, top: 100 / 180, right: 218 / 320, bottom: 114 / 180 });
  expect(standingAt(views, 34)).toEqual([]);
});

test("where something stood since the beginning and stands no more, it has vanished", () => {
  const views = show((t_s) => (t_s < 20 ? withBox(yard, BAG, 230) : yard), 25);
  expect(standingAt(views, 25)).toMatchObject([{ what: "vanished", since_ms: 20_000 }]);
});

test("who walks past in front of it does not end it", () => {
  const walker = (t_s: number) => [(t_s - 26) * 60 + 100, 60, (t_s - 26) * 60 + 130, 140];
  const views = show((t_s) => {
    const scene = t_s >= 20 ? withBox(yard, BAG, 230) : yard;
    return t_s >= 26 && t_s < 30 ? withBox(scene, walker(t_s), 20) : scene;
  }, 36);
  const ids = new Set(views.filter(({ at_ms }) => at_ms > 23_000).map(({ standing }) => standing[0]?.id));
  expect(ids.size).toBe(1);
});

test("what was seen for a second gives way soon, what was seen for long holds", () => {
  const early = show((t_s) => (t_s >= 1 ? withBox(yard, BAG, 230) : yard), 12);
  expect(standingAt(early, 12)).toEqual([]);
  const late = show((t_s) => (t_s >= 30 ? withBox(yard, BAG, 230) : yard), 60);
  expect(standingAt(late, 60).length).toBe(1);
});

test.each([
  ["drifts", (t_s: number) => lit(yard, 1, 30 * Math.sin(t_s / 8))],
  ["goes on", (t_s: number) => (t_s < 20 ? lit(yard, 0.5) : yard)],
  ["goes off", (t_s: number) => (t_s < 20 ? yard : lit(yard, 0.5))],
  [
    "falls from one side",
    (t_s: number): Scene =>
      (x, y) =>
        yard(x, y) * (t_s < 20 ? 1 : 0.6 + x / 400),
  ],
])("light that %s is no thing and no trouble", (_, sceneAt) => {
  const views = show(sceneAt, 40);
  expect(views.flatMap(({ standing }) => standing)).toEqual([]);
  expect(Math.max(...views.map(({ lost = 0 }) => lost))).toBeLessThan(0.2);
  expect(views.some(({ shift }) => shift)).toBe(false);
});

test("a tree that sways is never still enough to stand", () => {
  const tree =
    (t_s: number): Scene =>
    (x, y) =>
      x > 240 && y < 80
        ? 90 + 60 * Math.sin(3 * t_s + noise(Math.floor(x / 6), Math.floor(y / 6)) * 6)
        : yard(x, y);
  expect(show(tree, 60).flatMap(({ standing }) => standing)).toEqual([]);
});

test("a camera that is turned shows by how much; one that looks at a wall has lost its scene", () => {
  const turned = show((t_s) => (x, y) => yard(t_s < 20 ? x : x + 32, y), 25).at(-1);
  expect(turned).toMatchObject({ shift: { across: -0.1, down: 0 }, blind: true });
  const covered = show((t_s) => (t_s < 20 ? yard : () => 90), 25).at(-1);
  expect(covered).toMatchObject({ lost: 1, shift: undefined, sharpness: 0, blind: true });
});

test("a scene that stayed another one for ten minutes is the scene then", () => {
  const elsewhere: Scene = (x, y) => yard(y + 709, x + 907);
  const watch = new ViewWatch();
  const views = [0, 2, 4, 6, 8, 10, ...Array.from({ length: 80 }, (_, index) => 12 + 10 * index)].map(
    (t_s) => {
      const picture = pictureOf(t_s < 12 ? yard : elsewhere);
      return watch.take(picture, lumaOf(picture), t_s * 1000);
    },
  );
  expect(views.find(({ at_ms }) => at_ms >= 600_000)).toMatchObject({ scene_ms: 0, blind: true });
  expect(views.at(-1)).toMatchObject({ scene_ms: 612_000, lost: 0, blind: false });
});

test("black at once is told from nightfall", () => {
  const cap = show((t_s) => lit(yard, t_s < 10 ? 1 : 0), 20).at(-1);
  const dusk = show((t_s) => lit(yard, Math.max(0, 1 - t_s / 15)), 20).at(-1);
  expect([cap?.black_at_once, dusk?.black_at_once]).toEqual([true, false]);
});

test("pictures in between cost nothing, another size begins anew, and the same pictures give the same views", () => {
  const watch = new ViewWatch();
  const picture = pictureOf(yard);
  const first = watch.take(picture, lumaOf(picture), 0);
  expect(watch.take(picture, lumaOf(picture), 200)).toBe(first);
  expect(watch.take(picture, lumaOf(picture, 80), 400)).toMatchObject({ at_ms: 400, scene_ms: 400 });
  const scene = (t_s: number) => (t_s >= 6 ? withBox(yard, BAG, 230) : yard);
  expect(show(scene, 12)).toEqual(show(scene, 12));
});

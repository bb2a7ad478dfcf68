import type { Box } from "@yardline/domain/box";
import type { Detection, Label } from "@yardline/domain/detection";
import type { Track } from "@yardline/domain/track";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NOTHING_TRACKED, pass, step, TRACKER_DEFAULTS, type TrackerState } from "./tracker.ts";

const idOf = (serial: number) => `track-${serial}`;

/** A box of a person's shape whose feet are at (x, y). */
function personAt(x: number, y: number, height = 0.3): Box {
  return { left: x - height / 6, right: x + height / 6, top: y - height, bottom: y };
}

function seen(box: Box, label: Label = "person", score = 0.8): Detection {
  return { label, score, box };
}

/** Follows what `sceneAt` shows at a frame rate; a scene of `undefined` is a picture that nobody looked at. */
function follow(
  sceneAt: (t_s: number) => readonly Detection[] | undefined,
  { until_s, fps }: { until_s: number; fps: number },
): readonly { readonly t_s: number; readonly tracks: readonly Track[] }[] {
  let state: TrackerState = NOTHING_TRACKED;
  const told: { t_s: number; tracks: readonly Track[] }[] = [];
  for (let frame = 0; frame <= until_s * fps; frame++) {
    const t_s = frame / fps;
    const at_ms = Math.round(t_s * 1000);
    const scene = sceneAt(t_s);
    const { state: next, tracks } = scene ? step(state, at_ms, scene, idOf) : pass(state, at_ms);
    state = next;
    told.push({ t_s, tracks });
  }
  return told;
}

const idsOf = (told: readonly { readonly tracks: readonly Track[] }[]) =>
  [...new Set(told.flatMap(({ tracks }) => tracks.map(({ id }) => id)))].sort();

describe.each([1, 5, 25])("at %i frames a second", (fps) => {
  test("who goes away is one track, lost three seconds after the last sighting", () => {
    const told = follow((t_s) => (t_s <= 8 ? [seen(personAt(0.1 + t_s / 20, 0.7))] : []), {
      until_s: 14,
      fps,
    });
    expect(idsOf(told)).toEqual(["track-0"]);
    const lost = told.find(({ tracks }) => tracks.some(({ state }) => state === "lost"));
    expect(lost?.t_s).toBeGreaterThan(11);
    expect(lost?.t_s).toBeLessThanOrEqual(11 + 1 / fps + 0.01);
  });

  test("two who pass one another keep their identities", () => {
    const told = follow(
      (t_s) => [seen(personAt(0.1 + t_s / 12, 0.7)), seen(personAt(0.9 - t_s / 12, 0.78, 0.34))],
      { until_s: 9, fps },
    );
    expect(idsOf(told)).toEqual(["track-0", "track-1"]);
    const [first, last] = [told[0]?.tracks, told.at(-1)?.tracks];
    const xOf = (tracks: readonly Track[] | undefined, id: string) =>
      tracks?.find((track) => track.id === id)?.last.box.left ?? Number.NaN;
    expect(xOf(first, "track-0") < xOf(first, "track-1")).toBe(xOf(last, "track-0") > xOf(last, "track-1"));
  });

  test("hidden for two and a half seconds behind a van, a walker stays the same", () => {
    const told = follow((t_s) => (t_s > 4 && t_s < 6.5 ? [] : [seen(personAt(0.1 + t_s / 15, 0.7))]), {
      until_s: 10,
      fps,
    });
    expect(idsOf(told)).toEqual(["track-0"]);
    expect(told.at(-1)?.tracks[0]).toMatchObject({ state: "confirmed", seen_at_ms: 10_000 });
  });

  test("a faint box continues a track and opens none", () => {
    const told = follow((t_s) => [seen(personAt(0.5, 0.7), "person", t_s < 3 ? 0.6 : 0.2)], {
      until_s: 10,
      fps,
    });
    expect(idsOf(told)).toEqual(["track-0"]);
    expect(told.at(-1)?.tracks[0]?.seen_at_ms).toBe(10_000);
    expect(idsOf(follow(() => [seen(personAt(0.5, 0.7), "person", 0.2)], { until_s: 3, fps }))).toEqual([]);
  });
});

test("a car that is called a truck now and then is one car", () => {
  const box: Box = { left: 0.2, top: 0.6, right: 0.5, bottom: 0.8 };
  const told = follow((t_s) => [seen(box, Math.round(t_s * 5) % 3 === 0 ? "truck" : "car")], {
    until_s: 6,
    fps: 5,
  });
  expect(told.at(-1)?.tracks).toMatchObject([{ id: "track-0", label: "car", sightings: 31 }]);
});

test("a person is never continued by the dog in the same place", () => {
  const told = follow((t_s) => [seen(personAt(0.5, 0.7), t_s < 2 ? "person" : "dog")], {
    until_s: 4,
    fps: 5,
  });
  expect(idsOf(told)).toEqual(["track-0", "track-1"]);
});

test("who stands still while nobody looks is not lost, who was missed at the last look is", () => {
  const look = (t_s: number) => (t_s < 2 ? [seen(personAt(0.5, 0.7))] : undefined);
  expect(follow(look, { until_s: 600, fps: 5 }).at(-1)?.tracks).toMatchObject([{ state: "confirmed" }]);
  const missed = follow((t_s) => (t_s < 2 ? [seen(personAt(0.5, 0.7))] : t_s < 2.2 ? [] : undefined), {
    until_s: 6,
    fps: 5,
  });
  expect(missed.at(-1)?.tracks).toEqual([]);
});

test("outside the part that was looked at nobody is missed, confirmed or given up", () => {
  const [left, right] = [seen(personAt(0.2, 0.7)), seen(personAt(0.8, 0.7))];
  let { state } = step(NOTHING_TRACKED, 0, [left, right], idOf);
  const looked = { left: 0, top: 0, right: 0.5, bottom: 1 };
  let tracks: readonly Track[] = [];
  for (let at_ms = 200; at_ms <= 6_000; at_ms += 200) {
    ({ state, tracks } = step(state, at_ms, [left], idOf, TRACKER_DEFAULTS, looked));
  }
  expect(tracks.map(({ id, state: stands, seen_at_ms }) => [id, stands, seen_at_ms]).toSorted()).toEqual([
    ["track-0", "confirmed", 6_000],
    ["track-1", "tentative", 0],
  ]);
  expect(state.followed.map(({ misses }) => misses)).toEqual([0, 0]);
  // Looked for at last, they are still found, and under the same name.
  ({ tracks } = step(state, 6_200, [left, right], idOf));
  expect(tracks.find(({ id }) => id === "track-1")).toMatchObject({ state: "confirmed", seen_at_ms: 6_200 });
});

test("who stops is found where they stopped, however long nobody looked", () => {
  // Walks for two seconds, then stands; looked at again only every 2 s.
  const at = (t_s: number) => [seen(personAt(0.2 + Math.min(t_s, 2) / 8, 0.7))];
  const told = follow((t_s) => (t_s <= 2 || t_s % 2 === 0 ? at(t_s) : undefined), { until_s: 20, fps: 5 });
  expect(idsOf(told)).toEqual(["track-0"]);
});

test("a parked car is one track for a day, looked at every 20 s and not looked at between", () => {
  const car = seen({ left: 0.2, top: 0.6, right: 0.5, bottom: 0.8 }, "car");
  let state: TrackerState = NOTHING_TRACKED;
  const ids = new Set<string>();
  const take = ({ state: next, tracks }: ReturnType<typeof pass>) => {
    state = next;
    for (const { id } of tracks) ids.add(id);
  };
  for (let at_ms = 0; at_ms <= 86_400_000; at_ms += 20_000) {
    // The detector misses it at every tenth look, and is asked again at once.
    if (at_ms % 200_000 !== 0) take(step(state, at_ms, [car], idOf));
    else take(step(state, at_ms, [], idOf));
    take(step(state, at_ms + 200, [car], idOf));
    for (const still_ms of [400, 10_000, 19_800]) take(pass(state, at_ms + still_ms));
  }
  expect([...ids]).toEqual(["track-0"]);
  expect(state.followed).toHaveLength(1);
});

test("a stray box some way off takes nobody's identity: who was hidden comes back under their own", () => {
  const at = (t_s: number) => personAt(0.1 + t_s / 15, 0.7);
  const told = follow(
    (t_s) => {
      if (t_s <= 4 || t_s >= 6.2) return [seen(at(t_s))];
      return t_s === 5.4 ? [seen(personAt(0.2, 0.75))] : [];
    },
    { until_s: 9, fps: 5 },
  );
  const confirmed = told.map(({ t_s, tracks }) => ({
    t_s,
    tracks: tracks.filter(({ state }) => state === "confirmed"),
  }));
  expect(idsOf(confirmed)).toEqual(["track-0"]);
  expect(told.at(-1)?.tracks).toMatchObject([{ id: "track-0", last: { box: at(9) } }]);
});

const scenes = fc.array(
  fc.record({
    dt_ms: fc.integer({ min: 20, max: 2000 }),
    boxes: fc.array(
      fc.record({
        x: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        y: fc.double({ min: 0.4, max: 0.95, noNaN: true }),
        height: fc.double({ min: 0.05, max: 0.4, noNaN: true }),
        label: fc.constantFrom<Label>("person", "car", "truck", "dog"),
        score: fc.double({ min: 0.05, max: 1, noNaN: true }),
      }),
      { maxLength: 6 },
    ),
  }),
  { maxLength: 25 },
);

/** Runs pictures through the tracker; `order` rearranges the detections of each. */
function run(
  pictures: typeof scenes extends fc.Arbitrary<infer Value> ? Value : never,
  order: (detections: readonly Detection[]) => readonly Detection[] = (detections) => detections,
) {
  let state = NOTHING_TRACKED;
  let at_ms = 0;
  return pictures.map(({ dt_ms, boxes }) => {
    at_ms += dt_ms;
    const detections = boxes.map(({ x, y, height, label, score }) =>
      seen(personAt(x, y, height), label, score),
    );
    const result = step(state, at_ms, order(detections), idOf);
    state = result.state;
    return { at_ms, detections, tracks: result.tracks };
  });
}

test("who walks in and grows as the edge lets go of them is one track, and gone a second after walking out", () => {
  const whole = (t_s: number) => personAt(-0.05 + t_s / 10, 0.7);
  const told = follow(
    (t_s) => {
      const { left, right, top, bottom } = whole(t_s);
      const cut = { left: Math.max(0, left), right: Math.min(1, right), top, bottom };
      return cut.right - cut.left > 0.025 ? [seen(cut)] : [];
    },
    { until_s: 14, fps: 5 },
  );
  expect(idsOf(told)).toEqual(["track-0"]);
  const lost = told.find(({ tracks }) => tracks.some(({ state }) => state === "lost"));
  // The last sliver is seen at 10.6 s.
  expect(lost?.t_s).toBeCloseTo(12, 0);
});

describe("whatever is shown", () => {
  test("ids are unique, given once, and never come back after being lost", () => {
    fc.assert(
      fc.property(scenes, (pictures) => {
        const lost = new Set<string>();
        for (const { tracks } of run(pictures)) {
          expect(new Set(tracks.map(({ id }) => id)).size).toBe(tracks.length);
          for (const { id, state } of tracks) {
            expect(lost.has(id)).toBe(false);
            if (state === "lost") lost.add(id);
          }
        }
      }),
    );
  });

  test("no track without a sighting: each last box is one that was given, no box belongs to two", () => {
    fc.assert(
      fc.property(scenes, (pictures) => {
        for (const { at_ms, detections, tracks } of run(pictures)) {
          const now = tracks.filter(({ seen_at_ms }) => seen_at_ms === at_ms).map(({ last }) => last);
          expect(detections).toEqual(expect.arrayContaining(now));
          expect(new Set(now).size).toBe(now.length);
        }
      }),
    );
  });

  test("nothing is confirmed before it was seen often enough", () => {
    fc.assert(
      fc.property(scenes, (pictures) => {
        const confirmed = run(pictures).flatMap(({ tracks }) =>
          tracks.filter((t) => t.state === "confirmed"),
        );
        const fewest = Math.min(...confirmed.map(({ sightings }) => sightings));
        expect(fewest).toBeGreaterThanOrEqual(TRACKER_DEFAULTS.sightings_min);
      }),
    );
  });

  test("at another hour of the day the same pictures give the same tracks", () => {
    fc.assert(
      fc.property(scenes, fc.integer({ min: 1, max: 4e12 }), (pictures, later_ms) => {
        const [first, ...others] = pictures;
        if (!first) return;
        const told = (result: ReturnType<typeof run>, from_ms: number) =>
          result.map(({ tracks }) =>
            tracks.map((track) => ({
              ...track,
              opened_at_ms: track.opened_at_ms - from_ms,
              seen_at_ms: track.seen_at_ms - from_ms,
            })),
          );
        const shifted = [{ ...first, dt_ms: first.dt_ms + later_ms }, ...others];
        expect(told(run(shifted), later_ms)).toEqual(told(run(pictures), 0));
      }),
    );
  });

  test("the order in which the detector names things does not matter", () => {
    fc.assert(
      fc.property(scenes, (pictures) => {
        const told = (result: ReturnType<typeof run>) => result.map(({ tracks }) => tracks);
        expect(told(run(pictures, (detections) => detections.toReversed()))).toEqual(told(run(pictures)));
      }),
    );
  });
});
